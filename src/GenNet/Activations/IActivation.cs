using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>An element-wise activation a = g(z) and its derivative.</summary>
public interface IActivation
{
    /// <summary>
    /// Whether <see cref="Derivative{V}"/> is given z. Where the derivative follows from the activation alone
    /// (tanh′ = 1 − a²) training keeps only a; else it keeps z as well.
    /// </summary>
    static abstract bool DerivativeNeedsPreactivation { get; }

    /// <summary>How the weights of a layer with this activation start, unless declared otherwise.</summary>
    static abstract Initializer DefaultInitializer { get; }

    /// <summary>g(z).</summary>
    static abstract V Apply<V>(V z) where V : struct, ISimd<V>;

    /// <summary>g′(z), from the activation <paramref name="a"/> = g(z) or, where <see cref="DerivativeNeedsPreactivation"/>, from <paramref name="z"/>.</summary>
    static abstract V Derivative<V>(V a, V z) where V : struct, ISimd<V>;
}
