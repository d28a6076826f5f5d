using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a pool: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MaxPool2D
{
    /// <summary>a = the largest x of each window, of some images.</summary>
    public static Rows Forward(Workspace workspace, int slot, in PoolShape shape, in Rows x)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var window = shape.Window;
        var samples = x.Count / window.Inputs;
        var a = workspace.Slot(slot, shape.Channels, samples * window.Outputs);
        for (var sample = 0; sample < samples; sample++)
            PoolKernels.Max(shape, x.Pointer + (nint)sample * window.Inputs * x.Stride, x.Stride, a.Pointer + (nint)sample * window.Outputs * a.Stride, a.Stride);
        return a;
    }
}
