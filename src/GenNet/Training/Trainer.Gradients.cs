using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

// Gradients from outside, and to the inputs.
public abstract unsafe partial class Trainer
{
    private protected readonly AlignedBuffer? GradientsOfInputs;

    /// <summary>∂L/∂a of the batch that is at work, of which the gradients come from outside.</summary>
    private protected float* OutputGradients;

    int _samplesOfGradients;

    /// <summary>Whether the trainer was created to compute the gradients of the inputs.</summary>
    public bool ComputesInputGradients => GradientsOfInputs is not null;

    /// <summary>
    /// ∂L/∂x, [samples, inputs], of the batch last given to <c>Step</c>, <c>Backward</c>, <c>Accumulate</c> or <c>BackwardToInputs</c>: how the loss changes with each
    /// feature. Empty where none was, or the last was refused while it was computed. The next such call writes over it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trainer was not created to compute them.</exception>
    public ReadOnlySpan<float> InputGradients => GradientsOfInputs is null
        ? throw NoInputGradients()
        : GradientsOfInputs.Span[..(_samplesOfGradients * InputSize)];

    InvalidOperationException NoInputGradients() => new($"{Name}'s trainer computes no gradients of inputs: create it with inputGradients: true.");

    /// <summary>
    /// Computes the outputs of a batch and keeps what <see cref="Backward(ReadOnlySpan{float})"/> needs to send their gradients back. Dropout drops and batch normalisation
    /// takes the batch's statistics, unless <paramref name="training"/> is false. Changes nothing; allocates nothing after the first call.
    /// </summary>
    /// <param name="inputs">[samples, inputs] features, row by row. They are copied.</param>
    /// <param name="training">Whether the layers compute as in training; false for the network's own outputs, as of <c>ForwardBatch</c>
    /// (batch normalisation is not folded here, which may round otherwise).</param>
    /// <returns>[samples, outputs] the network's outputs a, after its last activation. The next call writes over them.</returns>
    /// <remarks>
    /// A trainer has memory for the activations of 128 samples a thread, and of up to 1,024 where the network's weights take more memory than they. Those of larger batches are computed again on the way back, with the same dropout masks and bits:
    /// a third more work. The batch counts (<see cref="BatchCount"/>) when its gradients first come back; until then every call has the same dropout masks.
    /// </remarks>
    /// <exception cref="ArgumentException">The length is no multiple of a sample's, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="NotFiniteNumberException">A feature is not a finite number.</exception>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> inputs, bool training = true)
    {
        CheckForward(inputs, training, keepsFinal: false, nameof(Forward));
        return Forward(_forwarded ??= new ForwardedBatch(Network, BatchSize), sequences: null, inputs, training, Kept.Begun);
    }

    ReadOnlySpan<float> Forward(ForwardedBatch batch, SequenceBatch? sequences, ReadOnlySpan<float> inputs, bool training, int firstSample)
    {
        batch.Begin(inputs, sequences, training, Seed, BatchCount, Network.Parameters.Version, firstSample);
        AtWork = batch;
        TellLayers(sequences);
        try
        {
            RunForward(batch);
        }
        finally
        {
            TellLayers(null);
        }
        return batch.Outputs;
    }

    /// <summary>Throws unless inputs are a batch, of finite numbers. From there on nothing is refused.</summary>
    void CheckForward(ReadOnlySpan<float> inputs, bool training, bool keepsFinal, string method)
    {
        if (Meeting is not null)
        {
            MeetForward(inputs, training, keepsFinal, method);
            return;
        }
        _check.CheckInputs(inputs.Length, training, method);
        CheckFeatures(inputs, first: 0, method);
    }

    /// <summary>Throws unless the features of the samples from one on are finite numbers.</summary>
    void CheckFeatures(ReadOnlySpan<float> inputs, int first, string method)
    {
        var before = first * InputSize;
        if (FiniteCheck.IndexOfNotFinite(inputs[before..]) is >= 0 and var index)
            throw _samples.NotFinite("feature", inputs[before + index], before + index, InputSize, Network.Architecture.Positions, method, Numbers);
        CheckIndices(inputs, method);
    }

    /// <summary>Throws unless features that are indices are such.</summary>
    private protected void CheckIndices(ReadOnlySpan<float> inputs, string method)
    {
        if (_readsIndices)
            CheckIndicesRead(inputs, method);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // A step on one sample has no room to spare.
    void CheckIndicesRead(ReadOnlySpan<float> inputs, string method) =>
        IndexCheck.Check(Network.Architecture, inputs, InputSize, Network.Architecture.Positions, method, Numbers);

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
        CheckOutputGradients(_forwarded, outputGradients, nameof(Backward));
        RunOutside(_forwarded!, outputGradients, before: 0, _forwarded!.Samples, update: false, nameof(Backward));
        Kept.KeepAll(_forwarded.Samples);
    }

    /// <summary>
    /// Computes the gradients of the samples last given to <see cref="Forward(ReadOnlySpan{float}, bool)"/> from those of their outputs and adds them to those of the other parts of their batch,
    /// without changing the weights. Parts of 128 samples spare a large batch's activations from being computed twice. Allocates nothing once a batch of so many samples has begun.
    /// </summary>
    /// <param name="outputGradients">[samples, outputs] ∂L/∂a of any loss L of the whole batch. Nothing is divided.</param>
    /// <param name="batch">Samples of the whole batch.</param>
    /// <exception cref="ArgumentException">There are not as many as outputs, or the parts have more samples than the batch.</exception>
    /// <inheritdoc cref="Backward(ReadOnlySpan{float})"/>
    public void Accumulate(ReadOnlySpan<float> outputGradients, int batch)
    {
        CheckOutputGradients(_forwarded, outputGradients, nameof(Accumulate));
        var before = KeptBefore(_forwarded!.Samples, batch);
        RunOutside(_forwarded, outputGradients, before, batch, update: false, nameof(Accumulate));
        Kept.KeepPart(before, _forwarded.Samples, batch);
    }

    /// <summary>Whether all gradients that are kept are finite numbers. <see cref="Update"/> by others is refused where their norm has a limit, and makes weights infinite where it has none: ask first where they come from outside. For several networks that are to learn from a batch together or not at all.</summary>
    public bool HasFiniteGradients => double.IsFinite(EuclideanNorm.Of(GradientBlock));

    /// <summary>
    /// ∂L/∂x of the batch last given to <see cref="Forward(ReadOnlySpan{float}, bool)"/>, and no other gradients: those that are kept, the counts and all else stay as they were.
    /// For a network whose weights stay: the critic on the way to the actor, saliency, adversarial examples. Allocates nothing.
    /// </summary>
    /// <returns><see cref="InputGradients"/>, [samples, inputs].</returns>
    /// <exception cref="InvalidOperationException">The trainer was not created to compute them, <c>Forward</c> was not called, or the parameters have changed since.</exception>
    /// <inheritdoc cref="Backward(ReadOnlySpan{float})"/>
    public ReadOnlySpan<float> BackwardToInputs(ReadOnlySpan<float> outputGradients)
    {
        if (GradientsOfInputs is null)
            throw _samples.Refusal(NoInputGradients());
        CheckOutputGradients(_forwarded, outputGradients, nameof(BackwardToInputs));
        fixed (float* gradients = outputGradients)
        {
            OutputGradients = gradients;
            AtWork = _forwarded;
            TellLayers(_forwarded!.Sequences);
            try
            {
                RunToInputs(_forwarded);
            }
            finally
            {
                TellLayers(null);
            }
            _samplesOfGradients = _forwarded.Samples;
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
        if (loss is null)
            throw _samples.Refusal(new ArgumentNullException(nameof(loss)));
        CheckForward(inputs, training: true, keepsFinal: false, nameof(Step));
        var batch = _ofStep ??= new ForwardedBatch(Network, BatchSize);
        var outputs = Forward(batch, sequences: null, inputs, training: true, firstSample: 0);
        var gradients = batch.ClearGradients();
        double value;
        try
        {
            value = loss(state, outputs, gradients);
            if (!double.IsFinite(value))
                throw new TrainingDivergedException(
                    $"{Name}.{nameof(Step)}: the loss of the outputs is {value} in step {StepCount + 1}. The weights are as they were before it; lower the learning rate, clip the gradients or check the loss.",
                    value, StepCount + 1, layer: null);
        }
        catch (Exception e)
        {
            TellFailure(e);
            throw;
        }
        CheckOutputGradients(batch, gradients, nameof(Step));
        RunOutside(batch, gradients, before: 0, batch.Samples, update: true, nameof(Step));
        Kept.Forget();
        return (float)value;
    }

    /// <summary>The batch last given to <c>Forward</c>, and that of a step by a loss of the outputs, which leaves the other alone.</summary>
    ForwardedBatch? _forwarded, _ofStep;

    /// <summary>The batch whose gradients come from outside that is at work.</summary>
    private protected ForwardedBatch? AtWork;

    /// <summary>The one of which the layers have all activations; null where they have another's.</summary>
    private protected ForwardedBatch? InMemory;

    /// <summary>Where gradients come from outside, a batch has none.</summary>
    private protected readonly Targets NoTargets = new(0);

    /// <summary>What a layer computes has changed: activations from before are no longer those of any batch.</summary>
    private protected void ForgetForwarded()
    {
        _forwarded?.Forget();
        _ofStep?.Forget();
    }

    private protected abstract void RunForward(ForwardedBatch batch);

    private protected abstract void RunToInputs(ForwardedBatch batch);

    void RunOutside(ForwardedBatch batch, ReadOnlySpan<float> outputGradients, int before, int samples, bool update, string method)
    {
        fixed (float* gradients = outputGradients)
        {
            OutputGradients = gradients;
            AtWork = batch;
            TellLayers(batch.Sequences);
            try
            {
                _ = RunCounted(batch.Inputs, NoTargets, batch.Samples, before, samples, update, method);
            }
            finally
            {
                TellLayers(null);
            }
        }
    }

    /// <summary>Throws where numbers are read from the memory that the inputs' gradients are written to.</summary>
    void CheckApart(float* numbers, int count, string method)
    {
        if (GradientsOfInputs is not null && numbers < GradientsOfInputs.Pointer + GradientsOfInputs.Length && numbers + count > GradientsOfInputs.Pointer)
            throw _samples.Refusal(new ArgumentException($"{Name}.{method} reads the trainer's InputGradients while it writes new ones there: pass a copy."));
    }

    void CheckOutputGradients(ForwardedBatch? batch, ReadOnlySpan<float> gradients, string method)
    {
        try
        {
            CheckOwnGradients(batch, gradients, method);
        }
        catch (Exception e)
        {
            TellFailure(e);
            throw;
        }
    }

    void CheckOwnGradients(ForwardedBatch? batch, ReadOnlySpan<float> gradients, string method)
    {
        if (batch is null)
            throw new InvalidOperationException($"{Name}.{method}: there is no batch whose outputs these are the gradients of. Call Forward first.");
        if (batch == _ofStep && !batch.IsOf(Network.Parameters.Version))
            throw new InvalidOperationException($"{Name}.{method}: the function that computes the loss has changed the network's parameters or what its layers compute, so its gradients are of outputs that the network no longer gives. Change them before the step or behind it.");
        batch.Check(gradients.Length, Network.Parameters.Version, method);
        if (FiniteCheck.IndexOfNotFinite(gradients) is >= 0 and var index)
            throw new NotFiniteNumberException(
                $"{Name}.{method}: the gradient of {Numbers.Place(Network.Architecture, "output", index, OutputSize, Network.Architecture.OutputPositions)} is {gradients[index]}. All is as it was; check what computes it.", gradients[index]);
        fixed (float* numbers = gradients)
            CheckApart(numbers, gradients.Length, method);
    }
}
