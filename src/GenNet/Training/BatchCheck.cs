namespace GenNet;

/// <summary>
/// Checks what a training step is given. Each check throws by a method of its own: the text of a message would cost every call the room
/// that it is put together in.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="samples">Finds numbers that the network cannot learn from.</param>
/// <param name="batchSize">Most samples of a batch.</param>
/// <param name="normalizesSamples">Whether a batch of one sample has no variance that a layer needs.</param>
sealed class BatchCheck(INetwork network, SampleCheck samples, int batchSize, bool normalizesSamples)
{
    readonly int _inputs = network.InputSize, _outputs = network.OutputSize, _classes = samples.Classes, _labelsOfSample = samples.LabelSize;
    readonly bool _takesLabels = samples.TakesLabels;

    /// <summary>What the samples of the batch that is at work are called in messages.</summary>
    public SampleNumbers Numbers;

    string Name => network.GetType().Name;

    /// <summary>Steps of each sample that are there, where steps have classes of their own; null where all are.</summary>
    public int[]? Lengths;

    /// <summary>Throws unless there is a class number, or that of none, for each sample, or each of its steps; returns how many are classes.</summary>
    /// <param name="inputs">Number of features in all.</param>
    /// <param name="labels">[samples] class numbers, or [samples, steps].</param>
    /// <param name="method">For messages.</param>
    public int CheckLabels(int inputs, ReadOnlySpan<int> labels, string method)
    {
        if (!_takesLabels)
            throw HeadsError(method);
        if (labels.Length % _labelsOfSample != 0)
            throw LabelsError(labels.Length, method);
        CheckRows(inputs, labels.Length / _labelsOfSample, method, nameof(labels));
        var ignored = 0;
        for (var i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)_classes)
            {
                if (labels[i] != Dataset.IgnoredLabel)
                    throw LabelError(labels[i], i, method);
                ignored++;
            }
        return labels.Length - ignored;
    }

    ArgumentException HeadsError(string method) => samples.Refusal(samples.HeadsError(method), method);

    Exception LabelError(int label, int index, string method) => samples.Refusal(samples.LabelError(label, index, method, Numbers), method);

    ArgumentException LabelsError(int labels, string method) => samples.Refusal(
        new ArgumentException($"{Name}.{method} expects {_labelsOfSample} labels a sample, one for each {network.Architecture.PositionName}, got {labels} in all.", nameof(labels)), method);

    /// <summary>Throws unless there are targets that the loss takes for each sample; returns the number of samples.</summary>
    /// <param name="inputs">Number of features in all.</param>
    /// <param name="targets">[samples, outputs] targets.</param>
    /// <param name="method">For messages.</param>
    public int CheckTargets(int inputs, ReadOnlySpan<float> targets, string method)
    {
        var rows = targets.Length == _outputs ? 1 : targets.Length / _outputs;
        if (rows * _outputs != targets.Length)
            throw TargetsError(targets.Length, method);
        CheckRows(inputs, rows, method, nameof(targets));
        if (!samples.TakesAnyNumber)
            samples.CheckTargets(targets, method, Numbers, Lengths);
        return rows;
    }

    ArgumentException TargetsError(int targets, string method) =>
        samples.Refusal(new ArgumentException($"{Name}.{method} expects {_outputs} targets a sample, got {targets} in all.", nameof(targets)), method);

    /// <summary>Throws unless a batch may have so many samples.</summary>
    /// <param name="rows">Their number.</param>
    /// <param name="method">For messages.</param>
    /// <param name="parameter">The parameter that has them.</param>
    public void CheckBatch(int rows, string method, string parameter)
    {
        if (rows == 0 || rows > batchSize || (rows == 1 && normalizesSamples && method is not (nameof(Trainer.Loss) or nameof(Trainer.Evaluate))))
            throw BatchError(rows, method, parameter);
    }

    ArgumentException BatchError(int rows, string method, string parameter) => samples.Refusal(new ArgumentException(
        rows switch
        {
            0 => $"{Name}.{method} expects at least one sample, got none.",
            1 => $"{Name}.{method} expects at least two samples, because one alone has no variance for batch normalisation; got one.",
            _ => $"{Name}.{method} takes up to {batchSize} samples (the batch size of this trainer), got {rows}.",
        },
        parameter), method);

    /// <summary>Throws unless there are inputs of a batch.</summary>
    /// <param name="inputs">Number of features in all.</param>
    /// <param name="training">Whether layers compute as in training.</param>
    /// <param name="method">For messages.</param>
    public void CheckInputs(int inputs, bool training, string method)
    {
        if (inputs % _inputs != 0)
            throw new ArgumentException($"{Name}.{method} expects {_inputs} inputs a sample, got {inputs} in all.", nameof(inputs));
        CheckBatch(inputs / _inputs, training ? method : nameof(Trainer.Loss), nameof(inputs));
    }

    void CheckRows(int inputs, int rows, string method, string parameter)
    {
        CheckBatch(rows, method, parameter);
        if (inputs != (long)rows * _inputs)
            throw InputsError(inputs, rows, method, parameter);
    }

    ArgumentException InputsError(int inputs, int rows, string method, string parameter) => samples.Refusal(
        new ArgumentException($"{Name}.{method} expects {(long)rows * _inputs} inputs for the {parameter} of {rows} samples ({_inputs} a sample), got {inputs}.", nameof(inputs)), method);
}
