using GenNet.Activations;

namespace GenNet;

/// <summary>
/// Adds batch normalisation (Ioffe and Szegedy 2015) to a <see cref="NetworkAttribute"/> class: a = g(γ·(x − μ)/√(σ² + ε) + β), with the mean μ and the variance σ²
/// of each unit over the batch in training, and running means of them in inference, where it costs nothing behind a dense layer without activation.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormAttribute : Attribute
{
    /// <summary>Adds batch normalisation with a built-in activation.</summary>
    /// <param name="activation">Activation g of what was normalised.</param>
    public BatchNormAttribute(Activation activation = Activation.Identity) => Activation = activation;

    /// <summary>Adds batch normalisation with an activation of the user's own.</summary>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public BatchNormAttribute(Type activation) => ActivationType = activation;

    /// <summary>The built-in activation.</summary>
    public Activation Activation { get; }

    /// <summary>The activation of the user's own, or null.</summary>
    public Type? ActivationType { get; }

    /// <summary>The share of each batch in the running mean and variance, from 0 to 1: PyTorch's <c>momentum</c>, one less Keras's.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>ε, added to the variance; positive.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
