using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>(a − y)², with the derivative 2(a − y).</summary>
public readonly struct MeanSquaredError : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V a, V y) where V : struct, ISimd<V> => (a - y) * (a - y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V y) where V : struct, ISimd<V> => (a - y) + (a - y);
}
