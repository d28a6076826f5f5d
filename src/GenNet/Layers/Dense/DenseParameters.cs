using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>The weights and biases of one dense layer, or the gradients of them.</summary>
public readonly struct DenseParameters
{
    readonly DenseShape _shape;

    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DenseParameters(ParameterBlock block, int layer, DenseShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        _shape = shape;
        var views = block.Views(layer);
        Weights = views.Weights ??= new WeightMatrix(block, shape.Offset, shape.Inputs, shape.Outputs);
        Biases = views.First ??= new ParameterVector(block, shape.BiasOffset, shape.Outputs);
    }

    /// <summary>Inputs of the layer.</summary>
    public int Inputs => _shape.Inputs;

    /// <summary>Outputs of the layer.</summary>
    public int Outputs => _shape.Outputs;

    /// <summary>The weights as a matrix [<see cref="Outputs"/>, <see cref="Inputs"/>].</summary>
    public WeightMatrix Weights { get; }

    /// <summary>The biases, [<see cref="Outputs"/>].</summary>
    public ParameterVector Biases { get; }
}
