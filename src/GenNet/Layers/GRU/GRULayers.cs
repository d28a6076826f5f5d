namespace GenNet;

/// <summary>Finds and adds layers of gated recurrent units.</summary>
public static class GRULayers
{
    /// <summary>The parameters of the layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public static RecurrentParameters GRU(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<GRULayer>(layer).Shape);
    }

    /// <summary>Adds a layer, as <see cref="GRUAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="units">Values of the state.</param>
    /// <param name="resetAfter">Whether the reset gate works on the state's product; else on the state before it.</param>
    /// <param name="bidirectional">Whether it goes from the last step on too, and gives the units of both directions.</param>
    /// <param name="recurrentDropout">The probability with which training drops a value of the state where weights multiply it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is not positive, <paramref name="recurrentDropout"/> not from 0 to 1, or the network would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no sequence.</exception>
    public static ArchitectureBuilder GRU(this ArchitectureBuilder builder, int units, bool resetAfter = true, bool bidirectional = false, double recurrentDropout = 0) => builder.Add(new GRULayer(builder.Recurrent(units, gates: 3, bidirectional, recurrentDropout), resetAfter));
}
