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
    readonly AlignedBuffer _z, _a, _delta, _losses;
    readonly AlignedBuffer[] _scratch, _transposed;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="rows">The largest number of rows computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    public DenseTraining(ParameterBlock parameters, DenseShape shape, int rows, int threads, bool keepsPreactivation)
    {
        (_parameters, _shape) = (parameters, shape);
        _stride = PanelLayout.RowStride(shape.Outputs);
        _a = new AlignedBuffer(checked(rows * _stride));
        _z = keepsPreactivation ? new AlignedBuffer(rows * _stride) : _a;
        _delta = new AlignedBuffer(rows * _stride);
        _losses = new AlignedBuffer(rows);
        _scratch = PerThread(threads, Math.Max(DenseKernels.ScratchLength, LossKernels.ScratchLength(_stride)));
        _transposed = PerThread(threads, DenseKernels.TransposedLength(shape));
    }

    static AlignedBuffer[] PerThread(int threads, int length) => [.. Enumerable.Range(0, threads).Select(_ => new AlignedBuffer(length))];

    /// <summary>The layer's activations of the <paramref name="count"/> rows last computed.</summary>
    public Rows Activations(int count) => new(_a.Pointer, _stride, count);

    /// <summary>z = xW + b, a = g(z).</summary>
    public void Forward<TActivation>(Rows x, Share share) where TActivation : struct, IActivation
    {
        var offset = (nint)share.FirstRow * _stride;
        DenseKernels.Forward<TActivation>(_shape, _parameters.Pointer, x.From(share), _z.Pointer + offset, _a.Pointer + offset, _stride);
    }

    /// <summary>The loss of each row, and δ = ∂L/∂z.</summary>
    /// <param name="targets">The targets of all rows.</param>
    /// <param name="samples">Samples of the batch, over which L is a mean.</param>
    /// <param name="share">Which rows.</param>
    public void Loss<THead>(Targets targets, int samples, Share share) where THead : struct, ILossHead
    {
        var offset = (nint)share.FirstRow * _stride;
        LossKernels.Loss<THead>(
            _z.Pointer + offset, _a.Pointer + offset, _delta.Pointer + offset, _stride, targets.From(share.FirstRow, _shape.Outputs), share.RowCount,
            _shape.Outputs, (float)Scale<THead>(samples), _losses.Pointer + share.FirstRow, _scratch[share.Part].Pointer);
    }

    /// <summary>The part of the mean loss L that the rows last computed make up, summed in order.</summary>
    public double MeanLoss<THead>(int rows, int samples) where THead : struct, ILossHead
    {
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
            sum += _losses.Pointer[row];
        return Scale<THead>(samples) * sum;
    }

    double Scale<THead>(int samples) where THead : struct, ILossHead => 1.0 / ((double)samples * (THead.MeanOverOutputs ? _shape.Outputs : 1));

    /// <summary>δ of the layer below = δWᵀ ∘ g′, g the activation of the layer below.</summary>
    public void BackwardTo<TActivation>(DenseTraining below, Share share) where TActivation : struct, IActivation
    {
        nint offset = (nint)share.FirstRow * _stride, offsetBelow = (nint)share.FirstRow * below._stride;
        var delta = below._delta.Pointer + offsetBelow;
        DenseKernels.InputGradient(
            _shape, _parameters.Pointer, new(_delta.Pointer + offset, _stride, share.RowCount), delta, below._stride, _transposed[share.Part].Pointer);
        DenseKernels.MultiplyByDerivative<TActivation>(delta, below._a.Pointer + offsetBelow, below._z.Pointer + offsetBelow, below._stride, share.RowCount, _shape.Inputs);
    }

    /// <summary>∂L/∂W = xᵀδ, ∂L/∂b = Σδ, over all rows, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(Rows x, in GradientUse<TOptimizer> use, Share share) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        DenseKernels.WeightGradient(_shape, use, x, _delta.Pointer, _stride, share, _scratch[share.Part].Pointer);
}
