using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>The largest value of each window.</summary>
readonly struct StreamMax : IStreamPool
{
    public static V First<V>(V x) where V : struct, ISimd<V> => x;

    public static V Add<V>(V kept, V x) where V : struct, ISimd<V> => V.Max(x, kept);

    public static V Halve<V>(V kept) where V : struct, ISimd<V> => kept;

    public static V End<V>(V kept, int steps) where V : struct, ISimd<V> => kept;
}
