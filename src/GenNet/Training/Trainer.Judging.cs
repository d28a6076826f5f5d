using GenNet.Runtime;

namespace GenNet;

// How good the network is.
public abstract unsafe partial class Trainer
{
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

    private protected abstract double LossOf(float* inputs, Targets targets, int rows, string method);
}
