using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Sums and maxima for <see cref="GradientHealth"/>, with the same bits on every vector width.</summary>
static unsafe class HealthKernels
{
    /// <summary>Σx² in double precision. The length is a multiple of 4, as that of every tensor with its padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        // Four sums side by side, or each addition would wait for the one before.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        fixed (float* p = x)
        {
            for (var i = 0; i < x.Length; i += 4)
            {
                s0 += (double)p[i] * p[i];
                s1 += (double)p[i + 1] * p[i + 1];
                s2 += (double)p[i + 2] * p[i + 2];
                s3 += (double)p[i + 3] * p[i + 3];
            }
        }
        return (s0 + s2) + (s1 + s3);
    }

    /// <summary>Σ(x − y)² in double precision; lengths as for <see cref="SumOfSquares"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double SumOfSquaredDifferences(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        fixed (float* p = x, q = y)
        {
            for (var i = 0; i < x.Length; i += 4)
            {
                double d0 = (double)p[i] - q[i], d1 = (double)p[i + 1] - q[i + 1], d2 = (double)p[i + 2] - q[i + 2], d3 = (double)p[i + 3] - q[i + 3];
                s0 += d0 * d0;
                s1 += d1 * d1;
                s2 += d2 * d2;
                s3 += d3 * d3;
            }
        }
        return (s0 + s2) + (s1 + s3);
    }

    /// <summary>Raises 16 values to the largest of their columns in the rows; returns whether all are positive now.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The first of the 16 columns.</param>
    /// <param name="largest">The 16 values.</param>
    public static bool KeepLargest(Rows rows, int first, float* largest)
    {
        if (SimdWidth.Bits == 512)
            KeepLargest<Simd512>(rows, first, largest);
        else if (SimdWidth.Bits == 256)
            KeepLargest<Simd256>(rows, first, largest);
        else
            KeepLargest<Simd128>(rows, first, largest);
        var positive = true;
        for (var lane = 0; lane < PanelLayout.Line; lane++)
            positive &= largest[lane] > 0;
        return positive;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void KeepLargest<V>(Rows rows, int first, float* largest) where V : struct, ISimd<V>
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
