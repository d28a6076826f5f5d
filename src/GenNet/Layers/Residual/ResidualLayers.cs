namespace GenNet;

/// <summary>Adds residual connections.</summary>
public static class ResidualLayers
{
    /// <summary>Adds a residual connection around the last <paramref name="back"/> layers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many layers.</exception>
    public static ArchitectureBuilder Residual(this ArchitectureBuilder builder, int back, LayerActivation activation)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(back);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(back, builder.Depth);
        return builder.Add(new ResidualLayer(builder.Units, back, activation));
    }
}
