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
        // With rate 1 the few units above the threshold have a scale of zero.
        _threshold = (uint)Math.Min(uint.MaxValue, Math.Round(rate * (1UL << 32)));
        _scale = rate < 1 ? (float)(1 / (1 - rate)) : 0;
    }

    /// <summary>a = x ∘ mask/(1 − p) in training, else a = x.</summary>
    public void Forward(in Rows x, in Share share)
    {
        var rows = x.From(share);
        if (share.Pass.Training)
            RowKernels.Drop(
                rows, Mask(share), A(share), Stride, Outputs, Random(share.Pass), share.Pass.FirstSample + share.First, Positions, _threshold, _scale);
        else
            RowKernels.Copy(rows, A(share), Stride, Outputs);
    }

    /// <summary>The layer's random stream for a batch.</summary>
    RandomStream Random(in Pass pass) => new RandomStream(pass.Seed).SplitFor(RandomPurpose.Dropout).Split((ulong)pass.Batch).Split((ulong)_layer);

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
