using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A residual connection with a dense layer on it in training: that layer, to which what comes out of the block is added.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class DenseResidualTraining : DenseTraining
{
    readonly AlignedBuffer _around;

    /// <inheritdoc cref="DenseTraining(ParameterBlock, DenseShape, int, int, bool, int)"/>
    public DenseResidualTraining(ParameterBlock parameters, DenseShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(parameters, shape, samples, threads, keepsPreactivation, positions) =>
        _around = new AlignedBuffer(checked(samples * positions * PanelLayout.RowStride(shape.Inputs)));

    /// <summary>z = x + skip·W + b, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Rows skip, in Share share) where TActivation : struct, IActivation
    {
        Forward<Identity>(skip, share);
        RowKernels.Add<TActivation>(x.From(share), new(Z(share), Stride, share.Count * Positions), Z(share), A(share), Stride, Outputs);
    }

    /// <summary>∂L/∂x = δ.</summary>
    public override void InputGradient(LayerTraining below, in Share share) => PassDelta(below, share);

    /// <summary>Adds ∂L/∂skip = δWᵀ to what is known of δ of the layer where the connection began.</summary>
    public void AddInputGradient(LayerTraining around, in Share share)
    {
        var (stride, rows) = (StrideOf(around), share.Count * Positions);
        float* own = _around.Pointer + FirstRow(share) * stride, result = DeltaOf(around, share);
        DenseKernels.InputGradient(Shape, Parameters.Pointer, DeltaOf(share), own, stride, Transposed[share.Part].Pointer);
        RowKernels.Add<Identity>(new(result, stride, rows), new(own, stride, rows), result, result, stride, Inputs);
    }
}
