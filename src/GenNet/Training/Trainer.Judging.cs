using GenNet.Runtime;

namespace GenNet;

// How good the network is.
public abstract unsafe partial class Trainer
{
    /// <summary>Judges the network by data that it need not have seen, each head by itself where there are several. Changes nothing.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network, or none of their labels counts (<see cref="Dataset.IgnoredLabel"/>).</exception>
    /// <exception cref="NotFiniteNumberException">A feature or a target is not a finite number.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _samples.CheckCounted(data.LabelsThere, nameof(Evaluate), "data");
        var judges = new Judges(Network.Architecture, data);
        var outputs = new float[Math.Min(BatchSize, data.Count) * OutputSize];
        var losses = new float[judges.LossCount];
        foreach (var batch in data.Batches(BatchSize))
        {
            var rows = outputs.AsSpan(0, batch.Count * OutputSize);
            Judge(batch, rows, losses);
            judges.Add(batch, rows, losses);
        }
        return judges.Result;
    }

    /// <summary>Computes what a batch is judged by.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">[samples, outputs] what the network makes of it, written.</param>
    /// <param name="losses">Its mean loss, and where there are several heads that of each, written.</param>
    internal void Judge(Batch batch, Span<float> outputs, Span<float> losses)
    {
        HeadLosses = losses.Length == 1 ? null : new SampleSum[losses.Length - 1];
        try
        {
            HeadLosses?.AsSpan().Fill(new SampleSum());
            fixed (float* judged = outputs)
            {
                Judged = IsJudgedApart ? null : judged;
                losses[0] = LossOf(batch);
                if (IsJudgedApart && !batch.IsWhole)
                {
                    Judged = judged;
                    OutputsOf(batch);
                }
            }

            if (IsJudgedApart && batch.IsWhole)
                Network.ForwardBatch(batch.Inputs, outputs);
            for (var head = 1; head < losses.Length; head++)
                losses[head] = (float)HeadLosses![head - 1].Total;
        }
        finally
        {
            HeadLosses = null;
            Judged = null;
        }
    }

    /// <summary>
    /// Whether the outputs that are judged are computed by themselves: inference folds batch normalisation into the layer below, which has other bits, and the loss of a softmax that is not the cross-entropy's
    /// leaves no z from which they could be completed.
    /// </summary>
    bool IsJudgedApart => _isJudgedApart ??= NormalizesBatch || Array.Exists(Network.Architecture.HeadArray, head =>
        head.Loss != nameof(GenNet.Loss.CrossEntropy) && Array.Exists(Network.Architecture.LayerArray[head.Layers], layer => layer.Activation.BuiltIn == Activation.Softmax));

    bool? _isJudgedApart;

    /// <summary>[samples, outputs] where the outputs of the batch that is judged go; null where nobody asks.</summary>
    private protected float* Judged;

    /// <summary>The loss of each head, without its weight, of the batch that is judged; null where nobody asks.</summary>
    private protected SampleSum[]? HeadLosses;

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
            if (batch.IsWhole)
                return batch.Labels.IsEmpty ? LossOf(batch.Inputs, batch.Targets, nameof(Evaluate)) : LossOf(batch.Inputs, batch.Labels, nameof(Evaluate));
            using var told = Tell(SequencesOf(batch, nameof(Evaluate)), batch.Inputs.Length, nameof(Evaluate));
            if (batch.Labels.IsEmpty)
                return LossOf(told.Inputs(batch.Inputs), told.Targets(batch.Targets), nameof(Evaluate));
            CheckLabels(nameof(Evaluate));
            return LossOf(told.Inputs(batch.Inputs), told.Labels(batch.Labels), nameof(Evaluate));
        }
        finally
        {
            _check.Numbers = default;
        }
    }

    /// <summary>The outputs of sequences of which there is something to be said, which inference by itself does not take.</summary>
    void OutputsOf(Batch batch)
    {
        using var told = Tell(SequencesOf(batch, nameof(Evaluate)), batch.Inputs.Length, nameof(Evaluate));
        fixed (float* x = told.Inputs(batch.Inputs))
            OutputsOf(x, batch.Count);
    }

    private protected abstract void OutputsOf(float* inputs, int rows);

    float LossOf(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, string method)
    {
        var counted = _check.CheckLabels(inputs.Length, labels, method);
        var rows = labels.Length / LabelSize;
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return (float)LossOf(x, _weighting.Plain(y, rows, counted), rows, method);
    }

    float LossOf(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, string method)
    {
        var rows = _check.CheckTargets(inputs.Length, targets, method);
        fixed (float* x = inputs, y = targets)
            return (float)LossOf(x, _weighting.Plain(y, rows), rows, method);
    }

    private protected abstract double LossOf(float* inputs, Targets targets, int rows, string method);
}
