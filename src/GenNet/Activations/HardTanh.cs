using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = min(max(z, −1), 1); g′(z) = 1 where −1 &lt; a &lt; 1, else 0.</summary>
public readonly struct HardTanh : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => V.Clamp(z, -1f, 1f);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> =>
        V.Greater(a, V.Splat(-1f)) & V.Greater(V.Splat(1f), a) & V.Splat(1f);
}
