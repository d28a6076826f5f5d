using System.Globalization;

namespace GenNet;

/// <summary>Samples in memory, each with a class label, one for each of its steps, or target values.</summary>
/// <remarks>
/// <para>The arrays given are kept, not copied: do not change them afterwards. Features that are given as bytes stay bytes, a quarter of the memory, until a batch is drawn.</para>
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
    readonly ReadOnlyMemory<int> _labels;
    readonly ReadOnlyMemory<float> _targets;
    BatchBuffer? _spareBuffer;

    /// <summary>The label of a sample, or of a step, that does not count: neither in a loss nor in an accuracy. PyTorch's default <c>ignore_index</c>.</summary>
    public const int IgnoredLabel = -100;

    /// <summary>More than any network has outputs; sorting by class takes memory for each.</summary>
    const int MostClasses = 1 << 24;

    readonly ReadOnlyMemory<float> _sampleWeights;

    /// <summary>Where the inputs lie, and how rows are made of them.</summary>
    internal Features Features { get; }

    /// <summary>How images are altered in training; null where they are not.</summary>
    internal Augmenter? Augmenter { get; private init; }

    /// <summary>The samples' numbers in the dataset that this one is a part of; null where it is none.</summary>
    internal int[]? Origins { get; private init; }

    /// <summary>Samples with a class each, or with one for each step.</summary>
    /// <param name="inputs">[samples, <paramref name="inputSize"/>] features, row by row.</param>
    /// <param name="inputSize">Features of one sample.</param>
    /// <param name="labels">[samples, <paramref name="labelSize"/>] class numbers, from 0 to <paramref name="classCount"/> − 1, or <see cref="IgnoredLabel"/>.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="labelSize">Labels of one sample: one for each step, for a network that gives each step classes (<see cref="NetworkArchitecture.LabelSize"/>).</param>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit, or a label is out of range.</exception>
    public Dataset(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<int> labels, int classCount, int labelSize = 1)
        : this(new FloatFeatures(inputs, inputSize), labels, classCount, labelSize)
    {
    }

    /// <summary>Samples with target values each.</summary>
    /// <param name="inputs">[samples, <paramref name="inputSize"/>] features, row by row.</param>
    /// <param name="inputSize">Features of one sample.</param>
    /// <param name="targets">[samples, <paramref name="targetSize"/>] wanted outputs, row by row.</param>
    /// <param name="targetSize">Target values of one sample.</param>
    /// <exception cref="ArgumentException">There is no sample, or a length does not fit.</exception>
    public Dataset(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<float> targets, int targetSize)
        : this(new FloatFeatures(inputs, inputSize), targets, targetSize)
    {
    }

    /// <summary>Samples of bytes, with a class each. Batches have features 0…1, unless <see cref="WithScale"/> or a <see cref="Standardizer"/> says otherwise.</summary>
    /// <inheritdoc cref="Dataset(ReadOnlyMemory{float}, int, ReadOnlyMemory{int}, int, int)"/>
    public Dataset(ReadOnlyMemory<byte> inputs, int inputSize, ReadOnlyMemory<int> labels, int classCount, int labelSize = 1)
        : this(new ByteFeatures(inputs, inputSize), labels, classCount, labelSize)
    {
    }

    /// <summary>Samples of bytes, with target values each. Batches have features 0…1, unless <see cref="WithScale"/> or a <see cref="Standardizer"/> says otherwise.</summary>
    /// <inheritdoc cref="Dataset(ReadOnlyMemory{float}, int, ReadOnlyMemory{float}, int)"/>
    public Dataset(ReadOnlyMemory<byte> inputs, int inputSize, ReadOnlyMemory<float> targets, int targetSize)
        : this(new ByteFeatures(inputs, inputSize), targets, targetSize)
    {
    }

    Dataset(Features features, ReadOnlyMemory<int> labels, int classCount, int labelSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, MostClasses);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(labelSize);
        var expected = (long)features.Count * labelSize;
        if (labels.Length != expected)
            throw new ArgumentException($"{features.Count} samples{(labelSize == 1 ? "" : $" of {labelSize} labels")} need {expected} labels, got {labels.Length}.", nameof(labels));
        if (IndexOfNoClass(labels.Span, classCount) is >= 0 and var outside)
            throw new ArgumentException(
                $"Label {labels.Span[outside]} of sample {outside / labelSize}{(labelSize == 1 ? "" : $", step {outside % labelSize},")} is not in 0…{classCount - 1}. "
                + "Labels are class numbers; what a regression is to predict are targets: pass them as floats.", nameof(labels));
        (Features, _labels, ClassCount, LabelSize) = (features, labels, classCount, labelSize);
    }

    /// <summary>The index of the first label that is neither a class nor <see cref="IgnoredLabel"/>; −1 where there is none.</summary>
    internal static int IndexOfNoClass(ReadOnlySpan<int> labels, int classes)
    {
        var index = 0;
        while (labels[index..].IndexOfAnyExceptInRange(0, classes - 1) is >= 0 and var next)
        {
            index += next;
            if (labels[index] != IgnoredLabel)
                return index;
            index++;
        }
        return -1;
    }

    Dataset(Features features, ReadOnlyMemory<float> targets, int targetSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetSize);
        var expected = (long)features.Count * targetSize;
        if (targets.Length != expected)
            throw new ArgumentException($"{features.Count} samples of {targetSize} targets need {expected} values, got {targets.Length}.", nameof(targets));
        (Features, _targets, TargetSize) = (features, targets, targetSize);
    }

    /// <summary>Other samples of the same kind: of labels or targets, with or without weights, images that are altered in the same way.</summary>
    Dataset(Dataset kind, Features features, ReadOnlyMemory<int> labels, ReadOnlyMemory<float> targets, ReadOnlyMemory<float> sampleWeights)
    {
        (Features, _labels, _targets, _sampleWeights) = (features, labels, targets, sampleWeights);
        (ClassCount, LabelSize, TargetSize, Image, Augmenter, Steps) = (kind.ClassCount, kind.LabelSize, kind.TargetSize, kind.Image, kind.Augmenter, kind.Steps);
        (StepsOfSamples, Beginnings) = (kind.StepsOfSamples, kind.Beginnings);
    }

    /// <summary>Samples, at least 1.</summary>
    public int Count => Features.Count;

    /// <summary>Features of one sample.</summary>
    public int InputSize => Features.Size;

    /// <summary>Target values of one sample; 0 where samples have labels.</summary>
    public int TargetSize { get; private init; }

    /// <summary>Labels of one sample: 1, or one for each of its steps; 0 where samples have targets.</summary>
    public int LabelSize { get; private init; }

    /// <summary>Number of classes; 0 where samples have targets.</summary>
    public int ClassCount { get; private init; }

    /// <summary>Whether samples have labels rather than targets.</summary>
    public bool HasLabels => ClassCount > 0;

    /// <summary>The size of the samples' images; null where nobody has said that they are any.</summary>
    public ImageSize? Image { get; private init; }

    /// <summary>[<see cref="Count"/>, <see cref="InputSize"/>] features, row by row.</summary>
    /// <exception cref="InvalidOperationException">They are bytes in memory, <see cref="Bytes"/>, of which a batch makes floats, or <see cref="Windows"/> that a batch is filled with.</exception>
    public ReadOnlySpan<float> Inputs => Features is FloatFeatures floats ? floats.Values
        : throw new InvalidOperationException($"The inputs of this dataset are {(Features is ByteFeatures ? "bytes in memory" : "windows of recordings")}: take floats from its batches (data.Batches(size)) or a sample at a time (data.CopyInputs(i, row)).");

    /// <summary>[<see cref="Count"/>, <see cref="InputSize"/>] the bytes in memory; empty where features are floats.</summary>
    public ReadOnlySpan<byte> Bytes => Features is ByteFeatures bytes ? bytes.Values : default;

    /// <summary>[<see cref="Count"/>, <see cref="LabelSize"/>] class numbers; empty where samples have targets.</summary>
    public ReadOnlySpan<int> Labels => _labels.Span;

    /// <summary>[<see cref="Count"/>, <see cref="TargetSize"/>] wanted outputs, row by row; empty where samples have labels.</summary>
    public ReadOnlySpan<float> Targets => _targets.Span;

    /// <summary>[<see cref="Count"/>] what each sample counts in training; empty where all count the same.</summary>
    public ReadOnlySpan<float> SampleWeights => _sampleWeights.Span;

    /// <summary>[<see cref="Count"/>] steps of each sample that are there; empty where all are whole.</summary>
    public ReadOnlySpan<int> Lengths => StepsOfSamples.Span;

    /// <summary>[<see cref="Count"/>, steps] whether another recording begins with a step, before which a state is to be forgotten; empty where none does (<see cref="ConsecutiveWindows"/>).</summary>
    public ReadOnlySpan<bool> Resets => Beginnings.Span;

    /// <summary>The steps of a sample that is whole, where samples have lengths or resets.</summary>
    internal int Steps { get; private init; }

    ReadOnlyMemory<int> StepsOfSamples { get; init; }

    ReadOnlyMemory<bool> Beginnings { get; init; }

    /// <summary>The labels, of which those of steps that are not there are <see cref="IgnoredLabel"/>.</summary>
    internal ReadOnlySpan<int> LabelsThere
    {
        get
        {
            if (Lengths.IsEmpty || LabelSize != Steps)
                return Labels;
            var there = Labels.ToArray();
            for (var sample = 0; sample < Count; sample++)
                there.AsSpan((sample * Steps + Lengths[sample])..((sample + 1) * Steps)).Fill(IgnoredLabel);
            return there;
        }
    }

    /// <summary>Features of a sample that are not padding: the first so many.</summary>
    internal int FeaturesThere(int sample) => PartThere(sample, InputSize);

    /// <summary>How many of so many numbers of a sample, which its steps share, are of steps that are there.</summary>
    internal int PartThere(int sample, int size) => StepsOfSamples.IsEmpty ? size : Lengths[sample] * (size / Steps);

    /// <summary>The sizes of the dataset: <c>Dataset { Count = 60000, InputSize = 784, ClassCount = 10 }</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Dataset {{ Count = {Count}, InputSize = {InputSize}, {(HasLabels ? nameof(ClassCount) : nameof(TargetSize))} = {(HasLabels ? ClassCount : TargetSize)} }}");

    /// <summary>All samples in their order and as they are, in batches that are views of this dataset where its features are floats.</summary>
    /// <param name="batchSize">Samples of a batch.</param>
    /// <param name="dropLast">Whether a last batch of fewer samples is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    public BatchSequence Batches(int batchSize, bool dropLast = false) => new(this, batchSize, dropLast, null, null);

    /// <summary>All samples in the random order of <paramref name="seed"/>, from which it also follows how images are <see cref="Augmented"/>. Take another seed for each epoch.</summary>
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
                throw new ArgumentException($"The weight of sample {i} is {weights.Span[i]}; weights are finite and not negative. A trainer's Step takes others, with signedWeights: true.", nameof(weights));
        return new(this, Features, _labels, _targets, weights) { Origins = Origins };
    }

    /// <summary>
    /// The same samples, said to be sequences of unequal lengths (<see cref="Sequences.Lengths"/>): what a sample has behind its steps is padding, whatever it is. It counts neither in <c>Fit</c> and <c>Step(batch)</c>
    /// nor in <c>Evaluate</c> and validation, nor to a <see cref="Standardizer"/>.
    /// </summary>
    /// <param name="lengths">[<see cref="Count"/>] steps of each sample; empty where all are whole.</param>
    /// <param name="steps">Steps for which a sample has room: those that the network declares.</param>
    /// <exception cref="ArgumentException">There are not as many as samples, the features are not those of so many steps, or a length is not from 1 to <paramref name="steps"/>.</exception>
    public Dataset WithLengths(ReadOnlyMemory<int> lengths, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        if (InputSize % steps != 0)
            throw new ArgumentException($"{InputSize} features a sample are not those of {steps} steps.", nameof(steps));
        if (!lengths.IsEmpty && lengths.Length != Count)
            throw new ArgumentException($"{Count} samples need {Count} lengths, got {lengths.Length}.", nameof(lengths));
        if (lengths.Span.IndexOfAnyExceptInRange(1, steps) is >= 0 and var wrong)
            throw new ArgumentOutOfRangeException(nameof(lengths), lengths.Span[wrong], $"Sample {wrong} has a length of {lengths.Span[wrong]}; lengths are from 1 to {steps}.");
        if (!Beginnings.IsEmpty && steps != Steps)
            throw new ArgumentException($"The samples are windows of {Steps} steps, not of {steps}.", nameof(steps));
        return new(this, Features, _labels, _targets, _sampleWeights) { Origins = Origins, Steps = lengths.IsEmpty && Beginnings.IsEmpty ? 0 : steps, StepsOfSamples = lengths };
    }

    /// <summary>Writes the features of one sample, whether they are floats in memory or bytes.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="row">[<see cref="InputSize"/>] features, written.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void CopyInputs(int sample, Span<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, Count);
        if (row.Length != InputSize)
            throw new ArgumentException($"A sample has {InputSize} features, the row {row.Length}.", nameof(row));
        Features.CopyRows(sample, row);
    }

    /// <summary>The same bytes with another scale: a batch has byte · <paramref name="scale"/>. It is 1/255 unless given, so that features are 0…1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite, or 0.</exception>
    /// <exception cref="InvalidOperationException">Features are floats, or were standardised, or images are <see cref="Augmented"/> with a <see cref="Augmentation.Fill"/> of the scale so far.</exception>
    public Dataset WithScale(double scale)
    {
        if (!double.IsFinite(scale) || scale == 0)
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is a finite number and not 0.");
        if (Features is WindowFeatures)
            throw new InvalidOperationException("Give the scale to the recording, before it is cut into windows.");
        if (Features is not ByteFeatures bytes)
            throw new InvalidOperationException("A scale is of bytes; the features of this dataset are floats.");
        return bytes.IsScaled && Augmenter is null ? new(this, bytes.WithScale(scale), _labels, _targets, _sampleWeights) { Origins = Origins }
            : throw new InvalidOperationException("Give the scale before the dataset is standardised or augmented, which go by it.");
    }

    /// <summary>The same samples, said to be images: row by row of pixels, the channels of a pixel side by side.</summary>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="channels">Features of a pixel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="ArgumentException">A sample has another number of features.</exception>
    /// <exception cref="InvalidOperationException">They are images of another size, altered as such.</exception>
    public Dataset AsImages(int height, int width, int channels = 1)
    {
        var image = ImageSize.Of(height, width, channels);
        if (image.Features != InputSize)
            throw new ArgumentException($"An image of {image} has {image.Features} features, the samples have {InputSize}.");
        return Augmenter is null || image == Image ? new(this, Features, _labels, _targets, _sampleWeights) { Origins = Origins, Image = image }
            : throw new InvalidOperationException($"The samples are augmented as images of {Image}: say before that they are of {image}.");
    }

    /// <summary>The same images in another size, such as the one that a network takes; height and width need not keep their ratio. Bytes stay bytes.</summary>
    /// <remarks>
    /// <see cref="Interpolation.Nearest"/>: each pixel is the one given whose middle is nearest to its own (PyTorch's <c>nearest-exact</c>), for images whose features are no shades but, say, classes.
    /// <see cref="Interpolation.Bilinear"/>: where an image becomes smaller, each pixel is a mean of all that it stands for (PyTorch's <c>antialias=True</c>, Pillow's <c>BILINEAR</c>).
    /// </remarks>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="interpolation">How.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or the images would not fit one array.</exception>
    /// <exception cref="InvalidOperationException">Nobody has said how large the images are: see <see cref="AsImages"/>.</exception>
    public Dataset Resized(int height, int width, Interpolation interpolation = Interpolation.Bilinear)
    {
        var image = RequireImage();
        var result = ImageSize.Of(height, width, image.Channels);
        if (!Enum.IsDefined(interpolation))
            throw new ArgumentOutOfRangeException(nameof(interpolation), interpolation, "There is no such interpolation.");
        if ((long)Count * result.Features > Array.MaxLength || (long)image.Height * width * image.Channels > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(height), height, $"{Count} images of {result} do not fit one array.");
        var resizer = new ImageResizer(image, result, interpolation);
        return new(this, Features.Resized(resizer), _labels, _targets, _sampleWeights) { Origins = Origins, Image = result, Augmenter = Augmenter?.Resized(resizer) };
    }

    /// <summary>
    /// The same images, altered at random while the batches of <see cref="Shuffled"/> and <see cref="Sampled"/> are drawn, in <c>Fit</c> therefore: each epoch sees others.
    /// They follow from the epoch's seed alone. <see cref="Batches"/>, and so <c>Evaluate</c> and validation, have the images as they are.
    /// </summary>
    /// <param name="augmentation">How, in the place of how they were altered before.</param>
    /// <exception cref="InvalidOperationException">Nobody has said how large the images are: see <see cref="AsImages"/>.</exception>
    public Dataset Augmented(Augmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        return new(this, Features, _labels, _targets, _sampleWeights) { Origins = Origins, Augmenter = new(augmentation, RequireImage()) };
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
        if (indices.IsEmpty)
            throw new ArgumentException("A dataset needs at least one sample, got none.", nameof(indices));
        if ((long)indices.Length * Math.Max(InputSize, Math.Max(LabelSize, TargetSize)) > Array.MaxLength)
            throw new ArgumentException($"{indices.Length} samples of {InputSize} features and {(HasLabels ? $"{LabelSize} labels" : $"{TargetSize} targets")} do not fit one array.", nameof(indices));
        return new(
            this,
            Features.Subset(indices),
            HasLabels ? Features.GatherRows(Labels, LabelSize, indices) : default(ReadOnlyMemory<int>),
            HasLabels ? default(ReadOnlyMemory<float>) : Features.GatherRows(Targets, TargetSize, indices),
            _sampleWeights.IsEmpty ? default(ReadOnlyMemory<float>) : Features.GatherRows(SampleWeights, 1, indices))
        {
            StepsOfSamples = StepsOfSamples.IsEmpty ? default(ReadOnlyMemory<int>) : Features.GatherRows(Lengths, 1, indices),
            Beginnings = Beginnings.IsEmpty ? default(ReadOnlyMemory<bool>) : Features.GatherRows(Resets, Steps, indices),
        };
    }

    /// <summary>A part of this dataset, copied, whose samples messages call by their numbers here.</summary>
    internal Dataset Part(int[] indices)
    {
        var part = Subset(indices);
        return new(part, part.Features, part._labels, part._targets, part._sampleWeights) { Origins = indices };
    }

    /// <summary>The samples of some classes, in their order, copied. Class <c>classes[i]</c> becomes class <c>i</c>. Samples whose label is to be ignored are of none.</summary>
    /// <exception cref="ArgumentException">No class is given, one is given twice, is not below <see cref="ClassCount"/>, or none has a sample.</exception>
    /// <exception cref="InvalidOperationException">Samples have targets, or a label for each step.</exception>
    public Dataset WithClasses(params int[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Require(LackOfLabel);
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
            var label = Labels[i] < 0 ? -1 : renumbered[Labels[i]];
            if (label < 0)
                continue;
            indices.Add(i);
            chosenLabels.Add(label);
        }
        if (indices.Count == 0)
            throw new ArgumentException($"No sample is of class {string.Join(", ", classes)}.", nameof(classes));
        var part = Subset(indices.ToArray());
        return new(part, part.Features, chosenLabels.ToArray(), default, part._sampleWeights) { ClassCount = classes.Length };
    }

    /// <summary>Divides the samples at random in two, copied: <paramref name="fraction"/> of them, rounded, and the others.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> leaves one part without a sample.</exception>
    /// <exception cref="InvalidOperationException">Samples are <see cref="Windows"/> that overlap.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, ulong seed)
    {
        var (first, second) = SplitIndices(fraction, seed);
        return (Subset(first), Subset(second));
    }

    /// <summary>Divides the samples in two in their order, copied: the first <paramref name="fraction"/> of them, rounded, and the others. For recordings, whose later part is to judge what was learnt from the earlier one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> leaves one part without a sample.</exception>
    /// <exception cref="InvalidOperationException">The samples are <see cref="Windows"/> that overlap: they would share steps where they are divided.</exception>
    public (Dataset First, Dataset Second) SplitInOrder(double fraction)
    {
        if (Features.Overlap)
            throw new InvalidOperationException("Windows overlap: the last of the first part and the first of the second would have steps in common. Divide the recording before (recording.SplitInOrder(0.8)) and cut each part into windows.");
        var count = PartOf(Count, fraction);
        int[] order = [.. Enumerable.Range(0, Count)];
        return (Subset(order.AsSpan(..count)), Subset(order.AsSpan(count..)));
    }

    /// <summary>
    /// Cuts recordings, of which each step is a sample here, into windows: samples for a network that takes <see cref="SequenceAttribute"/>s. The steps stay in memory once, whatever windows have them.
    /// What is left behind the last whole window is left out, unless <paramref name="keepLast"/> says otherwise. A window counts as much as its last step.
    /// </summary>
    /// <param name="steps">Steps of a window.</param>
    /// <param name="stride">Steps from the beginning of a window to that of the next; as many as a window has where it is null, so that none is in two. Of fewer the windows overlap.</param>
    /// <param name="eachStep">Whether a window has the labels or targets of all its steps, or those of its last alone.</param>
    /// <param name="recordings">[recordings] steps of each, where several lie one behind the other: no window is of two. Empty for one.</param>
    /// <param name="keepLast">Whether what is left behind the last whole window of a recording is a shorter one: samples then have <see cref="Lengths"/>, and behind them zeros, which labels of steps do not count.</param>
    /// <exception cref="ArgumentException">A number is not positive, recordings have other steps than there are, or no window fits one.</exception>
    /// <exception cref="InvalidOperationException">The samples are images that are <see cref="Augmented"/>, or there would be more labels or targets than fit one array.</exception>
    public Dataset Windows(int steps, int? stride = null, bool eachStep = false, ReadOnlySpan<int> recordings = default, bool keepLast = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        var next = stride ?? steps;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(next, nameof(stride));
        var (starts, shorter) = (new List<int>(), new List<(int Window, int Length)>());
        var (first, all) = (0, 0L);
        foreach (var length in recordings.IsEmpty ? [Count] : recordings)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length, nameof(recordings));
            all += length;
            if (all > Count)
                break;
            long start = first, end = first;
            for (; start + steps <= all; start += next)
            {
                starts.Add((int)start);
                end = start + steps;
            }

            // Steps between windows are nobody's.
            if (keepLast && end < all && start < all)
            {
                shorter.Add((starts.Count, (int)(all - start)));
                starts.Add((int)start);
            }
            first += length;
        }
        if (all != Count)
            throw new ArgumentException($"The recordings have {(all > Count ? "more" : $"{all}")} steps, the dataset {Count}.", nameof(recordings));
        if (starts.Count == 0)
            throw new ArgumentException($"No window of {steps} steps fits {(recordings.Length > 1 ? "any of the recordings" : $"a recording of {Count}")}.", nameof(steps));
        var lengths = shorter.Count == 0 ? null : new int[starts.Count];
        lengths?.AsSpan().Fill(steps);
        foreach (var (window, length) in shorter)
            lengths![window] = length;
        return WindowsAt([.. starts], steps, eachStep, lengths);
    }

    /// <summary>
    /// Cuts recordings, of which each step is a sample here, into windows in the order in which states are carried through them: they are divided, one behind the other, in as many parts as there are streams, and
    /// <c>Batches(streams)</c> has the first window of each part, then the second of each, so that sample i of a batch goes on where sample i of the one before ended
    /// (<see cref="Sequences.InitialStates"/>). Where another recording begins, the samples have <see cref="Resets"/>. What is left behind the last whole window of a part is left out.
    /// </summary>
    /// <param name="steps">Steps of a window.</param>
    /// <param name="streams">Parts: the samples of a batch.</param>
    /// <param name="eachStep">Whether a window has the labels or targets of all its steps, or those of its last alone.</param>
    /// <param name="recordings">[recordings] steps of each, where several lie one behind the other. Empty for one.</param>
    /// <exception cref="ArgumentException">A number is not positive, recordings have other steps than there are, or no window fits a part.</exception>
    /// <exception cref="InvalidOperationException">The samples are images that are <see cref="Augmented"/>, or there would be more labels or targets than fit one array.</exception>
    public Dataset ConsecutiveWindows(int steps, int streams, bool eachStep = true, ReadOnlySpan<int> recordings = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(streams);
        var part = Count / streams;
        if (part < steps)
            throw new ArgumentException($"A recording of {Count} steps for {streams} {(streams == 1 ? "stream" : "streams")} has parts of {part} steps, which no window of {steps} fits.", nameof(steps));
        var starts = new int[part / steps * streams];
        for (var i = 0; i < starts.Length; i++)
            starts[i] = i % streams * part + i / streams * steps;
        var begins = new bool[Count];
        var all = 0L;
        foreach (var length in recordings)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length, nameof(recordings));
            if (all > 0 && all < Count)
                begins[all] = true;
            all += length;
        }
        if (!recordings.IsEmpty && all != Count)
            throw new ArgumentException($"The recordings have {(all > Count ? "more" : $"{all}")} steps, the dataset {Count}.", nameof(recordings));
        var windows = WindowsAt(starts, steps, eachStep);
        if (recordings.Length < 2)
            return windows;
        var resets = new bool[starts.Length * steps];
        for (var window = 0; window < starts.Length; window++)
            begins.AsSpan(starts[window], steps).CopyTo(resets.AsSpan(window * steps));
        return new(windows, windows.Features, windows._labels, windows._targets, windows._sampleWeights) { Steps = steps, Beginnings = resets };
    }

    /// <param name="starts">The first step of each window.</param>
    /// <param name="steps">Steps of a window.</param>
    /// <param name="eachStep">Whether a window has the labels or targets of all its steps.</param>
    /// <param name="lengths">Steps of each window that are there; null where all are.</param>
    Dataset WindowsAt(int[] starts, int steps, bool eachStep, int[]? lengths = null)
    {
        if (Augmenter is not null)
            throw new InvalidOperationException("The samples are images that are augmented: cut the recording into windows before.");
        if (Steps > 0)
            throw new InvalidOperationException("The samples are sequences already: a recording is a dataset whose samples are its steps.");
        var answers = (long)Math.Max(LabelSize, TargetSize) * (eachStep ? steps : 1);
        if ((long)steps * InputSize > Array.MaxLength || starts.Length * answers > Array.MaxLength)
            throw new InvalidOperationException($"{starts.Length} windows of {steps} steps have more numbers than fit one array. Take fewer steps, or a larger stride.");
        var last = new int[starts.Length];
        for (var window = 0; window < last.Length; window++)
            last[window] = starts[window] + (lengths?[window] ?? steps) - 1;
        var taken = eachStep ? new int[starts.Length * steps] : last;
        for (var i = 0; eachStep && i < taken.Length; i++)
            taken[i] = Math.Min(starts[i / steps] + i % steps, last[i / steps]);
        var (labels, targets) = (HasLabels ? Features.GatherRows(Labels, LabelSize, taken) : [], HasLabels ? [] : Features.GatherRows(Targets, TargetSize, taken));
        for (var window = 0; eachStep && window < lengths?.Length; window++)
        {
            labels.AsSpan((window * steps + lengths[window]) * LabelSize, (steps - lengths[window]) * LabelSize).Fill(IgnoredLabel);
            targets.AsSpan((window * steps + lengths[window]) * TargetSize, (steps - lengths[window]) * TargetSize).Clear();
        }
        return new(
            this,
            Features.Windows(starts, steps, lengths),
            labels,
            targets,
            _sampleWeights.IsEmpty ? default(ReadOnlyMemory<float>) : Features.GatherRows(SampleWeights, 1, last))
        {
            Image = null,
            LabelSize = HasLabels ? (int)answers : 0,
            TargetSize = HasLabels ? 0 : (int)answers,
            Steps = lengths is null ? 0 : steps,
            StepsOfSamples = lengths,
        };
    }

    /// <summary>Throws where samples are windows with steps in common, which a random division would put on both sides.</summary>
    void RequireApart()
    {
        if (Features.Overlap)
            throw new InvalidOperationException("Windows overlap: divided at random, the same steps would be on both sides. Divide the recording before (recording.SplitInOrder(0.8)) and cut each part into windows.");
    }

    internal (int[] First, int[] Second) SplitIndices(double fraction, ulong seed)
    {
        RequireApart();
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
    /// <exception cref="InvalidOperationException">Samples are <see cref="Windows"/> that overlap; or stratified, but they have targets, a label for each step, or one that is to be ignored.</exception>
    public IReadOnlyList<Fold> Folds(int count, ulong seed, bool stratified = false)
    {
        if (count < 2 || count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{Count} samples are divided in 2 to {Count} folds.");
        RequireApart();
        var order = new int[Count];
        Permute(order, seed);
        if (stratified)
        {
            Require(LackOfClasses);
            var sorted = new int[Count];
            ClassOrder.Sort(Features.GatherRows(Labels, 1, order), new int[ClassCount + 1], sorted);
            order = Features.GatherRows<int>(order, 1, sorted);
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

    /// <summary>The same samples with targets: 1 for the class of the sample, or of each step, and 0 for the others. Behind the end of a shorter sequence all are 0, and do not count.</summary>
    /// <exception cref="InvalidOperationException">Samples have targets, or a label that is to be ignored, or there would be more targets than fit one array.</exception>
    public Dataset OneHot()
    {
        RequireLabels();
        for (var sample = 0; sample < Count; sample++)
            if (Labels.Slice(sample * LabelSize, LabelSize > 1 ? PartThere(sample, LabelSize) : 1).Contains(IgnoredLabel))
                Require(LackOf(sample));
        if ((long)Labels.Length * ClassCount > Array.MaxLength)
            throw new InvalidOperationException($"{Labels.Length} labels of {ClassCount} classes make more targets than fit one array. Train on the labels.");
        var values = new float[Labels.Length * ClassCount];
        for (var i = 0; i < Labels.Length; i++)
            if (Labels[i] != IgnoredLabel)
                values[i * ClassCount + Labels[i]] = 1;
        return new(this, Features, default, values, _sampleWeights) { Origins = Origins, ClassCount = 0, LabelSize = 0, TargetSize = LabelSize * ClassCount };
    }

    /// <summary>The same samples, standardised or taken back; so is what comes into images from outside.</summary>
    internal Dataset Standardized(Standardizer standardizer, bool inverse) =>
        new(this, Features.Standardized(standardizer, inverse), _labels, _targets, _sampleWeights) { Origins = Origins, Augmenter = Augmenter?.Standardized(standardizer, inverse) };

    /// <summary>A fingerprint of all features, and of how images are altered.</summary>
    internal ulong HashInputs(ulong seed) => Features.Hash(seed) + (Augmenter?.Hash() ?? 0);

    /// <summary>Whether rows of floats lie in memory as batches in order give them out.</summary>
    internal bool HasRows => Features is FloatFeatures;

    /// <summary>The size of the images.</summary>
    /// <exception cref="InvalidOperationException">Nobody has said it.</exception>
    internal ImageSize RequireImage() => Image ?? throw new InvalidOperationException($"This needs images; nobody has said how large those of this dataset are. Say it: data.AsImages(height, width, channels), whose product is {InputSize}.");

    /// <summary>A batch of samples that follow each other.</summary>
    internal Batch InOrder(ReadOnlySpan<float> inputs, int first, int count) => new(
        inputs,
        Labels.Slice(first * LabelSize, count * LabelSize),
        Targets.Slice(first * TargetSize, count * TargetSize),
        SampleWeights.IsEmpty ? default : SampleWeights.Slice(first, count),
        Lengths.IsEmpty ? default : Lengths.Slice(first, count),
        Resets.IsEmpty ? default : Resets.Slice(first * Steps, count * Steps),
        first,
        count,
        new SampleNumbers(this, null, first));

    internal static void Permute(Span<int> order, ulong seed)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        ShufflingStream(seed).Shuffle(order);
    }

    internal static RandomStream ShufflingStream(ulong seed) => new RandomStream(seed).SplitFor(RandomPurpose.Shuffling);

    /// <summary>A buffer that nobody else holds: a second enumeration that runs meanwhile gets one of its own.</summary>
    internal BatchBuffer TakeBuffer(int batchSize)
    {
        var rows = Math.Min(batchSize, Count);
        var buffer = Interlocked.Exchange(ref _spareBuffer, null);
        return buffer?.Rows >= rows ? buffer : new BatchBuffer(this, rows);
    }

    internal void ReturnBuffer(BatchBuffer buffer) => Volatile.Write(ref _spareBuffer, buffer);

    void RequireLabels()
    {
        if (!HasLabels)
            throw new InvalidOperationException("This needs a dataset with labels; this one has targets.");
    }

    /// <summary>Why samples have not one label each; null where they have.</summary>
    string? LackOfLabel => !HasLabels ? "this one has targets" : LabelSize > 1 ? $"this one has {LabelSize} labels a sample, one for each step" : null;

    /// <summary>Why labels are not classes all; null where they are.</summary>
    string? LackOfClass => Labels.IndexOf(IgnoredLabel) is >= 0 and var ignored ? LackOf(ignored / LabelSize) : null;

    static string LackOf(int sample) => $"the label of sample {sample} is to be ignored ({IgnoredLabel})";

    /// <summary>Why samples have not one class each; null where they have.</summary>
    internal string? LackOfClasses => LackOfLabel ?? LackOfClass;

    static void Require(string? lack)
    {
        if (lack is not null)
            throw new InvalidOperationException($"This needs a dataset with a class for each sample; {lack}.");
    }
}
