namespace GenNet;

/// <summary>Judges one head by the samples that are added.</summary>
/// <param name="network">The network.</param>
/// <param name="head">The head.</param>
/// <param name="hasLengths">Whether samples are sequences of unequal lengths, of which steps that have outputs of their own are rows by themselves.</param>
sealed class HeadEvaluator(NetworkArchitecture network, NetworkHead head, bool hasLengths)
{
    readonly int _rowsOfSample = RowsOfSample(network, hasLengths);
    readonly OutputClasses _classes = new(network, head);
    readonly RegressionMetrics _errors = new(head.OutputCount / RowsOfSample(network, hasLengths));
    double _loss, _right;
    long _count;
    bool _judgesClasses;

    static int RowsOfSample(NetworkArchitecture network, bool hasLengths) => hasLengths ? network.OutputPositions : network.LabelSize;

    /// <summary>The head's name.</summary>
    public string Name => head.Name;

    /// <summary>The quality on all samples so far. Where no errors were added, they are NaN.</summary>
    public Evaluation Result => new(_loss / _count, _judgesClasses ? _right / _count : double.NaN)
    {
        RootMeanSquaredError = _errors.RootMeanSquaredError,
        MeanAbsoluteError = _errors.MeanAbsoluteError,
        RSquared = _errors.RSquared,
    };

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">Its samples.</param>
    /// <param name="outputs">[samples, outputs] what the network makes of them.</param>
    /// <param name="outputSize">Outputs of all heads.</param>
    /// <param name="loss">The head's mean loss.</param>
    public void Add(in Batch batch, ReadOnlySpan<float> outputs, int outputSize, float loss)
    {
        var labels = batch.Labels;
        _judgesClasses = !labels.IsEmpty || _classes.HaveTargets;

        // Steps that have classes of their own are rows, of which those count that have one.
        var (rows, rowSize, count) = (batch.Count * _rowsOfSample, head.OutputCount / _rowsOfSample, 0);
        for (var i = 0; i < rows; i++)
        {
            if (_rowsOfSample > 1 && !batch.Lengths.IsEmpty && i % _rowsOfSample >= batch.Lengths[i / _rowsOfSample])
                continue;
            var first = i / _rowsOfSample * outputSize + head.FirstOutput + i % _rowsOfSample * rowSize;
            var row = outputs.Slice(first, rowSize);
            if (!labels.IsEmpty)
            {
                if (labels[i] == Dataset.IgnoredLabel)
                    continue;
                _right += _classes.Right(row, labels[i]);
            }
            else
            {
                var targets = batch.Targets.Slice(first, rowSize);
                if (_classes.HaveTargets)
                    _right += _classes.Right(row, targets);
                if (head.TargetKind == TargetKind.Numbers)
                    _errors.AddBatch(targets, row);
            }
            count++;
        }
        _loss += count * (double)loss;
        _count += count;
    }
}
