using GenNet.Simd;
namespace GenNet.Activations;
/// <summary>g(z) = tanh z</summary>
public readonly struct Tanh : IActivation
{
    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;
    /// <inheritdoc/>
    public static V Apply<V>(V z) where V : struct, ISimd<V> => Numerics.VectorMath.Tanh(z);
    /// <inheritdoc/>
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Fma(-a, a, V.Splat(1f));
}
