using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a layer that puts zeros around images: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ZeroPadding2D
{
    /// <summary>a = x with zeros around it, of some images.</summary>
    public static Rows Forward(Workspace workspace, int slot, in ZeroPaddingShape shape, in Rows x)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var samples = x.Count / shape.Inputs;
        var a = workspace.Slot(slot, shape.Channels, samples * shape.Outputs);
        for (var sample = 0; sample < samples; sample++)
            ZeroPaddingKernels.Pad(shape, x.Pointer + (nint)sample * shape.Inputs * x.Stride, x.Stride, a.Pointer + (nint)sample * shape.Outputs * a.Stride, a.Stride);
        return a;
    }
}
