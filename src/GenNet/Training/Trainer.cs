using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>
/// Trains a network: what it needs beside the weights (gradients, optimiser state, activations of one batch) and the training step.
/// One thread at a time may use it.
/// </summary>
[SkipLocalsInit]
public abstract unsafe class Trainer
{
    double _maxWeightNorm = double.PositiveInfinity;
    private protected double GradientLimit = double.PositiveInfinity;

    ISchedule? _schedule;
    readonly SampleWeighting _weighting;
    readonly SampleCheck _samples;
    readonly BatchCheck _check;

    readonly AlignedBuffer? _inputGradients;

    /// <summary>∂L/∂a of the batch that is at work, of which the gradients come from outside.</summary>
    float* _outputGradients;

    int _samplesOfGradients;

    private protected Trainer(INetwork network, int batchSize, bool inputGradients)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        MostAtOnce = SamplesThatFit(network.Architecture);
        if (batchSize > MostAtOnce && (NormalizesBatch || MostAtOnce < SampleParts.Samples))
            throw TooManyAtOnce(network, batchSize);
        (Network, BatchSize) = (network, batchSize);
        (InputSize, OutputSize) = (network.InputSize, network.OutputSize);
        (_samples, Kept) = (new SampleCheck(network), new KeptGradients(network));
        _weighting = new SampleWeighting(network, _samples.Classes);
        _check = new BatchCheck(network, _samples, batchSize, NormalizesBatch);
        _inputGradients = inputGradients ? new AlignedBuffer(checked(batchSize * InputSize)) : null;
        Layers = [.. network.Architecture.Layers.Select((layer, index) => new TrainedLayer(this, layer, index + 1))];
    }

    /// <summary>Samples whose activations a layer can hold: no fewer than a part of a batch, unless no batch is larger.</summary>
    internal int MostAtOnce { get; }

    static int SamplesThatFit(NetworkArchitecture architecture)
    {
        var (longest, positions) = (1L, 1L);
        for (var i = architecture.Layers.Count - 1; i >= 0; i--)
        {
            var layer = architecture.Layers[i];
            longest = Math.Max(longest, positions * PanelLayout.RowStride(layer.Outputs));
            positions = Math.Max(positions, layer.Joined);
        }
        return (int)(AlignedBuffer.MostFloats / Math.Max(longest, positions * PanelLayout.RowStride(architecture.Layers[0].Inputs)));
    }

    ArgumentOutOfRangeException TooManyAtOnce(INetwork network, int batchSize) => new(nameof(batchSize), batchSize,
        $"{network.GetType().Name} takes batches of up to {MostAtOnce} samples, {(NormalizesBatch ? "which batch normalisation needs in memory together" : "the most whose activations a layer can hold: Accumulate larger ones")}.");

    /// <summary>The network that is trained.</summary>
    public INetwork Network { get; }

    /// <summary>The largest number of samples that a step takes.</summary>
    public int BatchSize { get; }

    internal int InputSize { get; }

    private protected int OutputSize { get; }

    /// <summary>
    /// The gradients that <c>Backward</c> and <c>Accumulate</c> keep until <see cref="Update"/> or a step uses them up; without meaning where none are kept.
    /// The trainer of a network has typed views of them, <c>Gradients</c>.
    /// </summary>
    public abstract ParameterBlock GradientBlock { get; }

    /// <summary>What the optimiser keeps for each parameter from step to step, by PyTorch's names: <c>exp_avg</c> and <c>exp_avg_sq</c> for Adam.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>One value of the optimiser's for each parameter, which may be read and written between steps.</summary>
    /// <param name="name">One of <see cref="StateNames"/>.</param>
    /// <exception cref="ArgumentException">The optimiser keeps no such value.</exception>
    public abstract ParameterBlock State(string name);

    /// <summary>The step size of the next update: the optimiser's own, times the <see cref="Schedule"/>'s factor.</summary>
    public abstract double LearningRate { get; }

    /// <summary>How the learning rate changes from update to update; null, as it is at first, for a constant rate.</summary>
    /// <exception cref="ArgumentException">It is the default of a struct that lacks something.</exception>
    public ISchedule? Schedule
    {
        get => _schedule;
        set
        {
            IIncomplete.Check(value, nameof(value));
            _schedule = value;
        }
    }

    /// <summary>Tells the <see cref="Schedule"/> what it watches, such as a validation loss: where it is an <see cref="IMetricSchedule"/>, what that makes of it takes its place. <c>Fit</c> does so after each epoch.</summary>
    public void Report(double metric) => Schedule = Schedule?.After(metric);

    /// <summary>
    /// The largest Euclidean norm of all gradients together, ∞ for no limit: larger gradients are scaled down to it before an update, as by
    /// <c>torch.nn.utils.clip_grad_norm_</c>. With a limit every gradient must be known before the first weight changes, so steps are slower.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double MaxGradientNorm
    {
        get => GradientLimit;
        set
        {
            GradientLimit = HyperParameter.Limit(value, nameof(MaxGradientNorm));
            if (double.IsFinite(value))
                PrepareToRestore();
            else
                GradientNorm = 0;
        }
    }

    /// <summary>The norm of the gradients of the last update, before they were clipped; 0 where there is no <see cref="MaxGradientNorm"/>.</summary>
    public double GradientNorm { get; private protected set; }

    /// <summary>
    /// The largest Euclidean norm of the incoming weights of each unit, biases apart, ∞ for no limit: larger weights are scaled down to it
    /// after an update, as by <c>torch.renorm</c> and Keras's <c>max_norm</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double MaxWeightNorm
    {
        get => _maxWeightNorm;
        set => _maxWeightNorm = HyperParameter.Limit(value, nameof(MaxWeightNorm));
    }

    /// <summary>
    /// ε: in training, labels become (1 − ε)·y + ε/classes, as with PyTorch's <c>label_smoothing</c>; a single output's (1 − ε)·y + ε/2.
    /// Targets that are given as numbers, and <c>Loss</c> and <c>Evaluate</c>, know nothing of it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is not from 0 to 1.</exception>
    public double LabelSmoothing
    {
        get => _weighting.LabelSmoothing;
        set => _weighting.LabelSmoothing = value;
    }

    /// <summary>
    /// What a sample of each class counts in training, empty for 1 each: the loss becomes Σwl/Σw, as with PyTorch's <c>weight</c>. [classes], two for a single output.
    /// <c>Loss</c> and <c>Evaluate</c> know nothing of it.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many as classes, or one is negative or not finite.</exception>
    public ReadOnlySpan<float> ClassWeights
    {
        get => _weighting.ClassWeights;
        set => _weighting.ClassWeights = value;
    }

    internal int ClassCount => _samples.Classes;

    /// <summary>How gradients, weights and activations fare; null unless the network is declared with <c>Health = true</c>.</summary>
    public virtual GradientHealth? Health => null;

    /// <summary>Updates made so far.</summary>
    public long StepCount { get; private protected set; }

    /// <summary>Dropout masks follow from it and from <see cref="BatchCount"/>.</summary>
    public ulong Seed { get; set; }

    /// <summary>Batches given to <c>Step</c> and <c>Backward</c> so far, and batches accumulated.</summary>
    public long BatchCount { get; internal set; }

    /// <summary>How each layer is trained: whether it is frozen, and with which part of the learning rate. In order.</summary>
    public IReadOnlyList<TrainedLayer> Layers { get; }

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

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="labels">[samples] class numbers; with a single output, its targets 0 and 1.</param>
    /// <param name="sampleWeights">[samples] what each sample counts: the loss becomes Σwl/samples, as with Keras's <c>sample_weight</c>. Empty for 1 each.</param>
    /// <param name="signedWeights">Whether weights may be negative, as the advantages of a policy gradient are: such a sample's loss is to become larger.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number, or with a <see cref="MaxGradientNorm"/> the norm of the gradients.</exception>
    /// <remarks>Where it throws, all is as it was: weights, running statistics, the optimiser's state, kept gradients, counts, <see cref="Health"/>.</remarks>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        _check.CheckLabels(inputs.Length, labels, nameof(Step));
        if (!sampleWeights.IsEmpty)
            _weighting.CheckSampleWeights(labels.Length, sampleWeights, signedWeights, nameof(Step));
        fixed (float* x = inputs, weights = sampleWeights)
        fixed (int* y = labels)
            return RunWhole(x, _weighting.Weighted(y, null, labels, weights), labels.Length, update: true, nameof(Step));
    }

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="targets">[samples, outputs] wanted outputs, row by row.</param>
    /// <param name="sampleWeights">[samples] what each sample counts: the loss becomes Σwl/samples, as with Keras's <c>sample_weight</c>. Empty for 1 each.</param>
    /// <param name="signedWeights">Whether weights may be negative, as the advantages of a policy gradient are: such a sample's loss is to become larger.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, there are more samples than <see cref="BatchSize"/>, or targets are not what the loss takes:
    /// from 0 to 1 for binary cross-entropy, probabilities of the classes for cross-entropy.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number, or with a <see cref="MaxGradientNorm"/> the norm of the gradients.</exception>
    /// <remarks>Where it throws, all is as it was: weights, running statistics, the optimiser's state, kept gradients, counts, <see cref="Health"/>.</remarks>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        var rows = _check.CheckTargets(inputs.Length, targets, nameof(Step));
        if (!sampleWeights.IsEmpty)
            _weighting.CheckSampleWeights(rows, sampleWeights, signedWeights, nameof(Step));
        fixed (float* x = inputs, y = targets, weights = sampleWeights)
            return RunWhole(x, _weighting.Weighted(null, y, [], weights), rows, update: true, nameof(Step));
    }

    /// <summary>Trains on one batch of a <see cref="Dataset"/>.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, bool)"/>
    public float Step(Batch batch)
    {
        _check.Numbers = batch.Numbers;
        try
        {
            return batch.Labels.IsEmpty ? Step(batch.Inputs, batch.Targets, batch.SampleWeights) : Step(batch.Inputs, batch.Labels, batch.SampleWeights);
        }
        finally
        {
            _check.Numbers = default;
        }
    }

    /// <summary>Computes the gradients of one batch and keeps them, without changing the weights. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, bool)"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        _check.CheckLabels(inputs.Length, labels, nameof(Backward));
        if (!sampleWeights.IsEmpty)
            _weighting.CheckSampleWeights(labels.Length, sampleWeights, signedWeights, nameof(Backward));
        fixed (float* x = inputs, weights = sampleWeights)
        fixed (int* y = labels)
            return RunWhole(x, _weighting.Weighted(y, null, labels, weights), labels.Length, update: false, nameof(Backward));
    }

    /// <summary>Computes the gradients of one batch and keeps them, without changing the weights. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, bool)"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        var rows = _check.CheckTargets(inputs.Length, targets, nameof(Backward));
        if (!sampleWeights.IsEmpty)
            _weighting.CheckSampleWeights(rows, sampleWeights, signedWeights, nameof(Backward));
        fixed (float* x = inputs, y = targets, weights = sampleWeights)
            return RunWhole(x, _weighting.Weighted(null, y, [], weights), rows, update: false, nameof(Backward));
    }

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

    /// <summary>
    /// Computes the gradients of a part of a batch and adds them to those of its other parts, without changing the weights (gradient accumulation
    /// over micro-batches). After the last part the gradients have the same bits as <c>Backward</c>'s of the whole batch, except that batch normalisation
    /// takes the statistics of each part. Allocates nothing once a batch of so many samples has begun.
    /// </summary>
    /// <param name="inputs">[samples of the part, inputs] features, row by row.</param>
    /// <param name="labels">[samples of the part] class numbers; with a single output, its targets 0 and 1.</param>
    /// <param name="batch">Samples of the whole batch, over which the loss is a mean. They may be more than <see cref="BatchSize"/>.</param>
    /// <returns>The part's share of the mean loss of the batch: the shares of all parts add up to it.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the parts have more samples than the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. All is as it was: the parts so far are still kept.</exception>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int batch)
    {
        _check.CheckLabels(inputs.Length, labels, nameof(Accumulate));
        if (_weighting.WeighsClasses)
            throw new InvalidOperationException($"{Name}.Accumulate cannot know the class weights of the whole batch: clear ClassWeights, and weigh the classes by drawing samples.");
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return RunPart(x, _weighting.Weighted(y, null, labels, null), labels.Length, batch);
    }

    /// <inheritdoc cref="Accumulate(ReadOnlySpan{float}, ReadOnlySpan{int}, int)"/>
    /// <param name="inputs">[samples of the part, inputs] features, row by row.</param>
    /// <param name="targets">[samples of the part, outputs] wanted outputs, row by row.</param>
    /// <param name="batch">Samples of the whole batch, over which the loss is a mean. They may be more than <see cref="BatchSize"/>.</param>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, int batch)
    {
        var rows = _check.CheckTargets(inputs.Length, targets, nameof(Accumulate));
        fixed (float* x = inputs, y = targets)
            return RunPart(x, _weighting.Weighted(null, y, [], null), rows, batch);
    }

    /// <summary>Changes the weights by the gradients that <c>Backward</c> or <c>Accumulate</c> kept, and uses them up. <c>Step</c> does both at once, faster and with the same bits.</summary>
    /// <exception cref="InvalidOperationException">No gradients are kept, or parts of an accumulated batch are missing.</exception>
    /// <exception cref="NotFiniteNumberException">There is a <see cref="MaxGradientNorm"/> and the gradients have no finite norm. All is as it was.</exception>
    public void Update()
    {
        Kept.CheckWhole();
        UseKeptGradients();
        Kept.Forget();
    }

    /// <summary>Judges the network by data that it need not have seen. Changes nothing.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="NotFiniteNumberException">A feature or a target is not a finite number.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var outputs = new float[Math.Min(BatchSize, data.Count) * OutputSize];
        var (loss, right) = (0.0, 0.0);
        var classes = new OutputClasses(Network.Architecture);
        var errors = new RegressionMetrics(OutputSize);
        foreach (var batch in data.Batches(BatchSize))
        {
            loss += batch.Count * (double)LossOf(batch);
            var rows = outputs.AsSpan(0, batch.Count * OutputSize);
            Network.ForwardBatch(batch.Inputs, rows);
            for (var i = 0; i < batch.Count; i++)
            {
                var row = rows.Slice(i * OutputSize, OutputSize);
                if (data.HasLabels)
                    right += classes.Right(row, batch.Labels[i]);
                else if (classes.HaveTargets)
                    right += classes.Right(row, batch.Targets.Slice(i * OutputSize, OutputSize));
            }
            if (!data.HasLabels && _samples.TakesAnyNumber)
                errors.AddBatch(batch.Targets, rows);
        }

        // Where no errors were added, they are NaN.
        return new Evaluation(loss / data.Count, data.HasLabels || classes.HaveTargets ? right / data.Count : double.NaN)
        {
            RootMeanSquaredError = errors.RootMeanSquaredError,
            MeanAbsoluteError = errors.MeanAbsoluteError,
            RSquared = errors.RSquared,
        };
    }

    /// <summary>The mean loss of one batch. Changes nothing, allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, bool)"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) => LossOf(inputs, labels, nameof(Loss));

    /// <summary>The mean loss of one batch. Changes nothing, allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, bool)"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => LossOf(inputs, targets, nameof(Loss));

    float LossOf(Batch batch)
    {
        _check.Numbers = batch.Numbers;
        try
        {
            return batch.Labels.IsEmpty ? LossOf(batch.Inputs, batch.Targets, nameof(Evaluate)) : LossOf(batch.Inputs, batch.Labels, nameof(Evaluate));
        }
        finally
        {
            _check.Numbers = default;
        }
    }

    float LossOf(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, string method)
    {
        _check.CheckLabels(inputs.Length, labels, method);
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return (float)LossOf(x, _weighting.Plain(y, null), labels.Length, method);
    }

    float LossOf(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, string method)
    {
        var rows = _check.CheckTargets(inputs.Length, targets, method);
        fixed (float* x = inputs, y = targets)
            return (float)LossOf(x, _weighting.Plain(null, y), rows, method);
    }

    /// <summary>The optimiser's own step size, whatever the schedule.</summary>
    internal abstract double BaseLearningRate { get; }

    /// <summary>The optimiser and its hyper-parameters in words, with another step size: the same for equal ones, in every culture.</summary>
    internal abstract string DescribeOptimizer(double learningRate);

    /// <summary>Goes on after so many updates and batches, with a step size.</summary>
    internal abstract void Resume(long stepCount, long batchCount, double learningRate);

    private protected abstract double LossOf(float* inputs, Targets targets, int rows, string method);

    private protected abstract void UseKeptGradients();

    /// <summary>Makes room, outside of any step, for gradients that are kept while a step that may yet be refused computes others.</summary>
    private protected abstract void PrepareToRestore();

    /// <summary>The batch last given to <c>Forward</c>.</summary>
    private protected ForwardedBatch? Forwarded;

    /// <summary>Where gradients come from outside, a batch has none.</summary>
    private protected readonly Targets NoTargets = new();

    /// <summary>Takes note of how a layer is trained from now on.</summary>
    internal abstract void LayerChanged(TrainedLayer layer);

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

    /// <summary>What a thread computes of its share of the samples that are at work.</summary>
    internal void Execute(in Rows x, Targets targets, Passes passes, in Share share)
    {
        if ((passes & Passes.Forward) != 0)
            Forward(x, share);
        if ((passes & Passes.Loss) != 0)
            Loss(targets, share.Pass.Samples, share);
        if ((passes & Passes.Outputs) != 0)
            Outputs(Forwarded!.OutputsFrom(targets.First, x.Count), share);
        if ((passes & Passes.OutputGradient) != 0)
            OutputGradient(new Rows(_outputGradients + (nint)targets.First * OutputSize, OutputSize, x.Count), share);
        if ((passes & Passes.Backward) != 0)
            Backward(x, share);
        if ((passes & Passes.InputGradient) != 0)
            InputGradient(new Rows(_inputGradients!.Pointer + (nint)targets.First * InputSize, InputSize, x.Count), share);
    }

    /// <summary>Stages of the forward pass. All threads finish one before the next begins.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual int ForwardStages => 1;

    /// <summary>Stages of the backward pass.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual int BackwardStages => 1;

    /// <summary>Computes activations.</summary>
    /// <param name="x">All rows computed at this time.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Forward(in Rows x, in Share share);

    /// <summary>Computes the loss of each row, and the δ of the last layer.</summary>
    /// <param name="targets">The rows' targets.</param>
    /// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Loss(Targets targets, int samples, in Share share);

    /// <summary>The part of the mean loss that some of the rows last computed make up.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract double MeanLoss(int first, int rows, int samples);

    /// <summary>Computes the network's outputs from what the last layer has for the loss.</summary>
    /// <param name="outputs">[samples, outputs] of all rows, written.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Outputs(in Rows outputs, in Share share);

    /// <summary>Computes the δ of the last layer from the outputs' gradients.</summary>
    /// <param name="gradients">[samples, outputs] of all rows.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void OutputGradient(in Rows gradients, in Share share);

    /// <summary>Computes the δ of the other layers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Backward(in Rows x, in Share share);

    /// <summary>Computes the inputs' gradients.</summary>
    /// <param name="gradients">[samples, inputs] of all rows, written.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void InputGradient(in Rows gradients, in Share share);

    /// <summary>What the gradients are of that are kept.</summary>
    private protected readonly KeptGradients Kept;

    /// <summary>Computes the gradients of some rows, and uses them or keeps them. Where it throws, all is as it was.</summary>
    /// <param name="inputs">The rows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="before">Samples of the batch whose gradients are kept already; those of these rows are added.</param>
    /// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
    /// <param name="update">Whether the weights change.</param>
    /// <param name="method">For messages.</param>
    /// <returns>The part of the mean loss that the rows make up.</returns>
    private protected abstract float Run(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method);

    /// <summary>Keeps track of which samples the inputs' gradients are of: of none, where the run is refused.</summary>
    float RunCounted(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        _samplesOfGradients = 0;
        var loss = Run(inputs, targets, rows, before, samples, update, method);
        _samplesOfGradients = rows;
        return loss;
    }

    float RunWhole(float* inputs, Targets targets, int rows, bool update, string method)
    {
        var loss = RunCounted(inputs, targets, rows, before: 0, samples: rows, update, method);
        if (update)
            Kept.Forget();
        else
            Kept.KeepAll(rows);
        return loss;
    }

    float RunPart(float* inputs, Targets targets, int rows, int batch)
    {
        var before = Kept.Before(rows, batch);
        var loss = RunCounted(inputs, targets, rows, before, batch, update: false, nameof(Accumulate));
        Kept.KeepPart(before, rows, batch);
        return loss;
    }

    /// <summary>Throws unless a batch may have so many samples.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckBatch(int samples, string method, string parameter) => _check.CheckBatch(samples, method, parameter);

    /// <summary>Whether a layer needs the whole batch at a time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual bool NormalizesBatch => false;

    /// <summary>Takes over how another trainer weighs samples.</summary>
    private protected void CopyWeightsFrom(Trainer source) => _weighting.CopyFrom(source._weighting);

    /// <summary>What the samples of the batch that is at work are called in messages.</summary>
    private protected SampleNumbers Numbers => _check.Numbers;

    /// <param name="method">For the message.</param>
    /// <param name="what">What the numbers are.</param>
    /// <param name="values">Rows of numbers, one of which is not finite.</param>
    /// <param name="width">Numbers a row.</param>
    /// <param name="positions">Steps that have such numbers.</param>
    private protected NotFiniteNumberException NotFinite(string method, string what, float* values, int width, int positions)
    {
        var index = FiniteCheck.IndexOfNotFinite(values);
        return _samples.NotFinite(what, values[index], index, width, positions, method, Numbers);
    }

    /// <summary>The trainer in words: <c>FashionNet's trainer, Adam { … }, batches of up to 128 samples, 40 updates made</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}'s trainer, {DescribeOptimizer(BaseLearningRate)}, batches of up to {BatchSize} samples, {StepCount} updates made");

    private protected string Name => Network.GetType().Name;
}
