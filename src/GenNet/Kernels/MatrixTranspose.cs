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
        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + sourceStride);
        var r2 = Vector128.Load(source + 2 * sourceStride);
        var r3 = Vector128.Load(source + 3 * sourceStride);
        if (Sse.IsSupported)
        {
            Vector128<float> a = Sse.UnpackLow(r0, r1), b = Sse.UnpackHigh(r0, r1), c = Sse.UnpackLow(r2, r3), d = Sse.UnpackHigh(r2, r3);
            Sse.MoveLowToHigh(a, c).Store(target);
            Sse.MoveHighToLow(c, a).Store(target + targetStride);
            Sse.MoveLowToHigh(b, d).Store(target + 2 * targetStride);
            Sse.MoveHighToLow(d, b).Store(target + 3 * targetStride);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            Vector128<double> a = AdvSimd.Arm64.ZipLow(r0, r1).AsDouble(), b = AdvSimd.Arm64.ZipHigh(r0, r1).AsDouble();
            Vector128<double> c = AdvSimd.Arm64.ZipLow(r2, r3).AsDouble(), d = AdvSimd.Arm64.ZipHigh(r2, r3).AsDouble();
            AdvSimd.Arm64.ZipLow(a, c).AsSingle().Store(target);
            AdvSimd.Arm64.ZipHigh(a, c).AsSingle().Store(target + targetStride);
            AdvSimd.Arm64.ZipLow(b, d).AsSingle().Store(target + 2 * targetStride);
            AdvSimd.Arm64.ZipHigh(b, d).AsSingle().Store(target + 3 * targetStride);
        }
        else
        {
            for (var i = 0; i < 4; i++)
                Vector128.Create(r0[i], r1[i], r2[i], r3[i]).Store(target + i * targetStride);
        }
    }
}
