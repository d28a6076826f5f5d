using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Activations of rows that lie in memory, and their derivatives.</summary>
static unsafe class ActivationKernels
{
    /// <summary>a = g(z), row by row. <paramref name="z"/> may be <paramref name="a"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate<TActivation>(
        float* z, // [rows][stride]
        float* a, // [rows][stride]
        int stride, int rows, int width) where TActivation : struct, IActivation
    {
        if (typeof(TActivation) == typeof(Identity))
            return;
        Vectors.Run(new ActivateWork<TActivation>(z, a, stride, rows, width), width);
    }

    readonly struct ActivateWork<TActivation>(float* z, float* a, int stride, int rows, int width) : IVectorWork where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Activate<TActivation, V>(z, a, stride, rows, width);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByDerivative<TActivation>(
        float* delta, // [rows][stride]
        float* a, // [rows][stride]
        float* z, // [rows][stride]
        int stride, int rows, int units) where TActivation : struct, IActivation
    {
        if (typeof(TActivation) == typeof(Identity))
            return;
        Vectors.Run(new MultiplyByDerivativeWork<TActivation>(delta, a, z, stride, rows, units), PanelLayout.PanelWidth(units, 0));
    }

    readonly struct MultiplyByDerivativeWork<TActivation>(float* delta, float* a, float* z, int stride, int rows, int units) : IVectorWork where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => MultiplyByDerivative<TActivation, V>(delta, a, z, stride, rows, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void MultiplyByDerivative<TActivation, V>(float* delta, float* a, float* z, int stride, int rows, int units)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        // A mask leaves zeros in the padding whatever is there, NaN of a batch that was refused too.
        var last = (units - 1) / V.Count * V.Count;
        var mask = V.FirstLanes(units - last);
        for (var row = 0; row < rows; row++)
        {
            for (var j = 0; j < last; j += V.Count)
                (V.Load(delta + j) * TActivation.Derivative(V.Load(a + j), V.Load(z + j))).Store(delta + j);
            (mask & (V.Load(delta + last) * TActivation.Derivative(V.Load(a + last), V.Load(z + last)))).Store(delta + last);
            delta += stride;
            a += stride;
            z += stride;
        }
    }
}
