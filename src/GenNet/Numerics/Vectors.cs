using System.Runtime.CompilerServices;

namespace GenNet.Simd;

/// <summary>Which vectors a piece of work is done with. Its results have the same bits with any.</summary>
static class Vectors
{
    /// <summary>
    /// Does work with the widest vectors that this process has and <paramref name="columns"/> floats fill.
    /// Callers are optimised when they are first compiled (<see cref="MethodImplOptions.AggressiveOptimization"/>): then nothing of this is left but the call of one
    /// kernel, and there is one method to compile instead of four.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork>(in TWork work, int columns = 16) where TWork : struct, IVectorWork
    {
        if (SimdWidth.Bits == 512 && columns >= 16)
            work.Run<Simd512>();
        else if (SimdWidth.Bits >= 256 && columns >= 8)
            work.Run<Simd256>();
        else if (SimdWidth.HasVectors)
            work.Run<Simd128>();
        else
            work.Run<FourFloats>();
    }
}
