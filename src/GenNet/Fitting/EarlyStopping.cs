namespace GenNet;

/// <summary>Ends a fit that no longer improves, and leaves the network with the weights of its best epoch.</summary>
public sealed record EarlyStopping
{
    readonly int _patience = 5;
    readonly double _minDelta;

    /// <summary>What is watched.</summary>
    public MonitoredMetric Monitor { get; init; } = MonitoredMetric.ValidationLoss;

    /// <summary>Epochs in a row without improvement that are borne; the next one ends the fit. 0 ends it at the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Patience
    {
        get => _patience;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _patience = value;
        }
    }

    /// <summary>By how much an epoch must be better than the best so far to count as an improvement.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or not finite.</exception>
    public double MinDelta
    {
        get => _minDelta;
        init => _minDelta = HyperParameter.NotNegative(value, nameof(MinDelta));
    }

    /// <summary>Whether a fit that completes or stops early leaves the network with the weights of its best epoch, not with those of the last one.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>The watched number of an epoch.</summary>
    internal double MetricOf(EpochResult result) => Monitor switch
    {
        MonitoredMetric.Loss => result.Loss,
        MonitoredMetric.ValidationLoss => result.Validation!.Value.Loss,
        _ => result.Validation!.Value.Accuracy,
    };

    /// <summary>Whether the number is better than the best so far, NaN where there is none. NaN never is.</summary>
    internal bool Improves(double metric, double best) =>
        !double.IsNaN(metric) && (double.IsNaN(best) || (Monitor == MonitoredMetric.ValidationAccuracy ? metric - best > MinDelta : best - metric > MinDelta));
}
