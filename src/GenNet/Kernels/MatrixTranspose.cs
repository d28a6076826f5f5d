using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Transposes blocks of a matrix in registers, four columns of a vector's rows at a time.</summary>
static unsafe class MatrixTranspose
{
    /// <summary>
    /// target(c, r) = source(r, c) for <paramref name="rows"/> × <paramref name="columns"/> elements.
    /// Target rows are filled with zeros up to a multiple of four columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy(
        float* source, // [rows][sourceStride]
        nint sourceStride,
        float* target, // [columns][targetStride]
        nint targetStride, int rows, int columns)
    {
        int wholeRows = SimdWidth.HasVectors ? rows & -4 : 0, wholeColumns = SimdWidth.HasVectors ? columns & -4 : 0;
        var row = 0;
        if (SimdWidth.Bits == 512)
            row = CopyRows<Simd512>(source, sourceStride, target, targetStride, row, wholeRows, wholeColumns);
        else if (SimdWidth.Bits == 256)
            row = CopyRows<Simd256>(source, sourceStride, target, targetStride, row, wholeRows, wholeColumns);
        if (row < wholeRows)
            CopyFours(source, sourceStride, target, targetStride, row, wholeRows, wholeColumns);
        if (wholeRows == targetStride && wholeColumns == columns)
            return;
        for (var c = 0; c < columns; c++)
            for (var r = c < wholeColumns ? wholeRows : 0; r < targetStride; r++)
                target[c * targetStride + r] = r < rows ? source[r * sourceStride + c] : 0;
    }

    /// <summary>Has the JIT compile it now: of no rows and columns, it does nothing.</summary>
    public static void Prepare() => Copy(null, 0, null, 0, 0, 0);

    /// <summary>What is left of the rows, in fours: compiled where there is such a rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void CopyFours(float* source, nint sourceStride, float* target, nint targetStride, int row, int rows, int columns) =>
        CopyRows<Simd128>(source, sourceStride, target, targetStride, row, rows, columns);

    /// <summary>As many rows from <paramref name="row"/> on as fill vectors, which the target's are written in: a kernel that reads them whole need not wait. Returns the row behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int CopyRows<V>(float* source, nint sourceStride, float* target, nint targetStride, int row, int rows, int columns) where V : struct, ISimd<V>
    {
        for (; row + V.Count <= rows; row += V.Count)
            for (var c = 0; c < columns; c += 4)
            {
                V.LoadColumns(source + row * sourceStride + c, sourceStride, V.Count - 1, out var c0, out var c1, out var c2, out var c3);
                var to = target + c * targetStride + row;
                c0.Store(to);
                c1.Store(to + targetStride);
                c2.Store(to + 2 * targetStride);
                c3.Store(to + 3 * targetStride);
            }
        return row;
    }
}
