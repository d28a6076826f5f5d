using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>The norm of all gradients. The order of every sum is the same on every width and for any number of threads.</summary>
static unsafe class EuclideanNorm
{
    /// <summary>Floats whose squares are summed in single precision, by <see cref="LaneSum"/>; their sums are added in double precision.</summary>
    const int Run = 1024;

    /// <summary>Sums from which on squares that underflow in single precision do not count.</summary>
    const double SafeSum = 1e-30;

    /// <summary>What PyTorch adds to a norm before it divides by it, in <c>clip_grad_norm_</c>.</summary>
    public const double ClipEpsilon = 1e-6;

    /// <summary>√Σx².</summary>
    public static double Of(ParameterBlock block)
    {
        var sum = SumOfSquares(block.Pointer, block.TrainedLength);
        GC.KeepAlive(block);
        return Math.Sqrt(sum);
    }

    /// <summary>Σx². The count is a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(float* x, int length)
    {
        var sum = 0.0;
        for (var start = 0; start < length; start += Run)
        {
            var values = x + start;
            var count = Math.Min(Run, length - start);
            float squares;
            Vectors.Run(new SumOfSquaresWork(values, count, &squares));
            sum += squares;
        }
        return sum >= SafeSum && double.IsFinite(sum) ? sum : SumOfSquaresInDouble(x, length);
    }

    /// <summary>For numbers so small or so large that their squares are no floats.</summary>
    static double SumOfSquaresInDouble(float* x, int length)
    {
        var sum = 0.0;
        for (var i = 0; i < length; i++)
            sum += (double)x[i] * x[i];
        return sum;
    }

    /// <summary>x ← x·factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ParameterBlock block, float factor)
    {
        Vectors.Run(new ScaleWork(block.Pointer, block.TrainedLength, factor));
        GC.KeepAlive(block);
    }

    readonly struct SumOfSquaresWork(float* values, int count, float* sum) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => *sum = SumOfSquares<V>(values, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float SumOfSquares<V>(float* values, int count) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        for (var lane = 0; lane < LaneSum.Lanes; lane += V.Count)
        {
            var sum = V.Zero;
            for (var i = lane; i < count; i += LaneSum.Lanes)
            {
                var x = V.Load(values + i);
                sum = V.Fma(x, x, sum);
            }
            sum.Store(lanes + lane);
        }
        return LaneSum.Total(lanes);
    }

    readonly struct ScaleWork(float* values, int count, float factor) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Scale<V>(values, count, factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Scale<V>(float* values, int count, float factor) where V : struct, ISimd<V>
    {
        var factors = V.Splat(factor);
        for (var i = 0; i < count; i += V.Count)
            (V.Load(values + i) * factors).Store(values + i);
    }
}
