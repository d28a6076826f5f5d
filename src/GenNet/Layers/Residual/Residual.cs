using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a residual connection: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Residual
{
    /// <summary>a = g(x + skip) of one sample. Rows have room for whole cache lines.</summary>
    public static void Forward<TActivation>(int units, ref readonly float x, ref readonly float skip, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* input = &x, other = &skip, output = &a)
            RowKernels.Add<TActivation>(new Rows(input, 0, 1), new Rows(other, 0, 1), output, output, 0, units);
    }

    /// <summary>The same for some rows.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, int units, in Rows x, in Rows skip) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var a = workspace.Slot(slot, units, x.Count);
        RowKernels.Add<TActivation>(x, skip, a.Pointer, a.Pointer, a.Stride, units);
        return a;
    }
}
