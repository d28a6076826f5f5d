using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = z, g′(z) = 1.</summary>
public readonly struct Identity : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => z;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Splat(1f);
}
