using System.Runtime.CompilerServices;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Differences, sums and maxima for <see cref="GradientHealth"/>, with the same bits on every vector width.</summary>
static unsafe class HealthKernels
{
    /// <summary>x ← x − y. The count is a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(
        float* x, // [count]
        float* y, // [count]
        int count) =>
        Vectors.Run(new SubtractWork(x, y, count));

    readonly struct SubtractWork(float* x, float* y, int count) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Subtract<V>(x, y, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Subtract<V>(float* x, float* y, int count) where V : struct, ISimd<V>
    {
        for (var i = 0; i < count; i += V.Count)
            (V.Load(x + i) - V.Load(y + i)).Store(x + i);
    }

    /// <summary>Σx, Σx² and the number of values that are not between two limits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static (double Sum, double Squares, int Outside) Moments(in Rows rows, int units, float low, float high)
    {
        // Two sums side by side, or each addition would wait for the one before. Double precision: the same bits on every width.
        double s0 = 0, s1 = 0, q0 = 0, q1 = 0;
        var outside = 0;
        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows.Pointer + (nint)r * rows.Stride;
            var j = 0;
            for (; j + 2 <= units; j += 2)
            {
                double x = row[j], y = row[j + 1];
                s0 += x;
                s1 += y;
                q0 += x * x;
                q1 += y * y;
                outside += (row[j] <= low || row[j] >= high ? 1 : 0) + (row[j + 1] <= low || row[j + 1] >= high ? 1 : 0);
            }
            if (j < units)
            {
                s0 += row[j];
                q0 += (double)row[j] * row[j];
                outside += row[j] <= low || row[j] >= high ? 1 : 0;
            }
        }
        return (s0 + s1, q0 + q1, outside);
    }

    /// <summary>Raises 16 values to the largest of their columns in the rows; returns whether all are positive now.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The first of the 16 columns.</param>
    /// <param name="largest">The 16 values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool KeepLargest(
        in Rows rows, // [rows][units]
        int first,
        float* largest) // [16]
    {
        Vectors.Run(new KeepLargestWork(rows, first, largest));
        var positive = true;
        for (var lane = 0; lane < PanelLayout.Line; lane++)
            positive &= largest[lane] > 0;
        return positive;
    }

    readonly struct KeepLargestWork(Rows rows, int first, float* largest) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => KeepLargest<V>(rows, first, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void KeepLargest<V>(in Rows rows, int first, float* largest) where V : struct, ISimd<V>
    {
        for (var j = 0; j < PanelLayout.Line; j += V.Count)
        {
            var (m0, m1) = (V.Load(largest + j), V.Zero);
            var row = rows.Pointer + first + j;
            var r = 0;
            for (; r + 2 <= rows.Count; r += 2)
            {
                m0 = V.Max(V.Load(row), m0);
                m1 = V.Max(V.Load(row + rows.Stride), m1);
                row += 2 * (nint)rows.Stride;
            }
            if (r < rows.Count)
                m0 = V.Max(V.Load(row), m0);
            V.Max(m0, m1).Store(largest + j);
        }
    }
}
