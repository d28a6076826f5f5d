using System.Runtime.CompilerServices;
using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>Inference of a dense layer: what generated code calls for batches, and for one sample where the layer is too large to be unrolled.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Dense
{
    /// <summary>a = g(xW + b).</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="parameters">The first parameter of the network.</param>
    /// <param name="x">The layer's inputs.</param>
    /// <param name="a">The layer's activations, with room for the padding of the last panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TActivation>(in DenseShape shape, ref float parameters, ref readonly float x, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* p = &parameters, input = &x, output = &a)
        {
            Vectors.Run(new ForwardWork<TActivation>(shape, p, input, output));
        }
    }

    /// <summary>a = g(xW + b) with the widest vectors V. Inlined, for a shape that is written in numbers: of what chooses a kernel nothing is left then.</summary>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="parts">Partial sums of each.</param>
    /// <param name="weights">Where its weights start among the parameters.</param>
    /// <param name="biases">Where its biases start.</param>
    /// <param name="parameters">The first parameter of the network.</param>
    /// <param name="x">The layer's inputs.</param>
    /// <param name="a">The layer's activations, with room for the padding of the last panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TActivation, V>(int inputs, int outputs, int parts, int weights, int biases, ref float parameters, ref readonly float x, ref float a)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        fixed (float* p = &parameters, input = &x, output = &a)
        {
            DenseRow.Forward<TActivation, V>(inputs, outputs, parts, p + weights, p + biases, input, output);
        }
    }

    /// <summary>a = g(xW + b) for some rows.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in DenseShape shape, in Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var a = workspace.Slot(slot, shape.Outputs, x.Count);
        DenseKernels.Forward<TActivation>(shape, parameters.Pointer, x, a.Pointer, a.Pointer, a.Stride);
        return a;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Row<TActivation>(in DenseShape shape, float* parameters, float* x, float* a) where TActivation : struct, IActivation => Vectors.Run(new ForwardWork<TActivation>(shape, parameters, x, a));

    readonly struct ForwardWork<TActivation>(DenseShape shape, float* parameters, float* x, float* a) : IVectorWork where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> =>
            DenseRow.Forward<TActivation, V>(shape.Inputs, shape.Outputs, shape.Parts, parameters + shape.Offset, parameters + shape.BiasOffset, x, a);
    }
}
