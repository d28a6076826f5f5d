using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = 1/(1 + e⁻ᶻ), g′(z) = a(1 − a).</summary>
public readonly struct Sigmoid : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => VectorMath.Sigmoid(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => a * (V.Splat(1f) - a);
}
