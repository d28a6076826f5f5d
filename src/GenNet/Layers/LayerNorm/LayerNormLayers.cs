namespace GenNet;

/// <summary>Adds layer normalisations.</summary>
public static class LayerNormLayers
{
    /// <summary>Adds a layer normalisation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The network would not fit into an array.</exception>
    public static ArchitectureBuilder LayerNorm(this ArchitectureBuilder builder, LayerActivation activation, float epsilon = NormLayer.DefaultEpsilon)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new LayerNormLayer(builder.PlaceNorm(statistics: false), activation, epsilon) { Pixels = builder.Pixels });
    }
}
