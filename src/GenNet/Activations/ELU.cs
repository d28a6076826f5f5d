using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = z where z &gt; 0, else eᶻ − 1; g′(z) = 1 where z &gt; 0, else a + 1.</summary>
public readonly struct ELU : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.HeNormal;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => V.Select(V.Greater(z, V.Zero), z, VectorMath.ExpM1(z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Select(V.Greater(a, V.Zero), V.Splat(1f), a + 1f);
}
