using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The rows of one embedding, or the gradients of them.</summary>
public readonly struct EmbeddingParameters
{
    readonly WeightMatrix? _weights;

    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public EmbeddingParameters(ParameterBlock block, int layer, EmbeddingShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        (Count, Size) = (shape.Count, shape.Size);
        _weights = block.Views(layer).Weights ??= new WeightMatrix(block, shape.Offset, shape.Size, shape.Count, block.Layers[layer].WeightNames);
    }

    /// <summary>Number of things.</summary>
    public int Count { get; }

    /// <summary>Values of each.</summary>
    public int Size { get; }

    /// <summary>The rows as a matrix [<see cref="Count"/>, <see cref="Size"/>]; PyTorch's <c>weight</c>.</summary>
    public WeightMatrix Weights => _weights ?? throw new InvalidOperationException("This EmbeddingParameters is the default, of no layer: take those of a layer, network.Parameters.Embedding(0).");
}
