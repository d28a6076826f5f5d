using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// Normalisation: sums down the columns of a batch (batch normalisation, gradients of scales and shifts) and along its rows (layer normalisation).
/// Columns are summed as <see cref="SampleParts"/> declares, rows as <see cref="LaneSum"/>.
/// </summary>
static unsafe class NormalizationKernels
{
    /// <summary>What a normalisation keeps for each unit, in vectors of <see cref="NormShape.Padded"/> floats: see the offsets of <see cref="BatchStatistics"/>.</summary>
    public readonly struct BatchStatistics(float* memory, int padded)
    {
        /// <summary>μ.</summary>
        public float* Mean => memory;

        /// <summary>σ², divided by n.</summary>
        public float* Variance => memory + padded;

        /// <summary>1/√(σ² + ε).</summary>
        public float* InverseDeviation => memory + 2 * padded;

        /// <summary>∂L/∂β = Σδ.</summary>
        public float* ShiftGradient => memory + 3 * padded;

        /// <summary>∂L/∂γ = Σδ·x̂.</summary>
        public float* ScaleGradient => memory + 4 * padded;

        /// <summary>Floats of memory.</summary>
        public static int Length(int padded) => 5 * padded;
    }

    /// <summary>Σx of a line of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sums(
        in Rows x, // [rows][units]
        int rowsOfPart, int first,
        float* sums) => // [units]
        Vectors.Run(new SumsWork(x, rowsOfPart, first, sums));

    readonly struct SumsWork(Rows x, int rowsOfPart, int first, float* sums) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Sums<V>(x, rowsOfPart, first, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Sums<V>(in Rows x, int rowsOfPart, int first, float* sums) where V : struct, ISimd<V>
    {
        var parts = SampleParts.Count(x.Count, rowsOfPart);
        var waiting = stackalloc float[SampleParts.MostWaiting * V.Count];
        for (var j = first; j < first + PanelLayout.Line; j += V.Count)
        {
            var sum = V.Zero;
            var row = x.Pointer + j;
            for (int part = 0, left = x.Count; part < parts; part++, left -= rowsOfPart)
            {
                sum = V.Zero;
                for (var r = Math.Min(left, rowsOfPart); r > 0; r--, row += x.Stride)
                    sum += V.Load(row);
                sum = SampleParts.Add(waiting, part, part == parts - 1, sum);
            }
            sum.Store(sums + j);
        }
    }

    /// <summary>Σ(x − μ)² of a line of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Squares(
        in Rows x, // [rows][units]
        int rowsOfPart, int first,
        float* means, // [units]
        float* squares) => // [units]
        Vectors.Run(new SquaresWork(x, rowsOfPart, first, means, squares));

    readonly struct SquaresWork(Rows x, int rowsOfPart, int first, float* means, float* squares) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Squares<V>(x, rowsOfPart, first, means, squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Squares<V>(in Rows x, int rowsOfPart, int first, float* means, float* squares) where V : struct, ISimd<V>
    {
        var parts = SampleParts.Count(x.Count, rowsOfPart);
        var waiting = stackalloc float[SampleParts.MostWaiting * V.Count];
        for (var j = first; j < first + PanelLayout.Line; j += V.Count)
        {
            V sum = V.Zero, mean = V.Load(means + j);
            var row = x.Pointer + j;
            for (int part = 0, left = x.Count; part < parts; part++, left -= rowsOfPart)
            {
                sum = V.Zero;
                for (var r = Math.Min(left, rowsOfPart); r > 0; r--, row += x.Stride)
                {
                    var distance = V.Load(row) - mean;
                    sum = V.Fma(distance, distance, sum);
                }
                sum = SampleParts.Add(waiting, part, part == parts - 1, sum);
            }
            sum.Store(squares + j);
        }
    }

    /// <summary>A line of sums, divided by their number.</summary>
    public static void Means(float* sums, float* means, float count)
    {
        for (var j = 0; j < PanelLayout.Line; j++)
            means[j] = sums[j] / count;
    }

    /// <summary>1/√(σ² + ε) of a line of variances.</summary>
    public static void InverseDeviations(float* variances, float* result, float epsilon)
    {
        for (var j = 0; j < PanelLayout.Line; j++)
            result[j] = 1 / MathF.Sqrt(variances[j] + epsilon);
    }

    /// <summary>r = (1 − m)·r + m·value for a line, of which the first <paramref name="units"/> are no padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* running, float* values, float momentum, float scale, int units)
    {
        Vectors.Run(new RunWork(running, values, momentum, scale));

        // The activations of padding are g(0), which need not be zero.
        new Span<float>(running + units, PanelLayout.Line - units).Clear();
    }

    readonly struct RunWork(float* running, float* values, float momentum, float scale) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => NormalizationKernels.Run<V>(running, values, momentum, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Run<V>(float* running, float* values, float momentum, float scale) where V : struct, ISimd<V>
    {
        for (var j = 0; j < PanelLayout.Line; j += V.Count)
            V.Fma(1 - momentum, V.Load(running + j), momentum * (scale * V.Load(values + j))).Store(running + j);
    }

    /// <summary>z = γ·(x − μ)/σ + β, a = g(z), with μ and σ of each column. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardColumns<TActivation>(
        in Rows x, // [rows][units]
        float* mean, // [units]
        float* inverseDeviation, // [units]
        float* scale, // [units]
        float* shift, // [units]
        float* z, // [rows][stride]
        float* a, // [rows][stride]
        int stride, int units)
        where TActivation : struct, IActivation =>
        Vectors.Run(new ForwardColumnsWork<TActivation>(x, mean, inverseDeviation, scale, shift, z, a, stride, units));

    readonly struct ForwardColumnsWork<TActivation>(Rows x, float* mean, float* inverseDeviation, float* scale, float* shift, float* z, float* a, int stride, int units) : IVectorWork
        where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => ForwardColumns<TActivation, V>(x, mean, inverseDeviation, scale, shift, z, a, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void ForwardColumns<TActivation, V>(in Rows x, float* mean, float* inverseDeviation, float* scale, float* shift, float* z, float* a, int stride, int units)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        nint offset = 0;
        var source = x.Pointer;
        for (var r = 0; r < x.Count; r++, source += x.Stride, offset += stride)
            for (var j = 0; j < units; j += V.Count)
            {
                var normal = (V.Load(source + j) - V.Load(mean + j)) * V.Load(inverseDeviation + j);
                var value = V.Fma(V.Load(scale + j), normal, V.Load(shift + j));
                value.Store(z + offset + j);
                TActivation.Apply(value).Store(a + offset + j);
            }
    }

    /// <summary>Σδ and Σδ·x̂ of a line of columns over all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GradientsOfColumns(
        in Rows x, // [rows][units]
        in Rows delta, // [rows][units]
        int rowsOfPart, int first, BatchStatistics statistics,
        float* shifts, // [units]
        float* scales) => // [units]
        Vectors.Run(new GradientsOfColumnsWork(x, delta, rowsOfPart, first, statistics, shifts, scales));

    readonly struct GradientsOfColumnsWork(Rows x, Rows delta, int rowsOfPart, int first, BatchStatistics statistics, float* shifts, float* scales) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => GradientsOfColumns<V>(x, delta, rowsOfPart, first, statistics, shifts, scales);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void GradientsOfColumns<V>(in Rows x, in Rows delta, int rowsOfPart, int first, BatchStatistics statistics, float* shifts, float* scales) where V : struct, ISimd<V>
    {
        var parts = SampleParts.Count(x.Count, rowsOfPart);
        float* waitingShifts = stackalloc float[SampleParts.MostWaiting * V.Count], waitingScales = stackalloc float[SampleParts.MostWaiting * V.Count];
        for (var j = first; j < first + PanelLayout.Line; j += V.Count)
        {
            V shift = V.Zero, scale = V.Zero;
            V mean = V.Load(statistics.Mean + j), inverse = V.Load(statistics.InverseDeviation + j);
            float* value = x.Pointer + j, gradient = delta.Pointer + j;
            for (int part = 0, left = x.Count; part < parts; part++, left -= rowsOfPart)
            {
                shift = scale = V.Zero;
                for (var r = Math.Min(left, rowsOfPart); r > 0; r--, value += x.Stride, gradient += delta.Stride)
                {
                    var d = V.Load(gradient);
                    shift += d;
                    scale = V.Fma(d, (V.Load(value) - mean) * inverse, scale);
                }
                shift = SampleParts.Add(waitingShifts, part, part == parts - 1, shift);
                scale = SampleParts.Add(waitingScales, part, part == parts - 1, scale);
            }
            shift.Store(shifts + j);
            scale.Store(scales + j);
        }
    }

    /// <summary>∂L/∂x = γ/σ·(δ − Σδ/n − x̂·Σδx̂/n), the sums over all n rows of the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardColumns(
        in Rows x, // [rows][units]
        in Rows delta, // [rows][units]
        BatchStatistics statistics,
        float* scale, // [units]
        float* result, // [rows][stride]
        int stride, int units, float samples) =>
        Vectors.Run(new BackwardColumnsWork(x, delta, statistics, scale, result, stride, units, samples));

    readonly struct BackwardColumnsWork(Rows x, Rows delta, BatchStatistics statistics, float* scale, float* result, int stride, int units, float samples) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => BackwardColumns<V>(x, delta, statistics, scale, result, stride, units, samples);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void BackwardColumns<V>(in Rows x, in Rows delta, BatchStatistics statistics, float* scale, float* result, int stride, int units, float samples) where V : struct, ISimd<V>
    {
        var n = V.Splat(samples);
        float* value = x.Pointer, gradient = delta.Pointer;
        for (var r = 0; r < x.Count; r++, value += x.Stride, gradient += delta.Stride, result += stride)
            for (var j = 0; j < units; j += V.Count)
            {
                var inverse = V.Load(statistics.InverseDeviation + j);
                var normal = (V.Load(value + j) - V.Load(statistics.Mean + j)) * inverse;
                var mean = V.Fma(normal, V.Load(statistics.ScaleGradient + j), V.Load(statistics.ShiftGradient + j)) / n;
                (V.Load(scale + j) * inverse * (V.Load(gradient + j) - mean)).Store(result + j);
            }
    }

    /// <summary>z = γ·(x − μ)/σ + β, a = g(z), with μ and σ of each row, which are written to <paramref name="statistics"/>, two floats a row. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardRows<TActivation>(
        in Rows x, // [rows][units]
        float* scale, // [units]
        float* shift, // [units]
        float epsilon,
        float* z, // [rows][stride]
        float* a, // [rows][stride]
        int stride, int units,
        float* statistics) // [rows][2]
        where TActivation : struct, IActivation =>
        Vectors.Run(new ForwardRowsWork<TActivation>(x, scale, shift, epsilon, z, a, stride, units, statistics));

    readonly struct ForwardRowsWork<TActivation>(Rows x, float* scale, float* shift, float epsilon, float* z, float* a, int stride, int units, float* statistics) : IVectorWork
        where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => ForwardRows<TActivation, V>(x, scale, shift, epsilon, z, a, stride, units, statistics);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void ForwardRows<TActivation, V>(in Rows x, float* scale, float* shift, float epsilon, float* z, float* a, int stride, int units, float* statistics)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        var source = x.Pointer;
        for (var r = 0; r < x.Count; r++, source += x.Stride, z += stride, a += stride, statistics += 2)
        {
            for (var lane = 0; lane < LaneSum.Lanes; lane += V.Count)
            {
                var sum = V.Zero;
                for (var j = lane; j < units; j += LaneSum.Lanes)
                    sum += V.FirstLanes(units - j) & V.Load(source + j);
                sum.Store(lanes + lane);
            }
            var mean = V.Splat(LaneSum.Total(lanes) / units);
            for (var lane = 0; lane < LaneSum.Lanes; lane += V.Count)
            {
                var squares = V.Zero;
                for (var j = lane; j < units; j += LaneSum.Lanes)
                {
                    var distance = V.FirstLanes(units - j) & (V.Load(source + j) - mean);
                    squares = V.Fma(distance, distance, squares);
                }
                squares.Store(lanes + lane);
            }
            var inverse = V.Splat(1 / MathF.Sqrt(LaneSum.Total(lanes) / units + epsilon));
            for (var j = 0; j < units; j += V.Count)
            {
                var value = V.Fma(V.Load(scale + j), (V.Load(source + j) - mean) * inverse, V.Load(shift + j));
                value.Store(z + j);
                TActivation.Apply(value).Store(a + j);
            }
            mean.Store(lanes);
            statistics[0] = lanes[0];
            inverse.Store(lanes);
            statistics[1] = lanes[0];
        }
    }

    /// <summary>∂L/∂x = (δγ − mean(δγ) − x̂·mean(δγ·x̂))/σ, the means over each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardRows(
        in Rows x, // [rows][units]
        in Rows delta, // [rows][units]
        float* scale, // [units]
        float* statistics, // [rows][2]
        float* result, // [rows][stride]
        int stride, int units) =>
        Vectors.Run(new BackwardRowsWork(x, delta, scale, statistics, result, stride, units));

    readonly struct BackwardRowsWork(Rows x, Rows delta, float* scale, float* statistics, float* result, int stride, int units) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => BackwardRows<V>(x, delta, scale, statistics, result, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void BackwardRows<V>(in Rows x, in Rows delta, float* scale, float* statistics, float* result, int stride, int units) where V : struct, ISimd<V>
    {
        float* lanes = stackalloc float[LaneSum.Lanes], normalLanes = stackalloc float[LaneSum.Lanes];
        float* value = x.Pointer, gradient = delta.Pointer;
        for (var r = 0; r < x.Count; r++, value += x.Stride, gradient += delta.Stride, result += stride, statistics += 2)
        {
            V mean = V.Splat(statistics[0]), inverse = V.Splat(statistics[1]);
            for (var lane = 0; lane < LaneSum.Lanes; lane += V.Count)
            {
                V sum = V.Zero, normals = V.Zero;
                for (var j = lane; j < units; j += LaneSum.Lanes)
                {
                    var d = V.FirstLanes(units - j) & (V.Load(gradient + j) * V.Load(scale + j));
                    sum += d;
                    normals = V.Fma(d, (V.Load(value + j) - mean) * inverse, normals);
                }
                sum.Store(lanes + lane);
                normals.Store(normalLanes + lane);
            }
            V meanGradient = V.Splat(LaneSum.Total(lanes) / units), meanNormal = V.Splat(LaneSum.Total(normalLanes) / units);
            for (var j = 0; j < units; j += V.Count)
            {
                var normal = (V.Load(value + j) - mean) * inverse;
                var d = inverse * (V.Load(gradient + j) * V.Load(scale + j) - V.Fma(normal, meanNormal, meanGradient));

                // The means are no zeros, so padding would get a δ, and the layer below would train it.
                (V.FirstLanes(units - j) & d).Store(result + j);
            }
        }
    }

    /// <summary>Σδ and Σδ·x̂ of a line of columns over all rows, x̂ with μ and σ of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GradientsOfRows(
        in Rows x, // [rows][units]
        in Rows delta, // [rows][units]
        int first,
        float* statistics, // [rows][2]
        float* shift, // [16]
        float* scale) // [16]
        =>
        Vectors.Run(new GradientsOfRowsWork(x, delta, first, statistics, shift, scale));

    readonly struct GradientsOfRowsWork(Rows x, Rows delta, int first, float* statistics, float* shift, float* scale) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => GradientsOfRows<V>(x, delta, first, statistics, shift, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void GradientsOfRows<V>(in Rows x, in Rows delta, int first, float* statistics, float* shift, float* scale) where V : struct, ISimd<V>
    {
        for (var j = 0; j < PanelLayout.Line; j += V.Count)
        {
            V shiftSum = V.Load(shift + j), scaleSum = V.Load(scale + j);
            float* value = x.Pointer + first + j, gradient = delta.Pointer + first + j;
            for (var r = 0; r < x.Count; r++, value += x.Stride, gradient += delta.Stride)
            {
                var d = V.Load(gradient);
                shiftSum += d;
                scaleSum = V.Fma(d, (V.Load(value) - V.Splat(statistics[2 * r])) * V.Splat(statistics[2 * r + 1]), scaleSum);
            }
            shiftSum.Store(shift + j);
            scaleSum.Store(scale + j);
        }
    }

    /// <summary>z = x·scale + shift, a = g(z): batch normalisation in inference, μ and σ folded into scale and shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleAndShift<TActivation>(
        in Rows x, // [rows][units]
        float* scale, // [units]
        float* shift, // [units]
        float* a, // [rows][stride]
        int stride, int units) where TActivation : struct, IActivation =>
        Vectors.Run(new ScaleAndShiftWork<TActivation>(x, scale, shift, a, stride, units));

    readonly struct ScaleAndShiftWork<TActivation>(Rows x, float* scale, float* shift, float* a, int stride, int units) : IVectorWork where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => ScaleAndShift<TActivation, V>(x, scale, shift, a, stride, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void ScaleAndShift<TActivation, V>(in Rows x, float* scale, float* shift, float* a, int stride, int units)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        var source = x.Pointer;
        for (var r = 0; r < x.Count; r++, source += x.Stride, a += stride)
            for (var j = 0; j < units; j += V.Count)
                TActivation.Apply(V.Fma(V.Load(source + j), V.Load(scale + j), V.Load(shift + j))).Store(a + j);
    }
}
