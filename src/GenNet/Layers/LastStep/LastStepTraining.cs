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
    public void Forward(in Rows x, in Share share) => RowKernels.Copy(LastStep.Of(x.From(share), _steps), A(share), Stride, Outputs);

    /// <summary>∂L/∂x = δ at the last step, and zero before it.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        var stride = StrideOf(below);
        new Span<float>(DeltaOf(below, share), share.Count * _steps * stride).Clear();
        RowKernels.Copy(DeltaOf(share), DeltaOf(below, share) + (nint)(_steps - 1) * stride, _steps * stride, Outputs);
    }
}
