namespace GenNet;

/// <summary>Adds dropout.</summary>
public static class DropoutLayers
{
    /// <summary>Adds dropout.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="rate">The probability that a value is dropped, from 0 to 1.</param>
    public static ArchitectureBuilder Dropout(this ArchitectureBuilder builder, double rate = 0.5)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new DropoutLayer(builder.Units, rate));
    }
}
