using System.Runtime.CompilerServices;
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
