using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>The mean of each window, of which the sum is kept.</summary>
readonly struct StreamMean : IStreamPool
{
    public static V First<V>(V x) where V : struct, ISimd<V> => V.Zero + x;

    public static V Add<V>(V kept, V x) where V : struct, ISimd<V> => kept + x;

    public static V Halve<V>(V kept) where V : struct, ISimd<V> => 0.5f * kept;

    public static V End<V>(V kept, int steps) where V : struct, ISimd<V> => kept / V.Splat(steps);
}
