using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Long short-term memory in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LSTMTraining : RecurrentTraining
{
    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Means nothing: the layer has no activation of its own.</param>
    /// <param name="positions">Steps of a sequence.</param>
    public LSTMTraining(ParameterBlock parameters, RecurrentShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(parameters, shape, samples, threads, LSTMCell.Kept, LSTMCell.HasCell, LSTMCell.HasTwoGradients, direction => new LSTMTraining(parameters, direction, samples, threads, keepsPreactivation, positions)) { }

    private protected override void Step(in RecurrentStep step) => RecurrentKernels.Forward<LSTMCell>(step);

    private protected override void StepBack(in RecurrentStep step) => RecurrentKernels.Back<LSTMCell>(step);
}
