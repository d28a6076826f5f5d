using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A layer in training that takes the last step.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class LastStepTraining : LayerTraining
{
    readonly int _steps;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="steps">Steps of a sequence.</param>
    /// <param name="features">Values of a step.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    public LastStepTraining(int steps, int features, int samples, int threads, bool keepsPreactivation)
        : base(features, features, samples, threads, keepsPreactivation, positions: 1) =>
        _steps = steps;

    /// <summary>a = x of each sample's last step.</summary>
    public void Forward(in Rows x, in Share share)
    {
        var rows = x.From(share);
        if (!Sequences.HasLengths)
            RowKernels.Copy(LastStep.Of(rows, _steps), A(share), Stride, Outputs);
        for (var sample = 0; Sequences.HasLengths && sample < share.Count; sample++)
            RowKernels.Copy(new Rows(rows.Pointer + LastRow(sample, share) * rows.Stride, rows.Stride, 1), A(share) + (nint)sample * Stride, Stride, Outputs);
    }

    /// <summary>The row of a sample's last step among those of its share.</summary>
    nint LastRow(int sample, in Share share) => (nint)sample * _steps + Sequences.Length(Told(sample, share)) - 1;

    /// <summary>∂L/∂x = δ at the last step, and zero before it.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        var stride = StrideOf(below);
        new Span<float>(DeltaOf(below, share), share.Count * _steps * stride).Clear();
        if (!Sequences.HasLengths)
            RowKernels.Copy(DeltaOf(share), DeltaOf(below, share) + (nint)(_steps - 1) * stride, _steps * stride, Outputs);
        for (var sample = 0; Sequences.HasLengths && sample < share.Count; sample++)
            RowKernels.Copy(new Rows(Delta(share) + (nint)sample * Stride, Stride, 1), DeltaOf(below, share) + LastRow(sample, share) * stride, stride, Outputs);
    }
}
