namespace GenNet;

/// <summary>The built-in activations a = g(z). The type of the same name in namespace <c>GenNet.Activations</c> computes each.</summary>
public enum Activation
{
    /// <summary>g(z) = z.</summary>
    Identity,

    /// <summary>g(z) = 1/(1 + e⁻ᶻ).</summary>
    Sigmoid,

    /// <summary>g(z) = tanh z.</summary>
    Tanh,

    /// <summary>g(z) = max(z, 0).</summary>
    ReLU,

    /// <summary>g(z) = z where z &gt; 0, else 0.01·z.</summary>
    LeakyReLU,

    /// <summary>g(z) = z where z &gt; 0, else eᶻ − 1.</summary>
    ELU,

    /// <summary>g(z) = z·Φ(z), Φ the standard normal distribution function (the exact form, not the tanh approximation).</summary>
    GELU,

    /// <summary>g(z) = z·sigmoid(z), also called swish.</summary>
    SiLU,

    /// <summary>g(z) = ln(1 + eᶻ).</summary>
    Softplus,

    /// <summary>g(z) = min(max(z/6 + 1/2, 0), 1).</summary>
    HardSigmoid,

    /// <summary>g(z) = min(max(z, −1), 1).</summary>
    HardTanh,

    /// <summary>g(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ. Output layer only.</summary>
    Softmax,
}
