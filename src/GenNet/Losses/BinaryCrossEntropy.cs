using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>
/// −y·ln a − (1 − y)·ln(1 − a) for an a in 0…1 that is not a sigmoid's: logarithms are held above −100 and
/// the derivative (a − y)/(a(1 − a)) divides by 1e-12 at least, as PyTorch has it.
/// </summary>
public readonly struct BinaryCrossEntropy : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V a, V y) where V : struct, ISimd<V>
    {
        var floor = V.Splat(-100f);
        var one = V.Splat(1f);
        return -(y * V.Max(floor, VectorMath.Log(a)) + (one - y) * V.Max(floor, VectorMath.Log(one - a)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V y) where V : struct, ISimd<V> => (a - y) / V.Max(V.Splat(1e-12f), a * (V.Splat(1f) - a));
}
