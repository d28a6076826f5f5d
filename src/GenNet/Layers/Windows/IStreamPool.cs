using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What a pool keeps of a window that is open, and makes of it in the end.</summary>
interface IStreamPool
{
    /// <summary>What it keeps of the first step.</summary>
    static abstract V First<V>(V x) where V : struct, ISimd<V>;

    /// <summary>The same with one step more.</summary>
    static abstract V Add<V>(V kept, V x) where V : struct, ISimd<V>;

    /// <summary>What it keeps where the steps so far are to count half as much as they did.</summary>
    static abstract V Halve<V>(V kept) where V : struct, ISimd<V>;

    /// <summary>What it makes of all steps.</summary>
    static abstract V End<V>(V kept, int steps) where V : struct, ISimd<V>;
}
