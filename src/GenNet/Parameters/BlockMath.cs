using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using GenNet.Simd;

namespace GenNet;

/// <summary>Arithmetic on the values of two blocks.</summary>
static unsafe class BlockMath
{
    /// <summary>
    /// x = x + τ(y − x), from ½ on y − (1 − τ)(y − x), as <c>torch.lerp</c> has it: with τ = 0 nothing changes, with τ = 1 x becomes y.
    /// Of whole blocks, padding included: what is alike in both stays so.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lerp(
        float* x, // [count]
        float* y, // [count]
        int count, float amount) =>
        Vectors.Run(new LerpWork(x, y, count, amount));

    readonly struct LerpWork(float* x, float* y, int count, float amount) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Lerp<V>(x, y, count, amount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Lerp<V>(float* x, float* y, int count, float amount) where V : struct, ISimd<V>
    {
        var fromEnd = amount >= 0.5f;
        var factor = V.Splat(fromEnd ? amount - 1 : amount);
        for (var i = 0; i < count; i += V.Count)
        {
            V start = V.Load(x + i), end = V.Load(y + i);
            V.Fma(factor, end - start, fromEnd ? end : start).Store(x + i);
        }
    }

    /// <summary>x = x + factor·y, the product rounded before it is added, on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(
        float* x, // [count]
        float* y, // [count]
        int count, float factor) =>
        Vectors.Run(new AddScaledWork(x, y, count, factor));

    readonly struct AddScaledWork(float* x, float* y, int count, float factor) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => AddScaled<V>(x, y, count, factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void AddScaled<V>(float* x, float* y, int count, float factor) where V : struct, ISimd<V>
    {
        var i = 0;
        for (; i <= count - V.Count; i += V.Count)
            (V.Load(x + i) + factor * V.Load(y + i)).Store(x + i);
        for (; i < count; i++)
            x[i] += factor * y[i];
    }

    /// <summary>result = a where the value's bit is set, else b. Bits are counted from the lowest of the first word on; one word more than they need is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Select(
        float* result, // [count]
        float* a, // [count]
        float* b, // [count]
        ulong* bits, // [(first + count)/64 + 1]
        int first, int count) =>
        Vectors.Run(new SelectWork(result, a, b, bits, first, count));

    readonly struct SelectWork(float* result, float* a, float* b, ulong* bits, int first, int count) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Select<V>(result, a, b, bits, first, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Select<V>(float* result, float* a, float* b, ulong* bits, int first, int count) where V : struct, ISimd<V>
    {
        var i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            FetchAhead(a + i);
            FetchAhead(b + i);
            FetchAhead(result + i);
            V.Select(V.LanesOf(BitsFrom(bits, first + i)), V.Load(a + i), V.Load(b + i)).Store(result + i);
        }
        for (; i < count; i++)
            result[i] = (BitsFrom(bits, first + i) & 1) != 0 ? a[i] : b[i];
    }

    /// <summary>Networks of a population are rarely in the nearest cache, and processors fetch ahead within a page of 4 KiB only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void FetchAhead(float* x)
    {
        const int Floats = 512;
        if (Sse.IsSupported)
            Sse.Prefetch0(x + Floats);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint BitsFrom(ulong* bits, int index)
    {
        var word = bits + (index >> 6);
        var shift = index & 63;
        return (uint)((word[0] >> shift) | (word[1] << 1 << (63 - shift)));
    }

    /// <summary>x = x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(
        float* x, // [count]
        float* y, // [count]
        int count) =>
        Vectors.Run(new AddWork(x, y, count));

    readonly struct AddWork(float* x, float* y, int count) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Add<V>(x, y, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Add<V>(float* x, float* y, int count) where V : struct, ISimd<V>
    {
        var i = 0;
        for (; i <= count - V.Count; i += V.Count)
            (V.Load(x + i) + V.Load(y + i)).Store(x + i);
        for (; i < count; i++)
            x[i] += y[i];
    }
}
