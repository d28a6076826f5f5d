using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a layer that makes images larger: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class UpSampling2D
{
    /// <summary>a = x at so many times as many pixels, of some images.</summary>
    public static Rows Forward(Workspace workspace, int slot, in UpSamplingShape shape, in Rows x)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var samples = x.Count / shape.Inputs;
        var a = workspace.Slot(slot, shape.Channels, samples * shape.Outputs);
        for (var sample = 0; sample < samples; sample++)
            UpSamplingKernels.Forward(shape, x.Pointer + (nint)sample * shape.Inputs * x.Stride, x.Stride, a.Pointer + (nint)sample * shape.Outputs * a.Stride, a.Stride);
        return a;
    }
}
