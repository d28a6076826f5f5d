using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Sets the parameters that a recurrent layer starts with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecurrentInitialization
{
    /// <summary>Draws the weights of a recurrent layer as Keras does: those of the inputs by Glorot's uniform distribution, those of the state as an orthogonal matrix. Biases are zeros, or ones for one gate's inputs.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="layer">The number of the layer.</param>
    /// <param name="shape">Its place.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="gateOfOnes">The gate whose biases of the inputs are ones; -1 for none.</param>
    public static void Fill(ParameterBlock parameters, int layer, RecurrentShape shape, ulong seed, int gateOfOnes = -1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var random = WeightInitialization.Stream(layer, seed);
        foreach (var direction in shape.Directions)
            Fill(parameters, direction, ref random, gateOfOnes);
        parameters.MarkChanged();
    }

    static void Fill(ParameterBlock parameters, in RecurrentShape shape, ref RandomStream random, int gateOfOnes)
    {
        foreach (var product in new[] { shape.OfInputs, shape.OfState })
        {
            var weights = new WeightMatrix(parameters, product.Offset, product.Inputs, product.Outputs);
            WeightInitialization.Fill(weights, product.Inputs, product.Outputs, ref random, product == shape.OfInputs ? Initializer.GlorotUniform : Initializer.Orthogonal);
            parameters.Span.Slice(product.BiasOffset, product.Outputs).Clear();
        }
        if (gateOfOnes >= 0)
            parameters.Span.Slice(shape.OfInputs.BiasOffset + gateOfOnes * shape.Units, shape.Units).SetAll(1);
    }
}
