using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = z·s with s = sigmoid(z), g′(z) = s(1 + z(1 − s)).</summary>
public readonly struct SiLU : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => true;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.HeNormal;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => z * VectorMath.Sigmoid(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V>
    {
        var s = VectorMath.Sigmoid(z);
        var one = V.Splat(1f);
        return s * V.Fma(z, one - s, one);
    }
}
