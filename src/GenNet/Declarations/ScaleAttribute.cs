namespace GenNet;

/// <summary>
/// Scales a number for the network: (value − minimum) / (maximum − minimum), which is 0…1 for a value between the two.
/// In the output type, <c>Predict</c> scales back, so that it returns the natural unit.
/// </summary>
/// <param name="minimum">The value that becomes 0.</param>
/// <param name="maximum">The value that becomes 1.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ScaleAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>The value that becomes 0.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The value that becomes 1.</summary>
    public double Maximum { get; } = maximum;
}
