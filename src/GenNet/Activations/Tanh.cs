using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = tanh z, g′(z) = 1 − a².</summary>
public readonly struct Tanh : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => VectorMath.Tanh(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Fma(-a, a, V.Splat(1f));
}
