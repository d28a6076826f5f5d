using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a transposed convolution: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Conv2DTranspose
{
    /// <summary>a = g(b + Σ x·W) of some images.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in Conv2DTransposeShape shape, in Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var samples = x.Count / shape.Inputs;
        var a = workspace.Slot(slot, shape.Filters, samples * shape.Outputs);
        var transposed = workspace.Image(TransposedConvolution.TransposedLength(shape) + TransposedConvolution.ScratchLength(shape));
        var scratch = transposed + TransposedConvolution.TransposedLength(shape);
        TransposedConvolution.Clear(shape, scratch);
        TransposedConvolution.Transpose(shape, parameters.Pointer, transposed);
        for (var sample = 0; sample < samples; sample++)
        {
            var image = a.Pointer + (nint)sample * shape.Outputs * a.Stride;
            TransposedConvolution.Forward<TActivation>(shape, parameters.Pointer, x.Pointer + (nint)sample * shape.Inputs * x.Stride, x.Stride, image, image, a.Stride, transposed, scratch);
        }
        return a;
    }
}
