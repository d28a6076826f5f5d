using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Functions of a whole row of activations.</summary>
static unsafe class RowKernels
{
    /// <summary>Softmax of each row, in place.</summary>
    public static void Softmax(float* rows, int stride, int count, int outputs)
    {
        if (outputs <= 4)
            Softmax<Simd128>(rows, stride, count, outputs);
        else if (SimdWidth.Bits == 512 && outputs > 8)
            Softmax<Simd512>(rows, stride, count, outputs);
        else if (SimdWidth.Bits >= 256)
            Softmax<Simd256>(rows, stride, count, outputs);
        else
            Softmax<Simd128>(rows, stride, count, outputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Softmax<V>(float* rows, int stride, int count, int outputs) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[LaneSum.Lanes];
        for (var row = 0; row < count; row++)
            Activations.Softmax.Row<V>(rows + (nint)row * stride, rows + (nint)row * stride, outputs, lanes);
    }
}
