namespace GenNet;

/// <summary>How a network is fitted to data.</summary>
public sealed record FitOptions
{
    readonly int _epochs = 10;
    readonly int? _batchSize;
    readonly double _validationSplit;
    readonly ISchedule? _schedule;

    /// <summary>How often the network sees as many samples as there are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Epochs
    {
        get => _epochs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _epochs = value;
        }
    }

    /// <summary>Samples a step. Where it is null: 32, or the batch size of the trainer that is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int? BatchSize
    {
        get => _batchSize;
        init
        {
            if (value is { } size)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(value));
            _batchSize = value;
        }
    }

    /// <summary>Whether a last batch of fewer samples is left out of each epoch.</summary>
    public bool DropLast { get; init; }

    /// <summary>The order of the samples, how images are altered, dropout masks, and which samples a <see cref="ValidationSplit"/> holds back, follow from it.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which samples an epoch takes. Null for each of them once.</summary>
    public Sampling? Sampling { get; init; }

    /// <summary>Data to judge the network by after each epoch, or null.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>The share of the training data that is held back at random and used as <see cref="Validation"/>; 0 for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not at least 0 and less than 1.</exception>
    public double ValidationSplit
    {
        get => _validationSplit;
        init => _validationSplit = HyperParameter.Fraction(value, nameof(ValidationSplit));
    }

    /// <summary>How the learning rate changes from step to step; <see cref="GenNet.Schedule.PerEpoch"/> counts epochs. Null to leave the trainer's as it is.</summary>
    /// <exception cref="ArgumentException">It is the default of a struct that lacks something.</exception>
    public ISchedule? Schedule
    {
        get => _schedule;
        init
        {
            IIncomplete.Check(value, nameof(value));
            _schedule = value;
        }
    }

    /// <summary>When to stop before the last epoch, or null.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Told what happens, in this order.</summary>
    public IReadOnlyList<FitCallback> Callbacks { get; init; } = [];

    /// <summary>Told each epoch's result; of several ranks that train together the first one's is.</summary>
    public IProgress<EpochResult>? Progress { get; init; }
}
