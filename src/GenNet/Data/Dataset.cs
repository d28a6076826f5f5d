using System.Globalization;

namespace GenNet;

/// <summary>Samples in memory, each with a class label or with target values.</summary>
/// <remarks>
/// <para>The arrays given are kept, not copied: do not change them afterwards.</para>
/// <para>Enumerating batches from several threads at once is safe.</para>
/// <example>
/// An epoch, which allocates nothing once the first has run:
/// <code>
/// foreach (var batch in train.Shuffled(epochSeed).Batches(128))
///     trainer.Step(batch.Inputs, batch.Labels);
/// </code>
/// </example>
/// </remarks>
public sealed class Dataset
{
    readonly ReadOnlyMemory<float> _inputs;
    readonly ReadOnlyMemory<int> _labels;
    readonly ReadOnlyMemory<float> _targets;
    ShuffleBuffer? _spareBuffer;

    /// <summary>More than any network has outputs; sorting by class takes memory for each.</summary>
    const int MostClasses = 1 << 24;

    readonly ReadOnlyMemory<float> _sampleWeights;

    /// <summary>The samples' numbers in the dataset that this one is a part of; null where it is none.</summary>
    internal int[]? Origins { get; private init; }

    /// <summary>Samples with a class each.</summary>
    /// <param name="inputs">[samples, <paramref name="inputSize"/>] features, row by row.</param>
    /// <param name="inputSize">Features of one sample.</param>
    /// <param name="labels">[samples] class numbers, from 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit, or a label is out of range.</exception>
    public Dataset(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<int> labels, int classCount)
        : this(inputs, inputSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, MostClasses);
        if (labels.Length != Count)
            throw new ArgumentException($"{Count} samples need {Count} labels, got {labels.Length}.", nameof(labels));
        var outside = labels.Span.IndexOfAnyExceptInRange(0, classCount - 1);
        if (outside >= 0)
            throw new ArgumentException($"Label {labels.Span[outside]} of sample {outside} is not in 0…{classCount - 1}. Labels are class numbers; what a regression is to predict are targets: pass them as floats.", nameof(labels));
        (_labels, ClassCount) = (labels, classCount);
    }

    /// <summary>Samples with target values each.</summary>
    /// <param name="inputs">[samples, <paramref name="inputSize"/>] features, row by row.</param>
    /// <param name="inputSize">Features of one sample.</param>
    /// <param name="targets">[samples, <paramref name="targetSize"/>] wanted outputs, row by row.</param>
    /// <param name="targetSize">Target values of one sample.</param>
    /// <exception cref="ArgumentException">There is no sample, or a length does not fit.</exception>
    public Dataset(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<float> targets, int targetSize)
        : this(inputs, inputSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetSize);
        var expected = (long)Count * targetSize;
        if (targets.Length != expected)
            throw new ArgumentException($"{Count} samples of {targetSize} targets need {expected} values, got {targets.Length}.", nameof(targets));
        (_targets, TargetSize) = (targets, targetSize);
    }

    /// <summary>Other samples of the same kind: of labels or targets, with or without weights.</summary>
    Dataset(Dataset kind, ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<int> labels, ReadOnlyMemory<float> targets, ReadOnlyMemory<float> sampleWeights)
        : this(inputs, inputSize)
    {
        (_labels, _targets, _sampleWeights) = (labels, targets, sampleWeights);
        (ClassCount, TargetSize) = (kind.ClassCount, kind.TargetSize);
    }

    Dataset(ReadOnlyMemory<float> inputs, int inputSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        if (inputs.IsEmpty)
            throw new ArgumentException("A dataset needs at least one sample, got none.", nameof(inputs));
        if (inputs.Length % inputSize != 0)
            throw new ArgumentException($"{inputs.Length} input values are not whole samples of {inputSize}.", nameof(inputs));
        (_inputs, InputSize, Count) = (inputs, inputSize, inputs.Length / inputSize);
    }

    /// <summary>Samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>Features of one sample.</summary>
    public int InputSize { get; }

    /// <summary>Target values of one sample; 0 where samples have labels.</summary>
    public int TargetSize { get; }

    /// <summary>Number of classes; 0 where samples have targets.</summary>
    public int ClassCount { get; }

    /// <summary>Whether samples have labels rather than targets.</summary>
    public bool HasLabels => ClassCount > 0;

    /// <summary>[<see cref="Count"/>, <see cref="InputSize"/>] features, row by row.</summary>
    public ReadOnlySpan<float> Inputs => _inputs.Span;

    /// <summary>[<see cref="Count"/>] class numbers; empty where samples have targets.</summary>
    public ReadOnlySpan<int> Labels => _labels.Span;

    /// <summary>[<see cref="Count"/>, <see cref="TargetSize"/>] wanted outputs, row by row; empty where samples have labels.</summary>
    public ReadOnlySpan<float> Targets => _targets.Span;

    /// <summary>[<see cref="Count"/>] what each sample counts in training; empty where all count the same.</summary>
    public ReadOnlySpan<float> SampleWeights => _sampleWeights.Span;

    /// <summary>The sizes of the dataset: <c>Dataset { Count = 60000, InputSize = 784, ClassCount = 10 }</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Dataset {{ Count = {Count}, InputSize = {InputSize}, {(HasLabels ? nameof(ClassCount) : nameof(TargetSize))} = {(HasLabels ? ClassCount : TargetSize)} }}");

    /// <summary>All samples in their order, in batches that are views of this dataset.</summary>
    /// <param name="batchSize">Samples of a batch.</param>
    /// <param name="dropLast">Whether a last batch of fewer samples is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    public BatchSequence Batches(int batchSize, bool dropLast = false) => new(this, batchSize, dropLast, null, null);

    /// <summary>All samples in the random order of <paramref name="seed"/>. Take another seed for each epoch.</summary>
    public SampledDataset Shuffled(ulong seed) => new(this, null, seed);

    /// <summary>
    /// The same samples, each of which counts as much as its weight in <c>Fit</c> and in <c>Step(batch)</c>: the loss of a batch becomes Σwl/samples, as with Keras's
    /// <c>sample_weight</c>. What judges a network, <c>Evaluate</c> and validation, knows nothing of it. Parts of these samples keep their weights.
    /// </summary>
    /// <param name="weights">[<see cref="Count"/>] weights; empty for 1 each.</param>
    /// <exception cref="ArgumentException">There are not as many as samples, or one is negative or not finite.</exception>
    public Dataset WithSampleWeights(ReadOnlyMemory<float> weights)
    {
        if (!weights.IsEmpty && weights.Length != Count)
            throw new ArgumentException($"{Count} samples need {Count} weights, got {weights.Length}.", nameof(weights));
        for (var i = 0; i < weights.Length; i++)
            if (!(weights.Span[i] >= 0 && float.IsFinite(weights.Span[i])))
                throw new ArgumentException($"The weight of sample {i} is {weights.Span[i]}; weights are finite and not negative.", nameof(weights));
        return new(this, _inputs, InputSize, _labels, _targets, weights) { Origins = Origins };
    }

    /// <summary>As many samples as there are, chosen and put in order by <paramref name="seed"/>. Take another seed for each epoch.</summary>
    /// <exception cref="ArgumentException">The sampling does not fit: it needs labels, or has another number of weights.</exception>
    public SampledDataset Sampled(Sampling sampling, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        sampling.Check(this);
        return new(this, sampling, seed);
    }

    /// <summary>The samples with the numbers <paramref name="indices"/>, in that order, copied.</summary>
    /// <exception cref="ArgumentException">There is no index, or one is not below <see cref="Count"/>.</exception>
    public Dataset Subset(ReadOnlySpan<int> indices)
    {
        var outside = indices.IndexOfAnyExceptInRange(0, Count - 1);
        if (outside >= 0)
            throw new ArgumentException($"Sample {indices[outside]} was asked for, but there are samples 0…{Count - 1}.", nameof(indices));
        if ((long)indices.Length * Math.Max(InputSize, TargetSize) > Array.MaxLength)
            throw new ArgumentException($"{indices.Length} samples of {InputSize} features and {TargetSize} targets do not fit one array.", nameof(indices));
        return new(
            this,
            GatherRows(Inputs, InputSize, indices),
            InputSize,
            HasLabels ? GatherRows(Labels, 1, indices) : default(ReadOnlyMemory<int>),
            HasLabels ? default(ReadOnlyMemory<float>) : GatherRows(Targets, TargetSize, indices),
            _sampleWeights.IsEmpty ? default(ReadOnlyMemory<float>) : GatherRows(SampleWeights, 1, indices));
    }

    /// <summary>A part of this dataset, copied, whose samples messages call by their numbers here.</summary>
    internal Dataset Part(int[] indices)
    {
        var part = Subset(indices);
        return new(part, part._inputs, InputSize, part._labels, part._targets, part._sampleWeights) { Origins = indices };
    }

    /// <summary>The samples of some classes, in their order, copied. Class <c>classes[i]</c> becomes class <c>i</c>.</summary>
    /// <exception cref="ArgumentException">No class is given, one is given twice, is not below <see cref="ClassCount"/>, or none has a sample.</exception>
    /// <exception cref="InvalidOperationException">Samples have targets, not labels.</exception>
    public Dataset WithClasses(params int[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        RequireLabels();
        if (classes.Length == 0)
            throw new ArgumentException("Choose at least one class.", nameof(classes));
        var renumbered = new int[ClassCount];
        Array.Fill(renumbered, -1);
        for (var i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)ClassCount)
                throw new ArgumentException($"Class {classes[i]} is not in 0…{ClassCount - 1}.", nameof(classes));
            if (renumbered[classes[i]] >= 0)
                throw new ArgumentException($"Class {classes[i]} is given twice.", nameof(classes));
            renumbered[classes[i]] = i;
        }

        var indices = new List<int>();
        var chosenLabels = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            var label = renumbered[Labels[i]];
            if (label < 0)
                continue;
            indices.Add(i);
            chosenLabels.Add(label);
        }
        if (indices.Count == 0)
            throw new ArgumentException($"No sample is of class {string.Join(", ", classes)}.", nameof(classes));
        var chosen = indices.ToArray();
        return new Dataset(GatherRows(Inputs, InputSize, chosen), InputSize, chosenLabels.ToArray(), classes.Length)
            .WithSampleWeights(_sampleWeights.IsEmpty ? default(ReadOnlyMemory<float>) : GatherRows(SampleWeights, 1, chosen));
    }

    /// <summary>Divides the samples at random in two, copied: <paramref name="fraction"/> of them, rounded, and the others.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> leaves one part without a sample.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, ulong seed)
    {
        var (first, second) = SplitIndices(fraction, seed);
        return (Subset(first), Subset(second));
    }

    internal (int[] First, int[] Second) SplitIndices(double fraction, ulong seed)
    {
        var count = PartOf(Count, fraction);
        var order = new int[Count];
        Permute(order, seed);
        return (order[..count], order[count..]);
    }

    /// <summary>How many samples a part of them is.</summary>
    internal static int PartOf(int samples, double fraction)
    {
        var count = Math.Round(fraction * samples);
        return count >= 1 && count <= samples - 1 ? (int)count
            : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, $"This part of {samples} samples leaves one side empty.");
    }

    /// <summary>Divides the samples at random for k-fold cross-validation. The sizes of the parts differ by one at most.</summary>
    /// <param name="count">Number of folds k, from 2 to <see cref="Count"/>: each is trained on (k − 1)/k of the samples and judged by the others.</param>
    /// <param name="seed">Which samples are together.</param>
    /// <param name="stratified">Whether each part has its share of every class, to within one sample. A class of fewer than k samples is missing from some parts.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 2 or more than <see cref="Count"/>.</exception>
    /// <exception cref="InvalidOperationException">Stratified, but samples have targets, not labels.</exception>
    public IReadOnlyList<Fold> Folds(int count, ulong seed, bool stratified = false)
    {
        if (count < 2 || count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{Count} samples are divided in 2 to {Count} folds.");
        var order = new int[Count];
        Permute(order, seed);
        if (stratified)
        {
            RequireLabels();
            var sorted = new int[Count];
            ClassOrder.Sort(GatherRows(Labels, 1, order), new int[ClassCount + 1], sorted);
            order = GatherRows<int>(order, 1, sorted);
        }

        // Dealt out like cards: neighbours, of one class where they are sorted, go to different parts.
        var part = new int[Count];
        for (var i = 0; i < order.Length; i++)
            part[order[i]] = i % count;
        var (parts, filled) = (new int[count][], new int[count]);
        for (var i = 0; i < count; i++)
            parts[i] = new int[(Count - 1 - i) / count + 1];
        for (var sample = 0; sample < Count; sample++)
            parts[part[sample]][filled[part[sample]]++] = sample;
        return [.. parts.Select((validation, i) => new Fold(this, i + 1, validation))];
    }

    /// <summary>The same samples with targets: 1 for the sample's class and 0 for the others.</summary>
    /// <exception cref="InvalidOperationException">Samples have targets, not labels, or there would be more targets than fit one array.</exception>
    public Dataset OneHot()
    {
        RequireLabels();
        if ((long)Count * ClassCount > Array.MaxLength)
            throw new InvalidOperationException($"{Count} samples of {ClassCount} classes make more targets than fit one array. Train on the labels.");
        var values = new float[Count * ClassCount];
        for (var i = 0; i < Count; i++)
            values[i * ClassCount + Labels[i]] = 1;
        return new Dataset(_inputs, InputSize, values, ClassCount).WithSampleWeights(_sampleWeights);
    }

    /// <summary>The same labels or targets with other features of the same number of samples.</summary>
    internal Dataset WithInputs(float[] values, int inputSize) => new(this, values, inputSize, _labels, _targets, _sampleWeights) { Origins = Origins };

    internal static void Permute(Span<int> order, ulong seed)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        ShufflingStream(seed).Shuffle(order);
    }

    internal static RandomStream ShufflingStream(ulong seed) => new RandomStream(seed).SplitFor(RandomPurpose.Shuffling);

    /// <summary>A buffer that nobody else holds: a second enumeration that runs meanwhile gets one of its own.</summary>
    internal ShuffleBuffer TakeBuffer(int batchSize)
    {
        var rows = Math.Min(batchSize, Count);
        var buffer = Interlocked.Exchange(ref _spareBuffer, null);
        return buffer?.Rows >= rows ? buffer : new ShuffleBuffer(this, rows);
    }

    internal void ReturnBuffer(ShuffleBuffer buffer) => Volatile.Write(ref _spareBuffer, buffer);

    static T[] GatherRows<T>(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> indices)
    {
        var rows = new T[indices.Length * size];
        GatherRows(source, size, indices, rows);
        return rows;
    }

    internal static void GatherRows<T>(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> indices, Span<T> rows)
    {
        for (var i = 0; i < indices.Length; i++)
            source.Slice(indices[i] * size, size).CopyTo(rows.Slice(i * size, size));
    }

    void RequireLabels()
    {
        if (!HasLabels)
            throw new InvalidOperationException("This needs a dataset with labels; this one has targets.");
    }
}
