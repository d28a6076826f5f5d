using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = min(max(z/6 + 1/2, 0), 1); g′(z) = 1/6 where 0 &lt; a &lt; 1, else 0.</summary>
public readonly struct HardSigmoid : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => V.Clamp(V.Fma(1f / 6f, z, 0.5f), 0f, 1f);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> =>
        V.Greater(a, V.Zero) & V.Greater(V.Splat(1f), a) & V.Splat(1f / 6f);
}
