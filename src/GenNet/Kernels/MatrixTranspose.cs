using System.Runtime.CompilerServices;
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
    public static void Copy(float* source, nint sourceStride, float* target, nint targetStride, int rows, int columns)
    {
        var r = 0;
        for (; r + 4 <= rows; r += 4)
        {
            var c = 0;
            for (; c + 4 <= columns; c += 4)
                Block(source + r * sourceStride + c, sourceStride, target + c * targetStride + r, targetStride);
            for (; c < columns; c++)
                for (var i = r; i < r + 4; i++)
                    target[c * targetStride + i] = source[i * sourceStride + c];
        }
        if (r == targetStride)
            return;
        for (var c = 0; c < columns; c++)
            for (var i = r; i < targetStride; i++)
                target[c * targetStride + i] = i < rows ? source[i * sourceStride + c] : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Block(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Simd128 r0 = Simd128.Load(source), r1 = Simd128.Load(source + sourceStride);
        Simd128 r2 = Simd128.Load(source + 2 * sourceStride), r3 = Simd128.Load(source + 3 * sourceStride);
        Simd128.Transpose(ref r0, ref r1, ref r2, ref r3);
        r0.Store(target);
        r1.Store(target + targetStride);
        r2.Store(target + 2 * targetStride);
        r3.Store(target + 3 * targetStride);
    }
}
