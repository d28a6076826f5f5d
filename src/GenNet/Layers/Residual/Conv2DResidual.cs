using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a residual connection with a convolution on it: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Conv2DResidual
{
    /// <summary>a = g(x + b + Σ skip·W) of some images.</summary>
    public static Rows Forward<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in ConvolutionShape shape, in Rows x, in Rows skip) where TActivation : struct, IActivation
    {
        var a = Conv2D.Forward<Identity>(workspace, slot, parameters, shape, skip);
        RowKernels.Add<TActivation>(x, a, a.Pointer, a.Pointer, a.Stride, shape.Filters);
        return a;
    }

    /// <summary>The same of a step of some streams, one that the stride does not leave out.</summary>
    public static Rows Step<TActivation>(Workspace workspace, int slot, ParameterBlock parameters, in ConvolutionShape shape, in Rows x, in Rows skip) where TActivation : struct, IActivation =>
        DenseResidual.Forward<TActivation>(workspace, slot, parameters, new DenseShape(shape.Depth, shape.Filters, 1, shape.Offset), x, skip);
}
