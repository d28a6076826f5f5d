using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Dropout in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class DropoutTraining : LayerTraining
{
    readonly AlignedBuffer _mask;
    readonly int _layer;
    readonly uint _threshold;
    readonly float _scale;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="layer">The layer's number, which its random stream follows from.</param>
    /// <param name="units">Its units.</param>
    /// <param name="rate">The probability that a value is dropped.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Rows that each sample has.</param>
    public DropoutTraining(int layer, int units, double rate, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(units, units, samples, threads, keepsPreactivation, positions)
    {
        _layer = layer;
        _mask = new AlignedBuffer(checked(samples * positions * Stride));
        (_threshold, _scale) = RowKernels.MaskScaling(rate);
    }

    /// <summary>a = x ∘ mask/(1 − p) in training, else a = x.</summary>
    public void Forward(in Rows x, in Share share)
    {
        var rows = x.From(share);
        if (!share.Pass.Training)
            RowKernels.Copy(rows, A(share), Stride, Outputs);
        else if (Sequences.HasStarts || Sequences.HasResets)
            for (var sample = 0; sample < share.Count; sample++)
                DropSequences(rows, sample, share);
        else
            RowKernels.Drop(
                rows, Mask(share), A(share), Stride, Outputs, SequenceStart.Masks(share.Pass.Seed, share.Pass.Batch, _layer), share.Pass.FirstSample + share.First, Positions, _threshold, _scale);
    }

    /// <summary>The same of the sequences of a sample, each of which has a mask of its own; of one row of a sample that of the sequence with which it ends.</summary>
    void DropSequences(in Rows rows, int sample, in Share share)
    {
        var told = Told(sample, share);
        for (int position = 0, end; position < Positions; position = end)
        {
            end = position + 1;
            while (end < Positions && !Sequences.Resets(told, end))
                end++;
            var (masks, number) = StartOf(sample, Positions == Sequences.Steps ? position : Sequences.Length(told) - 1, share).Mask(share.Pass.Seed, _layer);
            var row = (nint)sample * Positions + position;
            RowKernels.Drop(
                new(rows.Pointer + row * rows.Stride, rows.Stride, end - position), Mask(share) + row * Stride, A(share) + row * Stride, Stride, Outputs,
                masks, number, end - position, _threshold, _scale);
        }
    }

    /// <summary>∂L/∂x = δ ∘ mask/(1 − p) in training, else δ.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        if (share.Pass.Training)
            RowKernels.Multiply(DeltaOf(share), new Rows(Mask(share), Stride, share.Count * Positions), DeltaOf(below, share), StrideOf(below), Outputs);
        else
            RowKernels.Copy(DeltaOf(share), DeltaOf(below, share), StrideOf(below), Stride);
    }

    float* Mask(in Share share) => _mask.Pointer + FirstRow(share) * Stride;
}
