using GenNet.Runtime;

namespace GenNet;

// Steps by the loss of the network, whole or in parts.
public abstract unsafe partial class Trainer
{
    /// <summary>Trains on one batch: forward, backward, update. Allocates nothing.</summary>
    /// <param name="inputs">[samples, inputs] features, row by row.</param>
    /// <param name="labels">
    /// [samples] class numbers; with a single output, its targets 0 and 1. [samples, steps] where each step has classes of its own (<see cref="NetworkArchitecture.LabelSize"/>).
    /// <see cref="Dataset.IgnoredLabel"/> does not count: the loss is the mean over the others, and 0 where there are none.
    /// </param>
    /// <param name="sampleWeights">[samples] what each sample counts: the loss becomes Σwl/samples, as with Keras's <c>sample_weight</c>. Empty for 1 each.</param>
    /// <param name="signedWeights">Whether weights may be negative, as the advantages of a policy gradient are: such a sample's loss is to become larger.</param>
    /// <returns>The mean loss of the batch before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there are more samples than <see cref="BatchSize"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number, or with a <see cref="MaxGradientNorm"/> the norm of the gradients.</exception>
    /// <remarks>Where it throws, all is as it was: weights, running statistics, the optimiser's state, kept gradients, counts, <see cref="Health"/>.</remarks>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default, bool signedWeights = false)
    {
        var counted = _check.CheckLabels(inputs.Length, labels, nameof(Step));
        var rows = labels.Length / LabelSize;
        if (!sampleWeights.IsEmpty)
            _weighting.CheckSampleWeights(rows, sampleWeights, signedWeights, nameof(Step));
        fixed (float* x = inputs, weights = sampleWeights)
        fixed (int* y = labels)
            return RunWhole(x, _weighting.Weighted(_weighting.Plain(y, rows, counted), labels, weights), rows, update: true, nameof(Step));
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
            return RunWhole(x, _weighting.Weighted(_weighting.Plain(y, rows), [], weights), rows, update: true, nameof(Step));
    }

    /// <summary>Trains on one batch of a <see cref="Dataset"/>.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, bool)"/>
    public float Step(Batch batch)
    {
        _check.Numbers = batch.Numbers;
        try
        {
            if (batch.IsWhole)
                return batch.Labels.IsEmpty ? Step(batch.Inputs, batch.Targets, batch.SampleWeights) : Step(batch.Inputs, batch.Labels, batch.SampleWeights);
            return batch.Labels.IsEmpty ? Step(batch.Inputs, batch.Targets, SequencesOf(batch, nameof(Step)), batch.SampleWeights) : Step(batch.Inputs, batch.Labels, SequencesOf(batch, nameof(Step)), batch.SampleWeights);
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
        var counted = _check.CheckLabels(inputs.Length, labels, nameof(Backward));
        var rows = labels.Length / LabelSize;
        if (!sampleWeights.IsEmpty)
            _weighting.CheckSampleWeights(rows, sampleWeights, signedWeights, nameof(Backward));
        fixed (float* x = inputs, weights = sampleWeights)
        fixed (int* y = labels)
            return RunWhole(x, _weighting.Weighted(_weighting.Plain(y, rows, counted), labels, weights), rows, update: false, nameof(Backward));
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
            return RunWhole(x, _weighting.Weighted(_weighting.Plain(y, rows), [], weights), rows, update: false, nameof(Backward));
    }

    /// <summary>
    /// Computes the gradients of a part of a batch and adds them to those of its other parts, without changing the weights (gradient accumulation
    /// over micro-batches). After the last part the gradients have the same bits as <c>Backward</c>'s of the whole batch, except that batch normalisation
    /// takes the statistics of each part, and sums its own gradients over one part after the other. Allocates nothing once a batch of so many samples has begun.
    /// </summary>
    /// <param name="inputs">[samples of the part, inputs] features, row by row.</param>
    /// <param name="labels">[samples of the part] class numbers, or one for each step, all of which count; with a single output, its targets 0 and 1.</param>
    /// <param name="batch">Samples of the whole batch, over which the loss is a mean. They may be more than <see cref="BatchSize"/>.</param>
    /// <returns>The part's share of the mean loss of the batch: the shares of all parts add up to it.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the parts have more samples than the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. All is as it was: the parts so far are still kept.</exception>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int batch)
    {
        if (_check.CheckLabels(inputs.Length, labels, nameof(Accumulate)) < labels.Length)
            throw _samples.Refusal(new ArgumentException(
                $"{Name}.Accumulate cannot know over how many labels of the whole batch the loss is a mean, as some of this part are {nameof(Dataset)}.{nameof(Dataset.IgnoredLabel)}: say how many labels of the batch count.", nameof(labels)));
        return AccumulateLabels(inputs, labels, batch, (long)batch * LabelSize);
    }

    /// <inheritdoc cref="Accumulate(ReadOnlySpan{float}, ReadOnlySpan{int}, int)"/>
    /// <param name="inputs">[samples of the part, inputs] features, row by row.</param>
    /// <param name="labels">[samples of the part] class numbers, or one for each step, some of which may be <see cref="Dataset.IgnoredLabel"/>.</param>
    /// <param name="batch">Samples of the whole batch. They may be more than <see cref="BatchSize"/>.</param>
    /// <param name="counted">Labels of the whole batch that count, over which the loss is a mean: the same for each part.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the network, or <paramref name="counted"/> is less than the part has or more than a batch can have.</exception>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int batch, int counted)
    {
        var own = _check.CheckLabels(inputs.Length, labels, nameof(Accumulate));
        if (counted < own || counted > (long)batch * LabelSize)
            throw _samples.Refusal(new ArgumentOutOfRangeException(nameof(counted), counted,
                $"{Name}.Accumulate: {own} labels of this part count, and a batch of {batch} samples has {(long)batch * LabelSize} at most, so {counted} cannot be how many of the whole batch do."));
        return AccumulateLabels(inputs, labels, batch, counted);
    }

    float AccumulateLabels(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int batch, long counted)
    {
        if (_weighting.WeighsClasses)
            throw _samples.Refusal(new InvalidOperationException($"{Name}.Accumulate cannot know the class weights of the whole batch: clear ClassWeights, and weigh the classes by drawing samples."));
        fixed (float* x = inputs)
        fixed (int* y = labels)
            return RunPart(x, _weighting.Weighted(_weighting.Plain(y, batch, counted), labels, null), labels.Length / LabelSize, batch);
    }

    /// <inheritdoc cref="Accumulate(ReadOnlySpan{float}, ReadOnlySpan{int}, int)"/>
    /// <param name="inputs">[samples of the part, inputs] features, row by row.</param>
    /// <param name="targets">[samples of the part, outputs] wanted outputs, row by row.</param>
    /// <param name="batch">Samples of the whole batch, over which the loss is a mean. They may be more than <see cref="BatchSize"/>.</param>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, int batch)
    {
        var rows = _check.CheckTargets(inputs.Length, targets, nameof(Accumulate));
        fixed (float* x = inputs, y = targets)
            return RunPart(x, _weighting.Weighted(_weighting.Plain(y, rows), [], null), rows, batch);
    }

    /// <summary>Changes the weights by the gradients that <c>Backward</c> or <c>Accumulate</c> kept, and uses them up. <c>Step</c> does both at once, faster and with the same bits.</summary>
    /// <exception cref="InvalidOperationException">No gradients are kept, or parts of an accumulated batch are missing.</exception>
    /// <exception cref="NotFiniteNumberException">There is a <see cref="MaxGradientNorm"/> and the gradients have no finite norm. All is as it was.</exception>
    public void Update()
    {
        if (Meeting is not null)
        {
            UpdateOnRank();
            return;
        }
        Kept.CheckWhole();
        UseKeptGradients();
        Kept.Forget();
    }

    private protected abstract void UseKeptGradients();

    /// <summary>Makes room, outside of any step, for gradients that are kept while a step that may yet be refused computes others.</summary>
    private protected abstract void PrepareToRestore();

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
        if (GradientsOfInputs is not null)
        {
            CheckApart(inputs, rows * InputSize, method);
            if (targets.Values != null)
                CheckApart(targets.Values, rows * OutputSize, method);
        }
        _samplesOfGradients = 0;
        var loss = Meeting is null ? Run(inputs, targets, rows, before, samples, update, method) : RunTogether(inputs, targets, rows, before, samples, update, method);
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

    int KeptBefore(int rows, int batch)
    {
        try
        {
            return Kept.Before(rows, batch);
        }
        catch (ArgumentException e)
        {
            TellFailure(e);
            throw;
        }
    }

    float RunPart(float* inputs, Targets targets, int rows, int batch)
    {
        var before = KeptBefore(rows, batch);
        var loss = RunCounted(inputs, targets, rows, before, batch, update: false, nameof(Accumulate));
        Kept.KeepPart(before, rows, batch);
        return loss;
    }
}
