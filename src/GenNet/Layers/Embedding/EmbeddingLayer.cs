using System.ComponentModel;
using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>An embedding: a feature that is an index gives way to the row of values that belongs to it.</summary>
public sealed record EmbeddingLayer : Layer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public EmbeddingLayer(EmbeddingShape shape) : base(shape.Inputs, shape.Outputs, GenNet.Activation.Identity) => Shape = shape;

    internal EmbeddingShape Shape { get; }

    /// <summary>Number of things.</summary>
    public int Count => Shape.Count;

    /// <summary>Values of each.</summary>
    public int Size => Shape.Size;

    /// <summary>Which of the values that the layer takes is the index, from 0.</summary>
    public int Feature => Shape.Feature;

    /// <inheritdoc/>
    public override int ParameterCount => Count * Size;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;

    internal override string Schema => SchemaText.Looked(Kind, Inputs, Outputs, Count, Size, Feature);

    internal override (string? Before, string? Behind) Arguments => (string.Create(CultureInfo.InvariantCulture, $"{Count}, {Size}"), Feature == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"Feature = {Feature}"));

    internal override (int Feature, int Count, int Size)? Index => (Feature, Count, Size);

    internal override (string Rows, string Columns) WeightNames => ("things", "values");

    internal override string SizesFor(int rows, int columns) => $"[Embedding({rows}, {columns})]";

    internal override unsafe void LimitWeights(float* parameters, float limit) => PanelKernels.LimitNorms(parameters + Shape.Offset, Size, Count, limit);

    internal override TensorPlace[] Tensors => [new("weight", ParameterKind.Weight, Shape.Offset, Count, Size)];
}
