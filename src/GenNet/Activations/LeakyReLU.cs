using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = z where z &gt; 0, else 0.01·z; g′(z) = 1 where z &gt; 0, else 0.01.</summary>
public readonly struct LeakyReLU : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.HeNormal;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => V.Select(V.Greater(z, V.Zero), z, 0.01f * z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Select(V.Greater(a, V.Zero), V.Splat(1f), V.Splat(0.01f));
}
