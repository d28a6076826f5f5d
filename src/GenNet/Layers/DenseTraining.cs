using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Losses;
using GenNet.Simd;

namespace GenNet.Layers;

/// <summary>A dense layer in training: its part of the network's parameters, and z, a and δ of the rows that are computed at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class DenseTraining
{
    readonly DenseShape _shape;
    readonly ParameterBlock _parameters;
    readonly int _stride;
    readonly AlignedBuffer _z, _a, _delta, _scratch, _transposed;

    /// <summary>Allocates the layer's memory for <paramref name="rows"/> rows.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="rows">The largest number of rows computed at a time.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    public DenseTraining(ParameterBlock parameters, DenseShape shape, int rows, bool keepsPreactivation)
    {
        (_parameters, _shape) = (parameters, shape);
        _stride = PanelLayout.RowStride(shape.Outputs);
        _a = new AlignedBuffer(checked(rows * _stride));
        _z = keepsPreactivation ? new AlignedBuffer(rows * _stride) : _a;
        _delta = new AlignedBuffer(rows * _stride);
        _scratch = new AlignedBuffer(Math.Max(DenseKernels.ScratchLength, LossKernels.ScratchLength(_stride)));
        _transposed = new AlignedBuffer(DenseKernels.TransposedLength(shape));
    }

    /// <summary>The layer's activations of the <paramref name="count"/> rows last computed.</summary>
    public Rows Activations(int count) => new(_a.Pointer, _stride, count);

    /// <summary>z = xW + b, a = g(z).</summary>
    public void Forward<TActivation>(Rows x) where TActivation : struct, IActivation =>
        DenseKernels.Forward<TActivation>(_shape, _parameters.Pointer, x, _z.Pointer, _a.Pointer, _stride, _scratch.Pointer);

    /// <summary>The rows' part of the mean loss L, and δ = ∂L/∂z.</summary>
    /// <param name="targets">The targets of the rows.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="samples">Samples of the batch, over which L is a mean.</param>
    public double Loss<THead>(Targets targets, int rows, int samples) where THead : struct, ILossHead
    {
        var scale = 1.0 / ((double)samples * (THead.MeanOverOutputs ? _shape.Outputs : 1));
        return scale * LossKernels.Loss<THead>(_z.Pointer, _a.Pointer, _delta.Pointer, _stride, targets, rows, _shape.Outputs, (float)scale, _scratch.Pointer);
    }

    /// <summary>δ of the layer below = δWᵀ ∘ g′, g the activation of the layer below.</summary>
    public void BackwardTo<TActivation>(DenseTraining below, int rows) where TActivation : struct, IActivation
    {
        DenseKernels.InputGradient(_shape, _parameters.Pointer, new(_delta.Pointer, _stride, rows), below._delta.Pointer, below._stride, _transposed.Pointer);
        DenseKernels.MultiplyByDerivative<TActivation>(below._delta.Pointer, below._a.Pointer, below._z.Pointer, below._stride, rows, _shape.Inputs);
    }

    /// <summary>∂L/∂W = xᵀδ, ∂L/∂b = Σδ.</summary>
    public void Gradient<TOptimizer>(Rows x, in GradientUse<TOptimizer> use) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        DenseKernels.WeightGradient(_shape, use, x, _delta.Pointer, _stride, _scratch.Pointer);
}
