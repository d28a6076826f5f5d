using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>½(a − y)² where |a − y| ≤ 1, else |a − y| − ½; the derivative is a − y, held within ±1 (Huber 1964).</summary>
public readonly struct Huber : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V a, V y) where V : struct, ISimd<V>
    {
        // With c = min(|d|, 1): c·(|d| − c/2) is both branches at once.
        var distance = V.Abs(a - y);
        var within = V.Min(V.Splat(1f), distance);
        return within * (distance - 0.5f * within);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V y) where V : struct, ISimd<V> => V.Clamp(a - y, -1f, 1f);
}
