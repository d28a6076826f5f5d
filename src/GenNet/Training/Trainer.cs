using System.ComponentModel;
using GenNet.Losses;

namespace GenNet;

/// <summary>
/// Trains a network: what it needs beside the weights (gradients, optimiser state, activations of one batch) and the training step.
/// One thread at a time may use it.
/// </summary>
public abstract unsafe class Trainer
{
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

    /// <summary>How gradients, weights and activations fare; null unless the network is declared with <c>Health = true</c>.</summary>
    public virtual GradientHealth? Health => null;

    /// <summary>Updates made so far.</summary>
    public long StepCount { get; private protected set; }

    /// <summary>Dropout masks follow from it and from <see cref="BatchCount"/>.</summary>
    public ulong Seed { get; set; }

    /// <summary>Batches given to <c>Step</c> and <c>Backward</c> so far.</summary>
    public long BatchCount { get; private protected set; }

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="labels">[samples] class numbers; with a single output, its targets 0 and 1.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as they were.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        CheckLabels(inputs.Length, labels, nameof(Step));
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return Run(x, new Targets(y), labels.Length, update: true, nameof(Step));
    }

    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="targets">[samples, outputs] wanted outputs, row by row.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as they were.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        var rows = CheckTargets(inputs.Length, targets.Length, nameof(Step));
        fixed (float* x = inputs, y = targets)
            return Run(x, new Targets(y), rows, update: true, nameof(Step));
    }

    /// <summary>Trains on one batch of a <see cref="Dataset"/>.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public float Step(Batch batch) => batch.Labels.IsEmpty ? Step(batch.Inputs, batch.Targets) : Step(batch.Inputs, batch.Labels);

    /// <summary>Computes the gradients of one batch and keeps them, without changing the weights. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        CheckLabels(inputs.Length, labels, nameof(Backward));
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return Run(x, new Targets(y), labels.Length, update: false, nameof(Backward));
    }

    /// <summary>Computes the gradients of one batch and keeps them, without changing the weights. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    /// <returns>The mean loss of the batch.</returns>
    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        var rows = CheckTargets(inputs.Length, targets.Length, nameof(Backward));
        fixed (float* x = inputs, y = targets)
            return Run(x, new Targets(y), rows, update: false, nameof(Backward));
    }

    /// <summary>Changes the weights by the gradients that <c>Backward</c> kept. <c>Step</c> does both at once, faster and with the same bits.</summary>
    public abstract void Update();

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
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        CheckLabels(inputs.Length, labels, nameof(Loss));
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return (float)LossOf(x, new Targets(y), labels.Length);
    }

    /// <summary>The mean loss of one batch. Changes nothing, allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        var rows = CheckTargets(inputs.Length, targets.Length, nameof(Loss));
        fixed (float* x = inputs, y = targets)
            return (float)LossOf(x, new Targets(y), rows);
    }

    float Loss(Batch batch) => batch.Labels.IsEmpty ? Loss(batch.Inputs, batch.Targets) : Loss(batch.Inputs, batch.Labels);

    private protected abstract double LossOf(float* inputs, Targets targets, int rows);

    private protected abstract float Run(float* inputs, Targets targets, int rows, bool update, string method);

    void CheckLabels(int inputs, ReadOnlySpan<int> labels, string method)
    {
        CheckRows(inputs, labels.Length, method, nameof(labels));
        var classes = Math.Max(2, OutputSize);
        for (var i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"{Name}.{method} expects labels from 0 to {classes - 1}, got {labels[i]} for sample {i}.");
    }

    int CheckTargets(int inputs, int targets, string method)
    {
        var outputs = OutputSize;
        if (targets % outputs != 0)
            throw new ArgumentException($"{Name}.{method} expects {outputs} targets a sample, got {targets} in all.", nameof(targets));
        CheckRows(inputs, targets / outputs, method, nameof(targets));
        return targets / outputs;
    }

    void CheckRows(int inputs, int rows, string method, string parameter)
    {
        if (rows == 0)
            throw new ArgumentException($"{Name}.{method} expects at least one sample, got none.", parameter);
        if (rows == 1 && NormalizesBatch && method != nameof(Loss))
            throw new ArgumentException($"{Name}.{method} expects at least two samples, because one alone has no variance for batch normalisation; got one.", parameter);
        if (rows > BatchSize)
            throw new ArgumentException($"{Name}.{method} takes up to {BatchSize} samples (the batch size of this trainer), got {rows}.", parameter);
        if (inputs != (long)rows * InputSize)
            throw new ArgumentException($"{Name}.{method} expects {(long)rows * InputSize} inputs for the {parameter} of {rows} samples ({InputSize} a sample), got {inputs}.", nameof(inputs));
    }

    /// <summary>Whether a layer needs the whole batch at a time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual bool NormalizesBatch => false;

    private protected string Name => Network.GetType().Name;
}
