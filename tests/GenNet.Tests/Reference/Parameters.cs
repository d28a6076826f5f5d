namespace GenNet.Tests.Reference;

/// <summary>A number for every weight and bias of a network: the parameters, their gradients, or an optimiser's state.</summary>
/// <param name="Weights">For each layer [out, in], row by row.</param>
/// <param name="Biases">For each layer [out].</param>
sealed record Parameters(double[][] Weights, double[][] Biases)
{
    /// <summary>All tensors: the weights, then the biases.</summary>
    public IEnumerable<double[]> Tensors => Weights.Concat(Biases);

    public Parameters Copy() => Map(tensor => (double[])tensor.Clone());

    public Parameters Zeros() => Map(tensor => new double[tensor.Length]);

    Parameters Map(Func<double[], double[]> function) => new(Weights.Select(function).ToArray(), Biases.Select(function).ToArray());
}
