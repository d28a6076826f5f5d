using GenNet.Activations;

namespace GenNet;

/// <summary>
/// Adds layer normalisation (Ba, Kiros and Hinton 2016) to a <see cref="NetworkAttribute"/> class: a = g(γ·(x − μ)/√(σ² + ε) + β),
/// with the mean μ and the variance σ² of each sample over the layer's units.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute : Attribute
{
    /// <summary>Adds layer normalisation with a built-in activation.</summary>
    /// <param name="activation">Activation g of what was normalised.</param>
    public LayerNormAttribute(Activation activation = Activation.Identity) => Activation = activation;

    /// <summary>Adds layer normalisation with an activation of the user's own.</summary>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public LayerNormAttribute(Type activation) => ActivationType = activation;

    /// <summary>The built-in activation.</summary>
    public Activation Activation { get; }

    /// <summary>The activation of the user's own, or null.</summary>
    public Type? ActivationType { get; }

    /// <summary>ε, added to the variance; positive.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
