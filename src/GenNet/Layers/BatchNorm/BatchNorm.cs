using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a batch normalisation that is not folded into the layer before it: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class BatchNorm
{
    /// <summary>a = g(x·scale + shift) of one sample: the statistics are folded into scale and shift. Rows have room for whole cache lines.</summary>
    public static void Forward<TActivation>(in NormShape shape, ref float parameters, ref readonly float x, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* p = &parameters, input = &x, output = &a)
            NormalizationKernels.ScaleAndShift<TActivation>(new Rows(input, 0, 1), p + shape.Offset, p + shape.ShiftOffset, output, 0, shape.Units);
    }

    /// <summary>The same for some rows.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in NormShape shape, in Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var a = workspace.Slot(slot, shape.Units, x.Count);
        NormalizationKernels.ScaleAndShift<TActivation>(x, parameters.Pointer + shape.Offset, parameters.Pointer + shape.ShiftOffset, a.Pointer, a.Stride, shape.Units);
        return a;
    }
}
