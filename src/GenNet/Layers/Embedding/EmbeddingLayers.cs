using GenNet.Kernels;

namespace GenNet;

/// <summary>Finds and adds embeddings.</summary>
public static class EmbeddingLayers
{
    /// <summary>The rows of the layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public static EmbeddingParameters Embedding(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<EmbeddingLayer>(layer).Shape);
    }

    /// <summary>Adds a layer, as <see cref="EmbeddingAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="count">Number of things.</param>
    /// <param name="size">Values of each.</param>
    /// <param name="feature">Which of the values at hand is the index.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, there is no such feature, or the network would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">Another layer has computed what would be the index.</exception>
    public static ArchitectureBuilder Embedding(this ArchitectureBuilder builder, int count, int size, int feature = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, builder.Units);
        if (!builder.IsFeature(feature))
            throw new InvalidOperationException("An index is a feature of the sample: an embedding stands above all layers but other embeddings, and takes none of their values.");

        // In numbers that cannot overflow, before the layout works it out exactly.
        var atMost = ((long)count + PanelLayout.Width) * size + PanelLayout.Line;
        return builder.Add(new EmbeddingLayer(new(builder.Units, count, size, feature, builder.PlaceTrained(atMost > int.MaxValue ? atMost : PanelLayout.BiasOffset(size, count)))));
    }
}
