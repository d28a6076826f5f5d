using GenNet.Runtime;

namespace GenNet;

// How good the network is.
public abstract unsafe partial class Trainer
{
    /// <summary>Judges the network by data that it need not have seen, each head by itself where there are several. Changes nothing.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="NotFiniteNumberException">A feature or a target is not a finite number.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var outputs = new float[Math.Min(BatchSize, data.Count) * OutputSize];
        var loss = 0.0;
        HeadEvaluator[] heads = [.. Network.Architecture.Heads.Select(head => new HeadEvaluator(Network.Architecture, head))];
        HeadLosses = heads is [{ Name: "" }] ? null : new SampleSum[heads.Length];
        try
        {
            foreach (var batch in data.Batches(BatchSize))
            {
                HeadLosses?.AsSpan().Fill(new SampleSum());
                var mean = LossOf(batch);
                loss += batch.Count * (double)mean;
                var rows = outputs.AsSpan(0, batch.Count * OutputSize);
                Network.ForwardBatch(batch.Inputs, rows);
                for (var index = 0; index < heads.Length; index++)
                    heads[index].Add(batch, rows, OutputSize, HeadLosses is null ? mean : (float)HeadLosses[index].Total);
            }
        }
        finally
        {
            HeadLosses = null;
        }
        return heads is [{ Name: "" }]
            ? heads[0].Result
            : new Evaluation(loss / data.Count, double.NaN) { Heads = new Dictionary<string, Evaluation>(heads.Select(head => KeyValuePair.Create(head.Name, head.Result))) };
    }

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

    private protected abstract double LossOf(float* inputs, Targets targets, int rows, string method);
}
