using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a layer that takes the last step: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class LastStep
{
    /// <summary>a = x of each sample's last step.</summary>
    public static Rows Forward(Workspace workspace, int slot, int steps, int features, in Rows x)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var a = workspace.Slot(slot, features, x.Count / steps);
        RowKernels.Copy(Of(x, steps), a.Pointer, a.Stride, features);
        return a;
    }

    /// <summary>The last row of each sample.</summary>
    internal static Rows Of(in Rows x, int steps) => new(x.Pointer + (nint)(steps - 1) * x.Stride, steps * x.Stride, x.Count / steps);
}
