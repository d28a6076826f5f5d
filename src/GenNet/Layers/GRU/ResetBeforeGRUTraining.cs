using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A gated recurrent unit in training that resets the state before its product.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResetBeforeGRUTraining : RecurrentTraining
{
    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Means nothing: the layer has no activation of its own.</param>
    /// <param name="positions">Steps of a sequence.</param>
    public ResetBeforeGRUTraining(ParameterBlock parameters, RecurrentShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(parameters, shape, samples, threads, ResetBeforeGRUCell.Kept, ResetBeforeGRUCell.HasCell, ResetBeforeGRUCell.HasTwoGradients, direction => new ResetBeforeGRUTraining(parameters, direction, samples, threads, keepsPreactivation, positions), ResetBeforeGRUCell.ResetsBefore) { }

    private protected override void Step(in RecurrentStep step) => RecurrentKernels.Forward<ResetBeforeGRUCell>(step);

    private protected override void StepBack(in RecurrentStep step) => RecurrentKernels.Back<ResetBeforeGRUCell>(step);
}
