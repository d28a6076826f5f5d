using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Transposes blocks of a matrix, 4×4 in registers.</summary>
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
        for (var r = 0; r < wholeRows; r += 4)
            for (var c = 0; c < wholeColumns; c += 4)
            {
                float* from = source + r * sourceStride + c, to = target + c * targetStride + r;
                Vector128<float> r0 = *(Vector128<float>*)from, r1 = *(Vector128<float>*)(from + sourceStride);
                Vector128<float> r2 = *(Vector128<float>*)(from + 2 * sourceStride), r3 = *(Vector128<float>*)(from + 3 * sourceStride);
                Simd128.Transpose(ref r0, ref r1, ref r2, ref r3);
                *(Vector128<float>*)to = r0;
                *(Vector128<float>*)(to + targetStride) = r1;
                *(Vector128<float>*)(to + 2 * targetStride) = r2;
                *(Vector128<float>*)(to + 3 * targetStride) = r3;
            }
        if (wholeRows == targetStride && wholeColumns == columns)
            return;
        for (var c = 0; c < columns; c++)
            for (var r = c < wholeColumns ? wholeRows : 0; r < targetStride; r++)
                target[c * targetStride + r] = r < rows ? source[r * sourceStride + c] : 0;
    }
}
