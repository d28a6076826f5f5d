using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Numerics;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What is done of a state that a gate resets before its product.</summary>
static unsafe class ResetKernels
{
    /// <summary>r∘h, and its product with the third gate's weights in the place of that of h.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="parameters">The network's first parameter.</param>
    /// <param name="step">What the gates get of the step.</param>
    /// <param name="taken">h, a row a sample.</param>
    /// <param name="products">[samples][gates] hU + c, of which the third gate's is written.</param>
    /// <param name="reset">r∘h, written.</param>
    /// <param name="second">[samples][gates] memory.</param>
    public static void Product(in RecurrentShape shape, float* parameters, in RecurrentStep step, in Rows taken, float* products, in Rows reset, float* second)
    {
        Vectors.Run(new ResetWork(step.X, step.XStride, products, shape.GateStride, taken, reset, shape.Units), shape.Units);
        DenseKernels.Forward<Identity>(shape.OfState, parameters, reset, second, second, shape.GateStride);
        CopyThird(second, shape.GateStride, products, shape.GateStride, taken.Count, shape.Units);
    }

    /// <summary>Copies the values of the third gate.</summary>
    public static void CopyThird(
        float* from, // [samples][gates]
        nint fromStride,
        float* to, // [samples][gates]
        nint toStride, int samples, int units)
    {
        for (var sample = 0; sample < samples; sample++)
            new Span<float>(from + sample * fromStride + 2 * units, units).CopyTo(new(to + sample * toStride + 2 * units, units));
    }

    /// <summary>σ(x + h)∘taken, of the first gate.</summary>
    readonly struct ResetWork(float* x, nint xStride, float* h, nint hStride, Rows taken, Rows reset, int units) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Reset<V>(x, xStride, h, hStride, taken, reset, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Reset<V>(float* x, nint xStride, float* h, nint hStride, in Rows taken, in Rows reset, int units) where V : struct, ISimd<V>
    {
        float* from = taken.Pointer, to = reset.Pointer;
        for (var sample = 0; sample < taken.Count; sample++, x += xStride, h += hStride, from += taken.Stride, to += reset.Stride)
            for (var j = 0; j < units; j += V.Count)
                (V.FirstLanes(units - j) & (VectorMath.Sigmoid(V.Load(x + j) + V.Load(h + j)) * V.Load(from + j))).Store(to + j);
    }

    /// <summary>From ∂L/∂(r∘h): ∂L/∂z of the first gate, and what of ∂L/∂h comes through r∘h.</summary>
    /// <param name="ofReset">∂L/∂(r∘h); then ∂L/∂(r∘h)∘r.</param>
    /// <param name="taken">h.</param>
    /// <param name="r">r.</param>
    /// <param name="ofGate">∂L/∂z, written.</param>
    /// <param name="units">Units of the layer.</param>
    public static void Back(in Rows ofReset, in Rows taken, in Rows r, in Rows ofGate, int units) => Vectors.Run(new BackWork(ofReset, taken, r, ofGate, units), units);

    readonly struct BackWork(Rows ofReset, Rows taken, Rows r, Rows ofGate, int units) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Back<V>(ofReset, taken, r, ofGate, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Back<V>(in Rows ofReset, in Rows taken, in Rows r, in Rows ofGate, int units) where V : struct, ISimd<V>
    {
        float* delta = ofReset.Pointer, h = taken.Pointer, gate = r.Pointer, result = ofGate.Pointer;
        var one = V.Splat(1);
        for (var sample = 0; sample < ofReset.Count; sample++, delta += ofReset.Stride, h += taken.Stride, gate += r.Stride, result += ofGate.Stride)
            for (var j = 0; j < units; j += V.Count)
            {
                V d = V.Load(delta + j), value = V.Load(gate + j);
                (d * V.Load(h + j) * (value * (one - value))).Store(result + j);
                (V.FirstLanes(units - j) & (d * value)).Store(delta + j);
            }
    }
}
