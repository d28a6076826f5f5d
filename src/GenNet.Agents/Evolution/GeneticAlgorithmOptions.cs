namespace GenNet.Agents;

/// <summary>The hyper-parameters of <see cref="GeneticAlgorithm"/>.</summary>
public sealed record GeneticAlgorithmOptions
{
    readonly int _population = 100, _elites = 1;
    readonly double _parents = 0.2, _rate = 0.1;
    readonly float _deviation = 0.1f, _initialDeviation = 0.1f;

    /// <summary>Networks of a generation.</summary>
    public int Population { get => _population; init => _population = Setting.Check(value, value > 1, "2 or more"); }

    /// <summary>The fittest networks, which are part of the next generation as they are.</summary>
    public int Elites { get => _elites; init => _elites = Setting.Check(value, value >= 0, "0 or more"); }

    /// <summary>The share of the networks, the fittest, that have children.</summary>
    public double Parents { get => _parents; init => _parents = Setting.Check(value, value is > 0 and <= 1, "above 0 and up to 1"); }

    /// <summary>Whether a child has its weights from two parents, each weight from either, or all from one.</summary>
    public bool CrossOver { get; init; } = true;

    /// <summary>The probability that a weight of a child is changed.</summary>
    public double MutationRate { get => _rate; init => _rate = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>The standard deviation of what is added to a weight that is changed.</summary>
    public float MutationDeviation { get => _deviation; init => _deviation = Setting.Check(value, value >= 0 && float.IsFinite(value), "a finite number that is not negative"); }

    /// <summary>The standard deviation of what is added to all weights of the networks of the first generation.</summary>
    public float InitialDeviation { get => _initialDeviation; init => _initialDeviation = Setting.Check(value, value >= 0 && float.IsFinite(value), "a finite number that is not negative"); }

    /// <summary>How observations are normalised before a network sees them, to be saved with it; they are limited to ±10. Null, as it is at first, where they are not.</summary>
    public Standardizer? Standardizer { get; init; }

    /// <summary>All of them in words, for checkpoints.</summary>
    internal (string Name, string Text)[] Texts =>
        [Setting.Of(Population), Setting.Of(Elites), Setting.Of(Parents), Setting.Of(CrossOver), Setting.Of(MutationRate), Setting.Of(MutationDeviation), Setting.Of(InitialDeviation), Setting.Of(Standardizer)];
}
