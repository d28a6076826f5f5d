using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a layer normalisation: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class LayerNorm
{
    /// <summary>a = g(γ·(x − μ)/√(σ² + ε) + β), with μ and σ² of the sample. Rows have room for whole cache lines.</summary>
    public static void Forward<TActivation>(in NormShape shape, float epsilon, ref float parameters, ref readonly float x, ref float a)
        where TActivation : struct, IActivation
    {
        var statistics = stackalloc float[2];
        fixed (float* p = &parameters, input = &x, output = &a)
            NormalizationKernels.ForwardRows<TActivation>(new Rows(input, 0, 1), p + shape.Offset, p + shape.ShiftOffset, epsilon, output, output, 0, shape.Units, statistics);
    }

    /// <summary>The same for some rows.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in NormShape shape, float epsilon, in Rows x)
        where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var a = workspace.Slot(slot, shape.Units, x.Count);
        NormalizationKernels.ForwardRows<TActivation>(
            x, parameters.Pointer + shape.Offset, parameters.Pointer + shape.ShiftOffset, epsilon, a.Pointer, a.Pointer, a.Stride, shape.Units, workspace.Statistics(x.Count));
        return a;
    }
}
