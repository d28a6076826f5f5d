using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Layers;

/// <summary>Normalisation and residual connections of one sample: what generated code calls. Rows have room for whole cache lines.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Norm
{
    /// <summary>a = g(x·scale + shift): batch normalisation with its statistics folded in.</summary>
    public static void BatchNorm<TActivation>(in NormShape shape, ref float parameters, ref readonly float x, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* p = &parameters, input = &x, output = &a)
            NormalizationKernels.ScaleAndShift<TActivation>(new Rows(input, 0, 1), p + shape.Offset, p + shape.ShiftOffset, output, 0, shape.Units);
    }

    /// <summary>a = g(γ·(x − μ)/√(σ² + ε) + β), with μ and σ² of the sample.</summary>
    public static void LayerNorm<TActivation>(in NormShape shape, float epsilon, ref float parameters, ref readonly float x, ref float a)
        where TActivation : struct, IActivation
    {
        var statistics = stackalloc float[2];
        fixed (float* p = &parameters, input = &x, output = &a)
            NormalizationKernels.ForwardRows<TActivation>(new Rows(input, 0, 1), p + shape.Offset, p + shape.ShiftOffset, epsilon, output, output, 0, shape.Units, statistics);
    }

    /// <summary>a = g(x + skip): a residual connection.</summary>
    public static void Residual<TActivation>(int units, ref readonly float x, ref readonly float skip, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* input = &x, other = &skip, output = &a)
            RowKernels.Add<TActivation>(new Rows(input, 0, 1), new Rows(other, 0, 1), output, output, 0, units);
    }
}
