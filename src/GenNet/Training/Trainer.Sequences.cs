using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

// Sequences of unequal lengths, and windows of longer ones.
public abstract unsafe partial class Trainer
{
    SequenceBatch? _sequences;

    /// <summary>Features and targets with zeros behind the end of each sequence: what is there might overflow, or be nothing that the loss takes.</summary>
    float[] _inputsThatAreThere = [], _targetsThatAreThere = [];

    /// <summary>Labels of which none counts behind the end of its sequence.</summary>
    int[] _labelsThatAreThere = [];

    /// <summary>Trains on one batch of sequences of unequal lengths, or of windows that go on where others ended. Allocates nothing once a batch of so many samples has been seen.</summary>
    /// <param name="inputs">[samples, steps, features], row by row.</param>
    /// <param name="labels">
    /// [samples] class numbers; with a single output, its targets 0 and 1. [samples, steps] where each step has classes of its own: those behind the end of a sequence may be anything.
    /// <see cref="Dataset.IgnoredLabel"/> does not count.
    /// </param>
    /// <param name="sequences">Lengths, resets and states.</param>
    /// <param name="sampleWeights">[samples] what each sample counts. Empty for 1 each.</param>
    /// <param name="signedWeights">Whether weights may be negative.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>, or states are another network's or of another number of streams.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network, or a length is not from 1 to the steps declared.</exception>
    /// <exception cref="InvalidOperationException">A layer of the network mixes steps with padding, or remembers what is not carried from window to window.</exception>
    /// <exception cref="NotFiniteNumberException">A feature, a target, a value of a state or the loss is not a finite number, or with a <see cref="MaxGradientNorm"/> the norm of the gradients.</exception>
    /// <remarks>Where it throws, all is as it was: beside what other steps leave alone, <see cref="Sequences.FinalStates"/>.</remarks>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Sequences sequences, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        using var told = Tell(sequences, inputs.Length, nameof(Step));
        CheckLabels(nameof(Step));
        return told.Keep(Step(told.Inputs(inputs), told.Labels(labels), sampleWeights, signedWeights));
    }

    /// <summary>Trains on one batch of sequences of unequal lengths, or of windows that go on where others ended. Allocates nothing once a batch of so many samples has been seen.</summary>
    /// <param name="inputs">[samples, steps, features], row by row.</param>
    /// <param name="targets">[samples, outputs] wanted outputs, row by row.</param>
    /// <param name="sequences">Lengths, resets and states.</param>
    /// <param name="sampleWeights">[samples] what each sample counts. Empty for 1 each.</param>
    /// <param name="signedWeights">Whether weights may be negative.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>, or states are another network's or of another number of streams.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network, or a length is not from 1 to the steps declared.</exception>
    /// <exception cref="InvalidOperationException">A layer of the network mixes steps with padding, or remembers what is not carried from window to window.</exception>
    /// <exception cref="NotFiniteNumberException">A feature, a target, a value of a state or the loss is not a finite number, or with a <see cref="MaxGradientNorm"/> the norm of the gradients.</exception>
    /// <remarks>Where it throws, all is as it was: beside what other steps leave alone, <see cref="Sequences.FinalStates"/>.</remarks>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Sequences sequences, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        using var told = Tell(sequences, inputs.Length, nameof(Step));
        return told.Keep(Step(told.Inputs(inputs), told.Targets(targets), sampleWeights, signedWeights));
    }

    /// <summary>Computes the gradients of one batch of sequences and keeps them, without changing the weights.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, Sequences, ReadOnlySpan{float}, bool)"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Sequences sequences, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        using var told = Tell(sequences, inputs.Length, nameof(Backward));
        CheckLabels(nameof(Backward));
        return told.Keep(Backward(told.Inputs(inputs), told.Labels(labels), sampleWeights, signedWeights));
    }

    /// <summary>Computes the gradients of one batch of sequences and keeps them, without changing the weights.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float}, Sequences, ReadOnlySpan{float}, bool)"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Sequences sequences, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        using var told = Tell(sequences, inputs.Length, nameof(Backward));
        return told.Keep(Backward(told.Inputs(inputs), told.Targets(targets), sampleWeights, signedWeights));
    }

    /// <summary>The mean loss of one batch of sequences. Changes nothing but <see cref="Sequences.FinalStates"/>.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, Sequences, ReadOnlySpan{float}, bool)"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Sequences sequences)
    {
        using var told = Tell(sequences, inputs.Length, nameof(Loss));
        CheckLabels(nameof(Loss));
        return told.Keep(Loss(told.Inputs(inputs), told.Labels(labels)));
    }

    /// <summary>The mean loss of one batch of sequences. Changes nothing but <see cref="Sequences.FinalStates"/>.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float}, Sequences, ReadOnlySpan{float}, bool)"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Sequences sequences)
    {
        using var told = Tell(sequences, inputs.Length, nameof(Loss));
        return told.Keep(Loss(told.Inputs(inputs), told.Targets(targets)));
    }

    /// <summary>
    /// Computes the outputs of a batch of sequences and keeps what <see cref="Backward(ReadOnlySpan{float})"/> needs to send their gradients back. Outputs behind the end of a sequence
    /// have no meaning, and their gradients are left out.
    /// </summary>
    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, bool)"/>
    /// <exception cref="InvalidOperationException">A layer of the network mixes steps with padding, or remembers what is not carried from window to window.</exception>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> inputs, Sequences sequences, bool training = true)
    {
        CheckOwnSequences(sequences, inputs.Length, training, nameof(Forward));
        inputs = LeaveOut(inputs, sequences.Lengths, InputSize, ref _inputsThatAreThere);
        CheckForward(inputs, training, keepsFinal: sequences.FinalStates is not null, nameof(Forward));

        // The batch before may be forgotten.
        var batch = _forwarded ??= new ForwardedBatch(Network, BatchSize);
        Begin(batch.OwnSequences, sequences, inputs.Length, Kept.Begun, training);
        var outputs = Forward(batch, batch.OwnSequences, inputs, training, Kept.Begun);
        if (FiniteCheck.IndexOfNotFinite(outputs) < 0)
            KeepFinal(batch.OwnSequences, sequences.FinalStates);
        return outputs;
    }

    /// <summary>What a batch of a dataset says of its samples as sequences.</summary>
    Sequences SequencesOf(Batch batch, string method)
    {
        if (batch.Numbers.Steps != Network.Architecture.Positions)
            throw _samples.Refusal(new ArgumentException($"{Name}.{method} takes sequences of {Network.Architecture.Positions} steps; the lengths or recordings of these samples are counted in {batch.Numbers.Steps}.", nameof(batch)), method);
        return new() { Lengths = batch.Lengths, Resets = batch.Resets };
    }

    /// <summary>Tells the layers of the sequences, as long as what is returned is in use.</summary>
    Told Tell(Sequences sequences, int inputs, string method)
    {
        var training = method is not (nameof(Loss) or nameof(Evaluate));
        CheckOwnSequences(sequences, inputs, training, method);
        var batch = _sequences ??= new SequenceBatch();
        Begin(batch, sequences, inputs, firstSample: 0, training);
        TellLayers(batch);
        _check.Lengths = _weighting.Lengths = LabelSize > 1 ? batch.Lengths : null;
        return new(this, sequences);
    }

    void Begin(SequenceBatch batch, Sequences sequences, int inputs, int firstSample, bool training)
    {
        var (samples, steps) = (inputs / InputSize, Network.Architecture.Positions);
        var (initial, final) = (sequences.InitialStates, sequences.FinalStates);
        var stepOutputs = Network.Architecture.OutputPositions == steps && steps > 1 && LabelSize == 1 ? OutputSize / steps : 0;
        batch.Begin(
            training ? BatchCount : SequenceStart.Unknown.Batch, firstSample, samples, steps, sequences.Lengths, sequences.Resets, (initial ?? final)?.Size ?? 0,
            initial is null ? [] : initial.All, initial is null ? [] : initial.Starts, final is not null, stepOutputs);
    }

    /// <summary>Tells each layer what the samples are as sequences; null where they are whole.</summary>
    private protected abstract void TellLayers(SequenceBatch? sequences);

    /// <summary>Rows of which all that is behind the end of their sequence is nothing; the same rows where they are whole.</summary>
    /// <remarks>So are rows of another number than lengths: who takes them says so.</remarks>
    ReadOnlySpan<T> LeaveOut<T>(ReadOnlySpan<T> rows, ReadOnlySpan<int> lengths, int width, ref T[] memory, T nothing = default!)
    {
        if (lengths.IsEmpty || rows.Length != lengths.Length * width)
            return rows;
        var ofStep = width / Network.Architecture.Positions;
        if (memory.Length < rows.Length)
            memory = new T[rows.Length];
        var there = memory.AsSpan(0, rows.Length);
        rows.CopyTo(there);
        for (var sample = 0; sample < lengths.Length; sample++)
            there[(sample * width + lengths[sample] * ofStep)..((sample + 1) * width)].Fill(nothing);
        return there;
    }

    /// <summary>Throws where a class number would have to say what outputs of steps should be of which not all are there.</summary>
    void CheckLabels(string method)
    {
        if (_sequences!.Widths is not null)
            throw _samples.Refusal(new InvalidOperationException($"{Name}.{method}: each step has outputs of its own and no classes, so sequences of unequal lengths take targets, no labels. A network that gives each step classes takes a label for each."), method);
    }

    static void KeepFinal(SequenceBatch sequences, NetworkState? final)
    {
        for (var sample = 0; final is not null && sample < final.Streams; sample++)
            final.Set(sample, sequences.Final(sample), sequences.FinalStart(sample));
    }

    /// <summary>What the layers are told until it is disposed of.</summary>
    readonly ref struct Told(Trainer trainer, Sequences sequences)
    {
        readonly Sequences _told = sequences;

        /// <summary>The inputs, without what is behind the end of a sequence.</summary>
        public ReadOnlySpan<float> Inputs(ReadOnlySpan<float> inputs) => trainer.LeaveOut(inputs, _told.Lengths, trainer.InputSize, ref trainer._inputsThatAreThere);

        /// <summary>The targets, likewise where each step has its own.</summary>
        public ReadOnlySpan<float> Targets(ReadOnlySpan<float> targets) =>
            trainer._sequences!.Widths is null && trainer.LabelSize == 1 ? targets : trainer.LeaveOut(targets, _told.Lengths, trainer.OutputSize, ref trainer._targetsThatAreThere);

        /// <summary>The labels, likewise.</summary>
        public ReadOnlySpan<int> Labels(ReadOnlySpan<int> labels) =>
            trainer.LabelSize == 1 ? labels : trainer.LeaveOut(labels, _told.Lengths, trainer.LabelSize, ref trainer._labelsThatAreThere, Dataset.IgnoredLabel);

        /// <summary>The states behind the last steps: nothing fails any more. Of a loss that is no finite number there are none.</summary>
        public float Keep(float loss)
        {
            if (float.IsFinite(loss))
                KeepFinal(trainer._sequences!, _told.FinalStates);
            return loss;
        }

        public void Dispose()
        {
            trainer.TellLayers(null);
            trainer._check.Lengths = trainer._weighting.Lengths = null;
        }
    }

    /// <summary>The same, and tells other ranks where there are some: but for <c>Loss</c> and <c>Evaluate</c>, which are one rank's own.</summary>
    void CheckOwnSequences(Sequences sequences, int inputs, bool training, string method)
    {
        try
        {
            CheckSequences(sequences, inputs, training, method);
        }
        catch (Exception e) when (method is not (nameof(Loss) or nameof(Evaluate)))
        {
            TellFailure(e);
            throw;
        }
    }

    /// <summary>Throws unless the sequences are those of so many inputs, and the network can be told of them.</summary>
    void CheckSequences(Sequences sequences, int inputs, bool training, string method)
    {
        _check.CheckInputs(inputs, training, method);
        var architecture = Network.Architecture;
        var (samples, steps) = (inputs / InputSize, architecture.Positions);
        if (sequences is { Lengths.IsEmpty: true, Resets.IsEmpty: true, InitialStates: null, FinalStates: null })
            return;
        if (!architecture.IsSequence)
            throw new InvalidOperationException($"{Name}.{method}: the network takes no sequence, so its samples have neither lengths nor states.");
        var lengths = sequences.Lengths;
        var resets = sequences.Resets;
        if (!lengths.IsEmpty && lengths.Length != samples)
            throw new ArgumentException($"{Name}.{method} expects {samples} lengths, one a sample, got {lengths.Length}.", nameof(sequences));
        if (lengths.IndexOfAnyExceptInRange(1, steps) is >= 0 and var wrong)
            throw new ArgumentOutOfRangeException(nameof(sequences), lengths[wrong], $"{Name}.{method}: sample {wrong} has a length of {lengths[wrong]}; lengths are from 1 to {steps}.");
        if (!resets.IsEmpty && resets.Length != samples * steps)
            throw new ArgumentException($"{Name}.{method} expects {samples * steps} resets, one for each of {steps} steps of {samples} {(samples == 1 ? "sample" : "samples")}, got {resets.Length}.", nameof(sequences));
        CheckStates(sequences.InitialStates, samples, method, nameof(Sequences.InitialStates));
        CheckStates(sequences.FinalStates, samples, method, nameof(Sequences.FinalStates));
        if (!lengths.IsEmpty && architecture.MixesPadding is { } mixing)
            throw new InvalidOperationException($"{Name}.{method} takes whole sequences alone: layer {mixing}, {architecture.Layers[mixing - 1].Kind}, mixes what is behind the end of a shorter one with what is before.");
        if (training && samples == 1 && lengths is [1] && architecture.NormalizesSteps)
            throw new ArgumentException($"{Name}.{method} expects at least two steps, because one alone has no variance for batch normalisation; got one sample of one step.", nameof(sequences));
        if ((!resets.IsEmpty || sequences.InitialStates is not null || sequences.FinalStates is not null) && architecture.RemembersMore is { } layer)
            throw new InvalidOperationException($"{Name}.{method} neither carries nor resets states: layer {layer}, {architecture.Layers[layer - 1].Kind}, {(architecture.Layers[layer - 1].GoesBackToo ? "is Bidirectional: what it gives of a step follows from the last one too, which must be in the same window" : "sees more than one step, and what it saw before is not carried from window to window")}.");
    }

    void CheckStates(NetworkState? states, int samples, string method, string what)
    {
        if (states is null)
            return;
        if (states.Architecture != Network.Architecture)
            throw new ArgumentException($"{Name}.{method} takes states that its own network's CreateState made, got {what} of {states.Architecture.Name}.", "sequences");
        if (states.Streams != samples)
            throw new ArgumentException($"{Name}.{method} expects {what} of {samples} {(samples == 1 ? "stream" : "streams")}, one a sample, got {states.Streams}.", "sequences");
        for (var stream = 0; what == nameof(Sequences.InitialStates) && stream < states.Streams; stream++)
            if (FiniteCheck.IndexOfNotFinite(states.Values(stream)) is >= 0 and var index)
                throw new NotFiniteNumberException($"{Name}.{method}: value {index} of stream {stream} of {what} is {states.Values(stream)[index]}.", states.Values(stream)[index]);
    }
}
