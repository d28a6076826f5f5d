using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a residual connection with a dense layer on it: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class DenseResidual
{
    /// <summary>a = g(x + skip·W + b) of one sample. Rows have room for whole cache lines.</summary>
    public static void Forward<TActivation>(in DenseShape shape, ref float parameters, ref readonly float x, ref readonly float skip, ref float a) where TActivation : struct, IActivation
    {
        Dense.Forward<Identity>(shape, ref parameters, in skip, ref a);
        Residual.Forward<TActivation>(shape.Outputs, in x, in a, ref a);
    }

    /// <summary>The same for some rows.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in DenseShape shape, in Rows x, in Rows skip) where TActivation : struct, IActivation
    {
        var a = Dense.Forward<Identity>(workspace, slot, parameters, shape, skip);
        RowKernels.Add<TActivation>(x, a, a.Pointer, a.Pointer, a.Stride, shape.Outputs);
        return a;
    }
}
