namespace GenNet;

/// <summary>Adds batch normalisations.</summary>
public static class BatchNormLayers
{
    /// <summary>Adds a batch normalisation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The network would not fit into an array.</exception>
    public static ArchitectureBuilder BatchNorm(this ArchitectureBuilder builder, LayerActivation activation, float momentum = 0.1f, float epsilon = NormLayer.DefaultEpsilon)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new BatchNormLayer(builder.PlaceNorm(statistics: true), activation, momentum, epsilon) { Pixels = builder.Pixels });
    }
}
