namespace GenNet.Agents;

/// <summary>The hyper-parameters of <see cref="EvolutionStrategy"/>.</summary>
public sealed record EvolutionStrategyOptions
{
    readonly double _learningRate = 0.01, _weightDecay;
    readonly float _deviation = 0.02f;
    readonly int _population = 64;

    /// <summary>Networks of a generation: pairs that are changed by the same numbers, one up and one down.</summary>
    public int Population { get => _population; init => _population = Setting.Check(value, value > 0 && value % 2 == 0, "positive and even"); }

    /// <summary>σ, the standard deviation of what is added to the weights.</summary>
    public float Deviation { get => _deviation; init => _deviation = Setting.Check(value, value > 0 && float.IsFinite(value), "positive and finite"); }

    /// <summary>The step size of Adam.</summary>
    public double LearningRate { get => _learningRate; init => _learningRate = Setting.NotNegative(value); }

    /// <summary>λ: what the weights themselves count against the fitness.</summary>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = Setting.NotNegative(value); }

    /// <summary>How observations are normalised before a network sees them, to be saved with it; they are limited to ±10. Null, as it is at first, where they are not.</summary>
    public Standardizer? Standardizer { get; init; }

    /// <summary>All of them in words, for checkpoints.</summary>
    internal (string Name, string Text)[] Texts => [Setting.Of(Population), Setting.Of(Deviation), Setting.Of(LearningRate), Setting.Of(WeightDecay), Setting.Of(Standardizer)];
}
