using System.Runtime.CompilerServices;

namespace GenNet.Simd;

/// <summary>Which vectors a piece of work is done with. Its results have the same bits with any.</summary>
static class Vectors
{
    /// <summary>
    /// Does work with the widest vectors that this process has and <paramref name="columns"/> floats fill.
    /// Callers are optimised when they are first compiled (<see cref="MethodImplOptions.AggressiveOptimization"/>): then nothing of this is left but the calls of the
    /// kernel of the widest vectors and, where the number of columns is no constant, of <see cref="RunFew"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork>(in TWork work, int columns = 16) where TWork : struct, IVectorWork
    {
        if (SimdWidth.Bits == 512)
            RunWidest(work, columns);
        else
            RunNarrower(work, columns);
    }

    // Apart, because a method that is inlined has the types loaded that any of its branches names.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void RunWidest<TWork>(in TWork work, int columns) where TWork : struct, IVectorWork
    {
        if (columns >= 16)
            work.Run<Simd512>();
        else
            RunFew(work, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void RunNarrower<TWork>(in TWork work, int columns) where TWork : struct, IVectorWork
    {
        if (SimdWidth.Bits == 256 && columns >= 8)
            work.Run<Simd256>();
        else if (SimdWidth.Bits == 128)
            work.Run<Simd128>();
        else
            RunFew(work, columns);
    }

    /// <summary>The same for fewer columns than the widest vectors have. Not inlined: kernels are made ready where a call of them is compiled, and most callers never have so few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void RunFew<TWork>(TWork work, int columns) where TWork : struct, IVectorWork
    {
        if (SimdWidth.Bits == 512 && columns >= 8)
            work.Run<Simd256>();
        else if (SimdWidth.HasVectors)
            work.Run<Simd128>();
        else
            work.Run<FourFloats>();
    }
}
