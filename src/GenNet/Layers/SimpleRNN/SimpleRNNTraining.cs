using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A simple recurrent layer in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SimpleRNNTraining : RecurrentTraining
{
    readonly Nonlinearity _nonlinearity;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="nonlinearity">Its nonlinearity.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Means nothing: the derivative follows from h.</param>
    /// <param name="positions">Steps of a sequence.</param>
    public SimpleRNNTraining(ParameterBlock parameters, RecurrentShape shape, Nonlinearity nonlinearity, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(parameters, shape, samples, threads, SimpleRNNCell<Tanh>.Kept, SimpleRNNCell<Tanh>.HasCell, SimpleRNNCell<Tanh>.HasTwoGradients, direction => new SimpleRNNTraining(parameters, direction, nonlinearity, samples, threads, keepsPreactivation, positions)) => _nonlinearity = nonlinearity;

    private protected override void Step(in RecurrentStep step)
    {
        if (_nonlinearity == Nonlinearity.ReLU)
            RecurrentKernels.Forward<SimpleRNNCell<ReLU>>(step);
        else
            RecurrentKernels.Forward<SimpleRNNCell<Tanh>>(step);
    }

    private protected override void StepBack(in RecurrentStep step)
    {
        if (_nonlinearity == Nonlinearity.ReLU)
            RecurrentKernels.Back<SimpleRNNCell<ReLU>>(step);
        else
            RecurrentKernels.Back<SimpleRNNCell<Tanh>>(step);
    }
}
