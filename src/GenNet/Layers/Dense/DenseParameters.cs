using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The weights and biases of one dense layer, or the gradients of them.</summary>
public readonly struct DenseParameters
{
    readonly DenseShape _shape;
    readonly WeightMatrix? _weights;
    readonly ParameterVector? _biases;

    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DenseParameters(ParameterBlock block, int layer, DenseShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        _shape = shape;
        var views = block.Views(layer);
        _weights = views.Weights ??= new WeightMatrix(block, shape.Offset, shape.Inputs, shape.Outputs);
        _biases = views.First ??= new ParameterVector(block, shape.BiasOffset, shape.Outputs);
    }

    /// <summary>Inputs of the layer.</summary>
    public int Inputs => _shape.Inputs;

    /// <summary>Outputs of the layer.</summary>
    public int Outputs => _shape.Outputs;

    /// <summary>The weights as a matrix [<see cref="Outputs"/>, <see cref="Inputs"/>].</summary>
    public WeightMatrix Weights => _weights ?? throw Missing();

    /// <summary>The biases, [<see cref="Outputs"/>].</summary>
    public ParameterVector Biases => _biases ?? throw Missing();

    static InvalidOperationException Missing() => new("This DenseParameters is the default, of no layer: take those of a layer, network.Parameters.Dense(0).");
}
