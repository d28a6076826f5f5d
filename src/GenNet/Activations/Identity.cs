using GenNet.Simd;
namespace GenNet.Activations;
/// <summary>g(z) = z</summary>
public readonly struct Identity : IActivation
{
    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;
    /// <inheritdoc/>
    public static V Apply<V>(V z) where V : struct, ISimd<V> => z;
    /// <inheritdoc/>
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Splat(1f);
}
