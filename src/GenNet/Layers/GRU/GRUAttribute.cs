namespace GenNet;

/// <summary>
/// Adds gated recurrent units (Cho et al. 2014) to a <see cref="NetworkAttribute"/> class that takes a sequence: PyTorch's <c>nn.GRU</c>, Keras's <c>GRU</c> with
/// <c>reset_after</c>. At each step r = σ(xW_r + b_r + hU_r + c_r), z = σ(xW_z + b_z + hU_z + c_z), n = tanh(xW_n + b_n + r∘(hU_n + c_n)), h′ = (1 − z)∘n + z∘h;
/// h is zero before the first.
/// </summary>
/// <remarks>Weights start as in Keras: those of the inputs by Glorot and Bengio's uniform distribution, those of the state as an orthogonal matrix, biases as zeros.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GRUAttribute : Attribute
{
    /// <summary>Adds the layer.</summary>
    /// <param name="units">Values of the state, which are the layer's outputs at each step, of each direction.</param>
    public GRUAttribute(int units) => Units = units;

    /// <summary>Values of the state.</summary>
    public int Units { get; }

    /// <summary>
    /// Whether the reset gate works on the state's product, as PyTorch, cuDNN and Keras's <c>reset_after=True</c> have it; else on the state before the product, n = tanh(xW_n + b_n + (r∘h)U_n + c_n),
    /// as Cho et al. 2014 and ONNX's <c>linear_before_reset = 0</c>, which takes a second product a step.
    /// </summary>
    public bool ResetAfter { get; set; } = true;

    /// <summary>Whether it goes through the sequence from the last step to the first too, with weights of their own; at each step it then gives the states of both directions, 2 × <see cref="Units"/> values. Such a network takes whole sequences.</summary>
    public bool Bidirectional { get; set; }

    /// <summary>
    /// The probability, from 0 to 1, with which training drops a value of the state where weights multiply it, the others being divided by 1 − rate: h∘mask takes the place of h in hU, as with
    /// Keras's <c>recurrent_dropout</c>. All steps of a sequence have one mask (Gal and Ghahramani 2016), and so do all gates. In inference nothing happens.
    /// </summary>
    public double RecurrentDropout { get; set; }
}
