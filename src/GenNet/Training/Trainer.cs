using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Losses;

namespace GenNet;

/// <summary>
/// Trains a network: what it needs beside the weights (gradients, optimiser state, activations of one batch) and the training step.
/// One thread at a time may use it.
/// </summary>
[SkipLocalsInit]
public abstract unsafe class Trainer
{
    double _maxGradientNorm = double.PositiveInfinity, _maxWeightNorm = double.PositiveInfinity;
    int _accumulated, _accumulating;
    double _labelSmoothing;
    ISchedule? _schedule;
    AlignedBuffer? _classWeights;
    readonly Targets _targets = new();

    private protected Trainer(INetwork network, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (Network, BatchSize) = (network, batchSize);
        (InputSize, OutputSize) = (network.InputSize, network.OutputSize);
    }

    /// <summary>The network that is trained.</summary>
    public INetwork Network { get; }

    /// <summary>The largest number of samples that a step takes.</summary>
    public int BatchSize { get; }

    private protected int InputSize { get; }

    private protected int OutputSize { get; }

    /// <summary>The gradients that <c>Backward</c> kept. The trainer of a network has typed views of them, <c>Gradients</c>.</summary>
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

    /// <summary>
    /// The largest Euclidean norm of all gradients together, ∞ for no limit: larger gradients are scaled down to it before an update, as by
    /// <c>torch.nn.utils.clip_grad_norm_</c>. With a limit every gradient must be known before the first weight changes, so steps are slower.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double MaxGradientNorm
    {
        get => _maxGradientNorm;
        set => _maxGradientNorm = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxGradientNorm must be positive.");
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
        set => _maxWeightNorm = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxWeightNorm must be positive.");
    }

    /// <summary>
    /// ε: in training, labels become (1 − ε)·y + ε/classes, as with PyTorch's <c>label_smoothing</c>; a single output's (1 − ε)·y + ε/2.
    /// Targets that are given as numbers, and <c>Loss</c> and <c>Evaluate</c>, know nothing of it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is not from 0 to 1.</exception>
    public double LabelSmoothing
    {
        get => _labelSmoothing;
        set => _labelSmoothing = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "LabelSmoothing must be from 0 to 1.");
    }

    /// <summary>
    /// What a sample of each class counts in training, empty for 1 each: the loss becomes Σwl/Σw, as with PyTorch's <c>weight</c>. [classes], two for a single output.
    /// <c>Loss</c> and <c>Evaluate</c> know nothing of it.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many as classes, or one is negative or not finite.</exception>
    public ReadOnlySpan<float> ClassWeights
    {
        get => _classWeights is null ? [] : _classWeights.Span;
        set
        {
            var classes = Math.Max(2, OutputSize);
            if (!value.IsEmpty && value.Length != classes)
                throw new ArgumentException($"{Name} has {classes} classes, got {value.Length} class weights.", nameof(value));
            CheckWeights(value, "class", nameof(value));
            _classWeights = value.IsEmpty ? null : new AlignedBuffer(classes);
            value.CopyTo(_classWeights is null ? [] : _classWeights.Span);
        }
    }

    /// <summary>How gradients, weights and activations fare; null unless the network is declared with <c>Health = true</c>.</summary>
    public virtual GradientHealth? Health => null;

    /// <summary>Updates made so far.</summary>
    public long StepCount { get; private protected set; }

    /// <summary>Dropout masks follow from it and from <see cref="BatchCount"/>.</summary>
    public ulong Seed { get; set; }

    /// <summary>Batches given to <c>Step</c> and <c>Backward</c> so far, and batches accumulated.</summary>
    public long BatchCount { get; internal set; }

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="labels">[samples] class numbers; with a single output, its targets 0 and 1.</param>
    /// <param name="sampleWeights">[samples] what each sample counts: the loss becomes Σwl/samples, as with Keras's <c>sample_weight</c>. Empty for 1 each.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as they were.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default)
    {
        CheckLabels(inputs.Length, labels, nameof(Step));
        if (!sampleWeights.IsEmpty)
            CheckSampleWeights(labels.Length, sampleWeights, nameof(Step));
        fixed (float* x = inputs, weights = sampleWeights)
        fixed (int* y = labels)
            return RunWhole(x, Weighted(y, null, labels, weights), labels.Length, update: true, nameof(Step));
    }

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="targets">[samples, outputs] wanted outputs, row by row.</param>
    /// <param name="sampleWeights">[samples] what each sample counts: the loss becomes Σwl/samples, as with Keras's <c>sample_weight</c>. Empty for 1 each.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as they were.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default)
    {
        var rows = CheckTargets(inputs.Length, targets.Length, nameof(Step));
        if (!sampleWeights.IsEmpty)
            CheckSampleWeights(rows, sampleWeights, nameof(Step));
        fixed (float* x = inputs, y = targets, weights = sampleWeights)
            return RunWhole(x, Weighted(null, y, [], weights), rows, update: true, nameof(Step));
    }

    /// <summary>Trains on one batch of a <see cref="Dataset"/>.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float Step(Batch batch) => batch.Labels.IsEmpty ? Step(batch.Inputs, batch.Targets) : Step(batch.Inputs, batch.Labels);

    /// <summary>Computes the gradients of one batch and keeps them, without changing the weights. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default)
    {
        CheckLabels(inputs.Length, labels, nameof(Backward));
        if (!sampleWeights.IsEmpty)
            CheckSampleWeights(labels.Length, sampleWeights, nameof(Backward));
        fixed (float* x = inputs, weights = sampleWeights)
        fixed (int* y = labels)
            return RunWhole(x, Weighted(y, null, labels, weights), labels.Length, update: false, nameof(Backward));
    }

    /// <summary>Computes the gradients of one batch and keeps them, without changing the weights. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default)
    {
        var rows = CheckTargets(inputs.Length, targets.Length, nameof(Backward));
        if (!sampleWeights.IsEmpty)
            CheckSampleWeights(rows, sampleWeights, nameof(Backward));
        fixed (float* x = inputs, y = targets, weights = sampleWeights)
            return RunWhole(x, Weighted(null, y, [], weights), rows, update: false, nameof(Backward));
    }

    /// <summary>
    /// Computes the gradients of a part of a batch and adds them to those of its other parts, without changing the weights (gradient accumulation
    /// over micro-batches). After the last part the gradients have the same bits as <c>Backward</c>'s of the whole batch, except that batch normalisation
    /// takes the statistics of each part. Allocates nothing.
    /// </summary>
    /// <param name="inputs">[samples of the part, inputs] features, row by row.</param>
    /// <param name="labels">[samples of the part] class numbers; with a single output, its targets 0 and 1.</param>
    /// <param name="batch">Samples of the whole batch, over which the loss is a mean. They may be more than <see cref="BatchSize"/>.</param>
    /// <returns>The part's share of the mean loss of the batch: the shares of all parts add up to it.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the parts have more samples than the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as they were, the gradients of the parts so far are lost.</exception>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int batch)
    {
        CheckLabels(inputs.Length, labels, nameof(Accumulate));
        if (_classWeights is not null)
            throw new InvalidOperationException($"{Name}.Accumulate cannot know the class weights of the whole batch: clear ClassWeights, and weigh the classes by drawing samples.");
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return RunPart(x, Weighted(y, null, labels, null), labels.Length, batch);
    }

    /// <inheritdoc cref="Accumulate(ReadOnlySpan{float}, ReadOnlySpan{int}, int)"/>
    /// <param name="inputs">[samples of the part, inputs] features, row by row.</param>
    /// <param name="targets">[samples of the part, outputs] wanted outputs, row by row.</param>
    /// <param name="batch">Samples of the whole batch, over which the loss is a mean. They may be more than <see cref="BatchSize"/>.</param>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, int batch)
    {
        var rows = CheckTargets(inputs.Length, targets.Length, nameof(Accumulate));
        fixed (float* x = inputs, y = targets)
            return RunPart(x, Plain(null, y), rows, batch);
    }

    /// <summary>Changes the weights by the gradients that <c>Backward</c> or <c>Accumulate</c> kept. <c>Step</c> does both at once, faster and with the same bits.</summary>
    /// <exception cref="InvalidOperationException">Parts of an accumulated batch are missing.</exception>
    /// <exception cref="NotFiniteNumberException">There is a <see cref="MaxGradientNorm"/> and the gradients have no finite norm. The weights are as they were.</exception>
    public void Update()
    {
        if (_accumulated < _accumulating)
            throw new InvalidOperationException($"{Name}.Update: {_accumulated} of the batch's {_accumulating} samples have been accumulated. Accumulate the others first, or state the true number.");
        UseKeptGradients();
    }

    /// <summary>Judges the network by data that it need not have seen. Changes nothing.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var outputs = new float[Math.Min(BatchSize, data.Count) * OutputSize];
        var (loss, correct) = (0.0, 0);
        foreach (var batch in data.Batches(BatchSize))
        {
            loss += batch.Count * (double)Loss(batch);
            if (!data.HasLabels)
                continue;
            var rows = outputs.AsSpan(0, batch.Count * OutputSize);
            Network.ForwardBatch(batch.Inputs, rows);
            for (var i = 0; i < batch.Count; i++)
            {
                var row = rows.Slice(i * OutputSize, OutputSize);
                var predicted = row.Length == 1 ? (row[0] > 0.5f ? 1 : 0) : Metrics.ArgMax(row);
                correct += predicted == batch.Labels[i] ? 1 : 0;
            }
        }
        return new Evaluation(loss / data.Count, data.HasLabels ? (double)correct / data.Count : double.NaN);
    }

    /// <summary>The mean loss of one batch. Changes nothing, allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        CheckLabels(inputs.Length, labels, nameof(Loss));
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return (float)LossOf(x, Plain(y, null), labels.Length);
    }

    /// <summary>The mean loss of one batch. Changes nothing, allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        var rows = CheckTargets(inputs.Length, targets.Length, nameof(Loss));
        fixed (float* x = inputs, y = targets)
            return (float)LossOf(x, Plain(null, y), rows);
    }

    float Loss(Batch batch) => batch.Labels.IsEmpty ? Loss(batch.Inputs, batch.Targets) : Loss(batch.Inputs, batch.Labels);

    /// <summary>The optimiser's own step size, whatever the schedule.</summary>
    internal abstract double BaseLearningRate { get; }

    /// <summary>The optimiser and its hyper-parameters in words, with another step size: the same for equal ones, in every culture.</summary>
    internal abstract string DescribeOptimizer(double learningRate);

    /// <summary>Goes on after so many updates and batches, with a step size.</summary>
    internal abstract void Resume(long stepCount, long batchCount, double learningRate);

    private protected abstract double LossOf(float* inputs, Targets targets, int rows);

    private protected abstract void UseKeptGradients();

    /// <summary>Computes the gradients of some rows, and uses them or keeps them.</summary>
    /// <param name="inputs">The rows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="before">Samples of the batch whose gradients are kept already; those of these rows are added.</param>
    /// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
    /// <param name="update">Whether the weights change.</param>
    /// <param name="method">For messages.</param>
    /// <returns>The part of the mean loss that the rows make up.</returns>
    private protected abstract float Run(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method);

    float RunWhole(float* inputs, Targets targets, int rows, bool update, string method)
    {
        _accumulated = _accumulating = 0;
        return Run(inputs, targets, rows, before: 0, samples: rows, update, method);
    }

    float RunPart(float* inputs, Targets targets, int rows, int batch)
    {
        // After the last part the next one begins another batch.
        var before = _accumulated < _accumulating ? _accumulated : 0;
        if (before > 0 && batch != _accumulating)
            throw new ArgumentException($"{Name}.Accumulate: a batch of {_accumulating} samples has begun, so this part cannot be of one of {batch}.", nameof(batch));
        if (rows > batch - before)
            throw new ArgumentException($"{Name}.Accumulate expects {batch - before} more samples of a batch of {batch}, got {rows}.", nameof(batch));
        _accumulated = _accumulating = 0;
        var loss = Run(inputs, targets, rows, before, batch, update: false, nameof(Accumulate));
        (_accumulated, _accumulating) = (before + rows, batch);
        return loss;
    }

    Targets Plain(int* labels, float* values)
    {
        _targets.Set(labels, values);
        return _targets;
    }

    /// <summary>Targets with what each counts in training.</summary>
    Targets Weighted(int* labels, float* values, ReadOnlySpan<int> classes, float* sampleWeights)
    {
        var targets = Plain(labels, values);
        if (_classWeights is not null)
            targets.Weigh((float)_labelSmoothing, _classWeights.Pointer, ClassFactor(classes), sampleWeights);
        else if (sampleWeights != null || _labelSmoothing != 0)
            targets.Weigh((float)_labelSmoothing, null, 1, sampleWeights);
        return targets;
    }

    /// <summary>Makes the class weights of a batch one on average.</summary>
    float ClassFactor(ReadOnlySpan<int> classes)
    {
        if (classes.IsEmpty && Network.Architecture.Loss != nameof(GenNet.Loss.CrossEntropy))
            throw new InvalidOperationException($"{Name} has class weights, so its trainer needs labels: give class numbers, or clear ClassWeights.");
        if (classes.IsEmpty)
            return 1;
        var total = 0.0;
        foreach (var label in classes)
            total += _classWeights!.Span[label];
        return total > 0 ? (float)(classes.Length / total) : 0;
    }

    void CheckSampleWeights(int rows, ReadOnlySpan<float> weights, string method)
    {
        if (weights.Length != rows)
            throw new ArgumentException($"{Name}.{method} expects {rows} sample weights, got {weights.Length}.", "sampleWeights");
        CheckWeights(weights, "sample", "sampleWeights");
    }

    void CheckWeights(ReadOnlySpan<float> weights, string of, string parameter)
    {
        for (var i = 0; i < weights.Length; i++)
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
                throw new ArgumentException($"{Name}: the weight of {of} {i} is {weights[i]}; weights are finite and not negative.", parameter);
    }

    // What every step checks throws by a method of its own: the text of a message would cost each call the room that it is put together in.

    void CheckLabels(int inputs, ReadOnlySpan<int> labels, string method)
    {
        CheckRows(inputs, labels.Length, method, nameof(labels));
        var classes = Math.Max(2, OutputSize);
        for (var i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)classes)
                throw LabelError(i, labels[i], method);
    }

    ArgumentOutOfRangeException LabelError(int sample, int label, string method) =>
        new("labels", label, $"{Name}.{method} expects labels from 0 to {Math.Max(2, OutputSize) - 1}, got {label} for sample {sample}.");

    int CheckTargets(int inputs, int targets, string method)
    {
        var rows = targets == OutputSize ? 1 : targets / OutputSize;
        if (rows * OutputSize != targets)
            throw TargetsError(targets, method);
        CheckRows(inputs, rows, method, nameof(targets));
        return rows;
    }

    ArgumentException TargetsError(int targets, string method) =>
        new($"{Name}.{method} expects {OutputSize} targets a sample, got {targets} in all.", nameof(targets));

    /// <summary>Throws unless a batch may have so many samples.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckBatch(int samples, string method, string parameter)
    {
        if (samples == 0 || samples > BatchSize || (samples == 1 && NormalizesBatch && method != nameof(Loss)))
            throw BatchError(samples, method, parameter);
    }

    ArgumentException BatchError(int samples, string method, string parameter) => new(
        samples switch
        {
            0 => $"{Name}.{method} expects at least one sample, got none.",
            1 => $"{Name}.{method} expects at least two samples, because one alone has no variance for batch normalisation; got one.",
            _ => $"{Name}.{method} takes up to {BatchSize} samples (the batch size of this trainer), got {samples}.",
        },
        parameter);

    void CheckRows(int inputs, int rows, string method, string parameter)
    {
        CheckBatch(rows, method, parameter);
        if (inputs != (long)rows * InputSize)
            throw InputsError(inputs, rows, method, parameter);
    }

    ArgumentException InputsError(int inputs, int rows, string method, string parameter) =>
        new($"{Name}.{method} expects {(long)rows * InputSize} inputs for the {parameter} of {rows} samples ({InputSize} a sample), got {inputs}.", nameof(inputs));

    /// <summary>Whether a layer needs the whole batch at a time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual bool NormalizesBatch => false;

    /// <summary>Takes over how another trainer weighs samples.</summary>
    private protected void CopyWeightsFrom(Trainer source) => (_labelSmoothing, _classWeights) = (source._labelSmoothing, source._classWeights);

    private protected string Name => Network.GetType().Name;
}
