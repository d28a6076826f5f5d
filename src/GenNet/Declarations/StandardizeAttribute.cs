namespace GenNet;

/// <summary>
/// Scales a number for the network: (value − mean) / deviation, which has mean 0 and deviation 1 over data with these two.
/// In the output type, <c>Predict</c> scales back, so that it returns the natural unit.
/// </summary>
/// <param name="mean">The value that becomes 0.</param>
/// <param name="deviation">The standard deviation, positive.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class StandardizeAttribute(double mean, double deviation) : Attribute
{
    /// <summary>The value that becomes 0.</summary>
    public double Mean { get; } = mean;

    /// <summary>The standard deviation.</summary>
    public double Deviation { get; } = deviation;
}
