using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GenNet.Kernels;

/// <summary>Transposes blocks of a matrix, 4×4 in registers.</summary>
static unsafe class MatrixTranspose
{
    /// <summary>
    /// target(c, r) = source(r, c) for <paramref name="rows"/> × <paramref name="columns"/> elements.
    /// Target rows are filled with zeros up to a multiple of four columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + sourceStride);
        var r2 = Vector128.Load(source + 2 * sourceStride);
        var r3 = Vector128.Load(source + 3 * sourceStride);
        var (a, b) = (Low(r0, r1), High(r0, r1));
        var (c, d) = (Low(r2, r3), High(r2, r3));
        Vector128.Create(a.GetLower(), c.GetLower()).Store(target);
        Vector128.Create(a.GetUpper(), c.GetUpper()).Store(target + targetStride);
        Vector128.Create(b.GetLower(), d.GetLower()).Store(target + 2 * targetStride);
        Vector128.Create(b.GetUpper(), d.GetUpper()).Store(target + 3 * targetStride);
    }

    /// <summary>(x0, y0, x1, y1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Low(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported)
            return Sse.UnpackLow(x, y);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipLow(x, y);
        return Vector128.Create(x[0], y[0], x[1], y[1]);
    }

    /// <summary>(x2, y2, x3, y3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> High(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported)
            return Sse.UnpackHigh(x, y);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipHigh(x, y);
        return Vector128.Create(x[2], y[2], x[3], y[3]);
    }
}
