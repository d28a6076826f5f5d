using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Activations of rows that lie in memory, and their derivatives.</summary>
static unsafe class ActivationKernels
{
    /// <summary>a = g(z), row by row. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    public static void Activate<TActivation>(float* z, float* a, int stride, int rows, int width) where TActivation : struct, IActivation
    {
        if (typeof(TActivation) == typeof(Identity))
            return;
        if (SimdWidth.Bits == 512 && width >= 16)
            Activate<TActivation, Simd512>(z, a, stride, rows, width);
        else if (SimdWidth.Bits >= 256 && width >= 8)
            Activate<TActivation, Simd256>(z, a, stride, rows, width);
        else
            Activate<TActivation, Simd128>(z, a, stride, rows, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Activate<TActivation, V>(float* z, float* a, int stride, int rows, int width)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        for (var row = 0; row < rows; row++)
        {
            for (var j = 0; j < width; j += V.Count)
                TActivation.Apply(V.Load(z + j)).Store(a + j);
            z += stride;
            a += stride;
        }
    }

    /// <summary>δ = δ ∘ g′(z), row by row.</summary>
    public static void MultiplyByDerivative<TActivation>(float* delta, float* a, float* z, int stride, int rows, int units) where TActivation : struct, IActivation
    {
        if (typeof(TActivation) == typeof(Identity))
            return;
        var width = PanelLayout.RoundUp(units, 4);
        if (SimdWidth.Bits == 512 && width > 8)
            MultiplyByDerivative<TActivation, Simd512>(delta, a, z, stride, rows, width);
        else if (SimdWidth.Bits >= 256 && width > 4)
            MultiplyByDerivative<TActivation, Simd256>(delta, a, z, stride, rows, width);
        else
            MultiplyByDerivative<TActivation, Simd128>(delta, a, z, stride, rows, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void MultiplyByDerivative<TActivation, V>(float* delta, float* a, float* z, int stride, int rows, int width)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        for (var row = 0; row < rows; row++)
        {
            for (var j = 0; j < width; j += V.Count)
                (V.Load(delta + j) * TActivation.Derivative(V.Load(a + j), V.Load(z + j))).Store(delta + j);
            delta += stride;
            a += stride;
            z += stride;
        }
    }
}
