using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>The weights and biases of one dense layer, or the gradients of them.</summary>
public readonly struct DenseParameters
{
    readonly ParameterBlock _block;
    readonly DenseShape _shape;

    /// <summary>Views the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DenseParameters(ParameterBlock block, DenseShape shape) => (_block, _shape) = (block, shape);

    /// <summary>Inputs of the layer.</summary>
    public int Inputs => _shape.Inputs;

    /// <summary>Outputs of the layer.</summary>
    public int Outputs => _shape.Outputs;

    /// <summary>The weights as a matrix [<see cref="Outputs"/>, <see cref="Inputs"/>].</summary>
    public WeightMatrix Weights => new(_block.Mutable(_shape.Offset, _shape.BiasOffset - _shape.Offset), Inputs, Outputs);

    /// <summary>The biases, [<see cref="Outputs"/>].</summary>
    public Span<float> Biases => _block.Mutable(_shape.BiasOffset, Outputs);
}
