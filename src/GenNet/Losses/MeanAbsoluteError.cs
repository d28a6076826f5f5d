using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>|a − y|, with the derivative sign(a − y), 0 at 0.</summary>
public readonly struct MeanAbsoluteError : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V a, V y) where V : struct, ISimd<V> => V.Abs(a - y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V y) where V : struct, ISimd<V> =>
        (V.Greater(a, y) & V.Splat(1f)) - (V.Greater(y, a) & V.Splat(1f));
}
