namespace GenNet;

/// <summary>What tells a better epoch from a worse one.</summary>
public enum MonitoredMetric
{
    /// <summary>The loss on the validation data; less is better.</summary>
    ValidationLoss,

    /// <summary>The accuracy on the validation data, which a regression and a network with heads do not have; more is better.</summary>
    ValidationAccuracy,

    /// <summary>The training loss; less is better.</summary>
    Loss,
}
