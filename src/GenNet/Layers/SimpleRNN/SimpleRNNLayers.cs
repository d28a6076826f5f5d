namespace GenNet;

/// <summary>Finds and adds simple recurrent layers.</summary>
public static class SimpleRNNLayers
{
    /// <summary>The parameters of the layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public static RecurrentParameters SimpleRNN(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<SimpleRNNLayer>(layer).Shape);
    }

    /// <summary>Adds a layer, as <see cref="SimpleRNNAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="units">Values of the state.</param>
    /// <param name="nonlinearity">g.</param>
    /// <param name="bidirectional">Whether it goes from the last step on too, and gives the units of both directions.</param>
    /// <param name="recurrentDropout">The probability with which training drops a value of the state where weights multiply it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is not positive, <paramref name="nonlinearity"/> is neither of the two, <paramref name="recurrentDropout"/> not from 0 to 1, or the network would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no sequence.</exception>
    public static ArchitectureBuilder SimpleRNN(this ArchitectureBuilder builder, int units, Nonlinearity nonlinearity = Nonlinearity.Tanh, bool bidirectional = false, double recurrentDropout = 0) =>
        nonlinearity is Nonlinearity.Tanh or Nonlinearity.ReLU
            ? builder.Add(new SimpleRNNLayer(builder.Recurrent(units, gates: 1, bidirectional, recurrentDropout), nonlinearity))
            : throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, "A simple recurrent layer has tanh or ReLU.");
}
