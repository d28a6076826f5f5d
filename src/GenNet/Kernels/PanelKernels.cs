using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What is done to panels of weights and to their biases, whatever the layer.</summary>
[SkipLocalsInit]
static unsafe class PanelKernels
{
    /// <summary>What PyTorch adds to a norm before it divides by it, in <c>renorm</c>.</summary>
    public const double RenormEpsilon = 1e-7;

    static readonly AlignedBuffer Zeros = new(PanelLayout.Width);

    /// <summary>The gradients of a panel's biases over the rows of a part.</summary>
    public static void BiasGradient<TOptimizer>(
        int offset, int width, GradientUse<TOptimizer> use, in PartRows part,
        float* delta, // [rows][stride]
        int stride,
        float* scratch) // [width]
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var start = part.Continues ? use.Gradients(part.Waiting) + offset : Zeros.Pointer;
        AddRows(start, scratch, delta + (nint)part.First * stride, stride, part.Count, width);
        use.End(part, offset, scratch, width, merged: false, biases: true);
    }

    /// <summary>Has the JIT compile the sum of rows now, of which there are none.</summary>
    public static void Prepare()
    {
        var sum = stackalloc float[PanelLayout.Width];
        AddRows(sum, sum, null, 0, 0, PanelLayout.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddRows(
        float* start, // [width]
        float* sum, // [width]
        float* rows, // [count][stride]
        int stride, int count, int width) =>
        Vectors.Run(new AddRowsWork(start, sum, rows, stride, count, width), width);

    readonly struct AddRowsWork(float* start, float* sum, float* rows, int stride, int count, int width) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => AddRows<V>(start, sum, rows, stride, count, width);
    }

    /// <summary>sum = start + Σ rows, in order, two vectors of columns at a time, or one twice where there is but one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void AddRows<V>(float* start, float* sum, float* rows, int stride, int count, int width) where V : struct, ISimd<V>
    {
        for (var j = 0; j < width; j += 2 * V.Count)
        {
            var second = Math.Min(j + V.Count, width - V.Count);
            V s0 = V.Load(start + j), s1 = V.Load(start + second);
            var row = rows;
            for (var r = 0; r < count; r++)
            {
                s0 += V.Load(row + j);
                s1 += V.Load(row + second);
                row += stride;
            }
            s0.Store(sum + j);
            s1.Store(sum + second);
        }
    }

    /// <summary>Scales the weights of every unit whose norm is above the limit down to it, as <c>torch.renorm</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LimitNorms(
        float* weights, // [outputs/32][inputs][32]
        int inputs, int outputs, float limit)
    {
        for (var o = 0; o < outputs; o += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(outputs, o);
            Vectors.Run(new LimitNormsWork(weights + o * inputs, inputs, width, limit), width);
        }
    }

    readonly struct LimitNormsWork(float* panel, int inputs, int width, float limit) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => LimitNorms<V>(panel, inputs, width, limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void LimitNorms<V>(float* panel, int inputs, int width, float limit) where V : struct, ISimd<V>
    {
        V limits = V.Splat(limit), epsilon = V.Splat((float)RenormEpsilon), one = V.Splat(1);
        for (var lane = 0; lane < width; lane += V.Count)
        {
            var sum = V.Zero;
            for (var i = 0; i < inputs; i++)
            {
                var x = V.Load(panel + lane + i * width);
                sum = V.Fma(x, x, sum);
            }
            var norm = V.Sqrt(sum);
            var scale = V.Select(V.Greater(norm, limits), limits / (norm + epsilon), one);
            for (var i = 0; i < inputs; i++)
                (V.Load(panel + lane + i * width) * scale).Store(panel + lane + i * width);
        }
    }
}
