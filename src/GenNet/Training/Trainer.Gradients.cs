using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

// Gradients from outside, and to the inputs.
public abstract unsafe partial class Trainer
{
    readonly AlignedBuffer? _inputGradients;

    /// <summary>∂L/∂a of the batch that is at work, of which the gradients come from outside.</summary>
    float* _outputGradients;

    int _samplesOfGradients;

    /// <summary>Whether the trainer was created to compute the gradients of the inputs.</summary>
    public bool ComputesInputGradients => _inputGradients is not null;

    /// <summary>
    /// ∂L/∂x, [samples, inputs], of the batch last given to <c>Step</c>, <c>Backward</c>, <c>Accumulate</c> or <c>BackwardToInputs</c>: how the loss changes with each
    /// feature. Empty where none was, or the last was refused. The next such call writes over it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trainer was not created to compute them.</exception>
    public ReadOnlySpan<float> InputGradients => _inputGradients is null
        ? throw new InvalidOperationException($"{Name}'s trainer computes no gradients of inputs: create it with inputGradients: true.")
        : _inputGradients.Span[..(_samplesOfGradients * InputSize)];

    /// <summary>
    /// Computes the outputs of a batch and keeps what <see cref="Backward(ReadOnlySpan{float})"/> needs to send their gradients back. Dropout drops and batch normalisation
    /// takes the batch's statistics, unless <paramref name="training"/> is false. Changes nothing; allocates nothing after the first call.
    /// </summary>
    /// <param name="inputs">[samples, inputs] features, row by row. They are copied.</param>
    /// <param name="training">Whether the layers compute as in training; false for the network's own outputs, as of <c>ForwardBatch</c>.</param>
    /// <returns>[samples, outputs] the network's outputs a, after its last activation. The next call writes over them.</returns>
    /// <remarks>
    /// A trainer has memory for the activations of 128 samples a thread. Those of larger batches are computed again on the way back, with the same dropout masks and bits:
    /// a third more work. The batch counts (<see cref="BatchCount"/>) when its gradients first come back; until then every call has the same dropout masks.
    /// </remarks>
    /// <exception cref="ArgumentException">The length is no multiple of a sample's, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="NotFiniteNumberException">A feature is not a finite number.</exception>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> inputs, bool training = true)
    {
        _check.CheckInputs(inputs.Length, training, nameof(Forward));
        if (FiniteCheck.IndexOfNotFinite(inputs) is >= 0 and var index)
            throw _samples.NotFinite("feature", inputs[index], index, InputSize, Network.Architecture.Positions, nameof(Forward), Numbers);
        Forwarded ??= new ForwardedBatch(Network, BatchSize);
        Forwarded.Begin(inputs, training, Seed, BatchCount, Network.Parameters.Version);
        RunForward(Forwarded);
        return Forwarded.Outputs;
    }

    /// <summary>
    /// Computes the gradients of the batch last given to <see cref="Forward(ReadOnlySpan{float}, bool)"/> from those of its outputs, as PyTorch's <c>outputs.backward(gradient)</c>,
    /// and keeps them, without changing the weights: <see cref="Update"/> does. May be called more than once for a batch. Allocates nothing.
    /// </summary>
    /// <param name="outputGradients">[samples, outputs] ∂L/∂a of any loss L. A mean over the samples is the caller's: nothing is divided here.</param>
    /// <exception cref="ArgumentException">There are not as many as outputs.</exception>
    /// <exception cref="InvalidOperationException"><c>Forward</c> was not called, or the parameters have changed since.</exception>
    /// <exception cref="NotFiniteNumberException">One is not a finite number.</exception>
    public void Backward(ReadOnlySpan<float> outputGradients)
    {
        RunOutside(outputGradients, update: false, nameof(Backward));
        Kept.KeepAll(Forwarded!.Samples);
    }

    /// <summary>
    /// ∂L/∂x of the batch last given to <see cref="Forward(ReadOnlySpan{float}, bool)"/>, and no other gradients: those that are kept, the counts and all else stay as they were.
    /// For a network whose weights stay: the critic on the way to the actor, saliency, adversarial examples. Allocates nothing.
    /// </summary>
    /// <returns><see cref="InputGradients"/>, [samples, inputs].</returns>
    /// <exception cref="InvalidOperationException">The trainer was not created to compute them, <c>Forward</c> was not called, or the parameters have changed since.</exception>
    /// <inheritdoc cref="Backward(ReadOnlySpan{float})"/>
    public ReadOnlySpan<float> BackwardToInputs(ReadOnlySpan<float> outputGradients)
    {
        _ = InputGradients;
        CheckOutputGradients(outputGradients, nameof(BackwardToInputs));
        fixed (float* gradients = outputGradients)
        {
            _outputGradients = gradients;
            _samplesOfGradients = Forwarded!.Samples;
            RunToInputs(Forwarded);
        }
        return InputGradients;
    }

    /// <summary>Trains on one batch by a loss that is computed from the outputs: <c>Forward</c>, the loss, <c>Backward</c> and <c>Update</c> in one. Allocates nothing after the first call.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="state">What the loss needs beside the outputs, so that the function need not be a closure.</param>
    /// <param name="loss">Computes the loss and writes ∂L/∂a: called once, with the outputs of the whole batch.</param>
    /// <returns>What <paramref name="loss"/> returned.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of a sample's, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="NotFiniteNumberException">The loss or a gradient is not a finite number, or with a <see cref="MaxGradientNorm"/> the norm of the gradients.</exception>
    /// <remarks>Where it throws, all is as it was.</remarks>
    public float Step<TState>(ReadOnlySpan<float> inputs, TState state, OutputLoss<TState> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var outputs = Forward(inputs);
        var gradients = Forwarded!.ClearGradients();
        var value = loss(state, outputs, gradients);
        if (!double.IsFinite(value))
            throw new TrainingDivergedException(
                $"{Name}.{nameof(Step)}: the loss of the outputs is {value} in step {StepCount + 1}. The weights are as they were before it; lower the learning rate, clip the gradients or check the loss.",
                value, StepCount + 1, layer: null);
        RunOutside(gradients, update: true, nameof(Step));
        Kept.Forget();
        return (float)value;
    }

    /// <summary>The batch last given to <c>Forward</c>.</summary>
    private protected ForwardedBatch? Forwarded;

    /// <summary>Where gradients come from outside, a batch has none.</summary>
    private protected readonly Targets NoTargets = new();

    private protected abstract void RunForward(ForwardedBatch batch);

    private protected abstract void RunToInputs(ForwardedBatch batch);

    void RunOutside(ReadOnlySpan<float> outputGradients, bool update, string method)
    {
        CheckOutputGradients(outputGradients, method);
        var batch = Forwarded!;
        fixed (float* gradients = outputGradients)
        {
            _outputGradients = gradients;
            _ = RunCounted(batch.Inputs, NoTargets, batch.Samples, before: 0, batch.Samples, update, method);
        }
    }

    void CheckOutputGradients(ReadOnlySpan<float> gradients, string method)
    {
        if (Forwarded is null)
            throw new InvalidOperationException($"{Name}.{method}: there is no batch whose outputs these are the gradients of. Call Forward first.");
        Forwarded.Check(gradients.Length, Network.Parameters.Version, method);
        if (FiniteCheck.IndexOfNotFinite(gradients) is >= 0 and var index)
            throw new NotFiniteNumberException(
                $"{Name}.{method}: the gradient of {SampleCheck.Place("output", index, OutputSize, Network.Architecture.OutputPositions, Numbers)} is {gradients[index]}. All is as it was; check what computes it.", gradients[index]);
    }
}
