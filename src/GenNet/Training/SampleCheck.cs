using System.Runtime.CompilerServices;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Finds samples that a network can neither learn from nor be judged by, and says which they are.</summary>
/// <param name="network">The network.</param>
sealed class SampleCheck(INetwork network)
{
    /// <summary>By how much a distribution's sum may differ from 1: targets of half precision do so by less.</summary>
    const float Tolerance = 1e-3f;

    /// <summary>Samples of a dataset that are looked at together.</summary>
    const int Rows = 256;

    readonly NetworkHead[] _heads = network.Architecture.HeadArray;

    /// <summary>Whether any finite number is a target.</summary>
    public readonly bool TakesAnyNumber = Array.TrueForAll(network.Architecture.HeadArray, head => head.TargetKind == TargetKind.Numbers);

    /// <summary>Whether a class number says all that a sample's outputs should be.</summary>
    public readonly bool TakesLabels = network.Architecture.HeadArray.Length == 1;

    /// <summary>Labels of a sample: one, or one for each step that has classes of its own.</summary>
    public readonly int LabelSize = network.Architecture.LabelSize;

    /// <summary>Class numbers that labels may have; two for a single output.</summary>
    public int Classes { get; } = Math.Max(2, network.OutputSize / network.Architecture.LabelSize);

    /// <summary>Hears what a trainer's step is refused for before other ranks are met, which wait for it; null where there are none.</summary>
    public Action<Exception>? OnRefusal;

    string Name => network.GetType().Name;

    /// <summary>What is to be thrown, of which other ranks have heard.</summary>
    public TException Refusal<TException>(TException refusal) where TException : Exception
    {
        OnRefusal?.Invoke(refusal);
        return refusal;
    }

    /// <summary>The same for what only training tells other ranks of: judging is one rank's own.</summary>
    public TException Refusal<TException>(TException refusal, string method) where TException : Exception =>
        method is nameof(Trainer.Step) or nameof(Trainer.Backward) or nameof(Trainer.Accumulate) ? Refusal(refusal) : refusal;

    /// <summary>Throws where targets are not what the loss takes. Costs next to nothing beside a step.</summary>
    /// <param name="targets">[samples, outputs] numbers.</param>
    /// <param name="method">For the message.</param>
    /// <param name="numbers">What the samples are called.</param>
    /// <param name="lengths">Steps of each sample that are there, where steps have classes of their own; null where all are.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // A step on one sample has no room to spare.
    public void CheckTargets(ReadOnlySpan<float> targets, string method, in SampleNumbers numbers, int[]? lengths = null)
    {
        if (IndexOfWrong(targets, lengths) is >= 0 and var index)
            throw Refusal(TargetError(targets, index, method, numbers), method);
    }

    /// <summary>Throws where a dataset does not fit the network: before the first step, so that nothing has changed.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="method">For messages.</param>
    /// <param name="part">What the samples are for: <c>training data</c>.</param>
    public void Check(Dataset data, string method, string part)
    {
        if (data.Image is { } image && ImageTaken is { } taken && image != taken)
            throw new ArgumentException(
                $"{Name} takes images of {taken}, the {part} have images of {image}{(image.Channels == taken.Channels ? $": data.Resized({taken.Height}, {taken.Width}) gives them the size" : "")}.", nameof(data));
        if (data.InputSize != network.InputSize)
            throw new ArgumentException($"{Name} expects {network.InputSize} inputs a sample, the {part} have {data.InputSize}.", nameof(data));
        if (!data.HasLabels && data.TargetSize != network.OutputSize)
            throw new ArgumentException($"{Name} has {network.OutputSize} outputs, the {part} {data.TargetSize} targets a sample.", nameof(data));
        if (data.Steps > 0)
            CheckSequences(data, part);
        var numbers = new SampleNumbers(data, $" of the {part}");
        if (!data.Features.AreFinite)
            CheckFinite(data, method, numbers);
        if (network.Architecture.IndexFeatures.Length > 0)
            CheckIndices(data, method, numbers);
        if (data.HasLabels)
        {
            if (!TakesLabels)
                throw HeadsError(method);
            if (data.LabelSize != LabelSize)
                throw new ArgumentException(
                    $"{Name} takes {(LabelSize == 1 ? "one label a sample" : $"{LabelSize} labels a sample, one for each {network.Architecture.PositionName}")}, the {part} {(data.LabelSize == 1 ? "have one" : $"have {data.LabelSize}")}: "
                    + $"{(LabelSize == 1 ? "give a class for each sample" : $"give the dataset labelSize: {LabelSize}")}.", nameof(data));
            if (Dataset.IndexOfNoClass(data.Labels, Classes) is >= 0 and var label)
                throw LabelError(data.Labels[label], label, method, numbers);
            return;
        }
        var hasPadding = network.Architecture.OutputPositions > 1 && !data.Lengths.IsEmpty;
        for (var sample = 0; sample < (hasPadding ? data.Count : 1); sample++)
        {
            var targets = hasPadding ? data.Targets.Slice(sample * data.TargetSize, data.PartThere(sample, data.TargetSize)) : data.Targets;
            if (FiniteCheck.IndexOfNotFinite(targets) is >= 0 and var index)
                throw NotFinite("target", targets[index], sample * data.TargetSize + index, data.TargetSize, network.Architecture.OutputPositions, method, numbers);
        }

        CheckTargets(data.Targets, method, numbers, LabelSize == 1 || data.Lengths.IsEmpty ? null : data.Lengths.ToArray());
    }

    /// <summary>Throws where a network cannot be told how long the samples are, or where recordings begin.</summary>
    void CheckSequences(Dataset data, string part)
    {
        var architecture = network.Architecture;
        var (have, mixing) = (data.Lengths.IsEmpty ? "resets" : "lengths", data.Lengths.IsEmpty ? null : architecture.MixesPadding);
        var obstacle =
            !architecture.IsSequence ? "takes no sequence" :
            data.Steps != architecture.Positions ? $"takes sequences of {architecture.Positions} steps, not of {data.Steps}" :
            mixing is { } layer ? $"takes whole sequences alone: layer {layer}, {architecture.Layers[layer - 1].Kind}, mixes what is behind the end of a shorter one with what is before" :
            !data.Lengths.IsEmpty && data.HasLabels && LabelSize == 1 && architecture.OutputPositions > 1 ? "gives each step outputs of its own and no classes, so it needs targets and no labels" :
            !data.Resets.IsEmpty && architecture.RemembersMore is { } more ? $"resets no states: layer {more}, {architecture.Layers[more - 1].Kind}, sees more than one step" :
            null;
        if (obstacle is not null)
            throw new ArgumentException($"{Name} {obstacle}; the {part} have {have}.", nameof(data));
    }

    /// <summary>Throws where no label counts: a loss over none is no number.</summary>
    /// <param name="labels">All labels; empty where samples have targets.</param>
    /// <param name="method">For messages.</param>
    /// <param name="part">What the samples are for: <c>training data</c>.</param>
    public void CheckCounted(ReadOnlySpan<int> labels, string method, string part)
    {
        if (!labels.IsEmpty && !labels.ContainsAnyExcept(Dataset.IgnoredLabel))
            throw new ArgumentException(
                $"{Name}.{method}: of the {part} no label counts: {(labels.Length == 1 ? "its one is" : $"all {labels.Length} are")} {nameof(Dataset)}.{nameof(Dataset.IgnoredLabel)}, {Dataset.IgnoredLabel}. Give samples of which some do.", "data");
    }

    /// <summary>The size of the images that the network takes; null where no layer needs one.</summary>
    ImageSize? ImageTaken => Array.Find(network.Architecture.LayerArray, layer => layer.TakesImage)?.ImageTaken is var (height, width)
        ? new(height, width, network.InputSize / (height * width))
        : null;

    void CheckIndices(Dataset data, string method, in SampleNumbers numbers)
    {
        foreach (var batch in data.Batches(Rows))
            for (var sample = 0; sample < (data.Lengths.IsEmpty ? 1 : batch.Count); sample++)
                IndexCheck.Check(network.Architecture, There(data, batch, sample), data.InputSize, network.Architecture.Positions, method, numbers, batch.FirstIndex + sample);
    }

    void CheckFinite(Dataset data, string method, in SampleNumbers numbers)
    {
        foreach (var batch in data.Batches(Rows))
            for (var sample = 0; sample < (data.Lengths.IsEmpty ? 1 : batch.Count); sample++)
                if (There(data, batch, sample) is var features && FiniteCheck.IndexOfNotFinite(features) is >= 0 and var feature)
                    throw NotFinite("feature", features[feature], (batch.FirstIndex + sample) * data.InputSize + feature, data.InputSize, network.Architecture.Positions, method, numbers);
    }

    /// <summary>The features of a sample in a batch in order, without padding; of the batch where all are whole.</summary>
    static ReadOnlySpan<float> There(Dataset data, in Batch batch, int sample) =>
        data.Lengths.IsEmpty ? batch.Inputs : batch.Inputs.Slice(sample * data.InputSize, data.FeaturesThere(batch.FirstIndex + sample));

    /// <summary>The exception for a label that is no class.</summary>
    public ArgumentOutOfRangeException LabelError(int label, int index, string method, in SampleNumbers numbers)
    {
        var message = $"{Name}.{method} expects labels from 0 to {Classes - 1}, got {label} for {numbers.Row(network.Architecture, index, LabelSize)}."
            + (label < 0 ? $" One that does not count is {nameof(Dataset)}.{nameof(Dataset.IgnoredLabel)}, {Dataset.IgnoredLabel}." : "");
        return new("labels", label, new OutputClasses(network.Architecture, _heads[0]).HaveTargets
            ? message
            : $"{message} Labels are class numbers; what a regression is to predict are targets: pass them as floats.");
    }

    /// <summary>The exception for a number that is not finite.</summary>
    /// <param name="what">What the number is.</param>
    /// <param name="value">The number.</param>
    /// <param name="index">Where it is.</param>
    /// <param name="width">Numbers a sample.</param>
    /// <param name="positions">Steps of a sample that have such numbers, 1 where they are the sample's.</param>
    /// <param name="method">For the message.</param>
    /// <param name="numbers">What the samples are called.</param>
    public NotFiniteNumberException NotFinite(string what, float value, int index, int width, int positions, string method, in SampleNumbers numbers) =>
        new($"{Name}.{method}: {numbers.Place(network.Architecture, what, index, width, positions)} is {value}. Clean the data; the weights are as they were.", value);

    /// <summary>
    /// The index of the first target that the loss does not take, or of the first of its row; −1 where there is none. One method of loops:
    /// the framework's search takes the JIT milliseconds in a first step.
    /// </summary>
    int IndexOfWrong(ReadOnlySpan<float> targets, int[]? lengths)
    {
        var outputs = network.OutputSize / LabelSize;
        foreach (var head in _heads)
        {
            var kind = head.TargetKind;
            int first = head.FirstOutput, count = Math.Min(head.OutputCount, outputs);
            for (var row = first; kind != TargetKind.Numbers && row < targets.Length; row += outputs)
            {
                if (lengths is not null && row / outputs % LabelSize >= lengths[row / outputs / LabelSize])
                    continue;
                var sum = 0f;
                for (var i = row; i < row + count; i++)
                {
                    if (!(targets[i] is >= 0 and <= 1)) // NaN too.
                        return i;
                    sum += targets[i];
                }
                if (kind == TargetKind.Distributions && !(Math.Abs(sum - 1) <= Tolerance))
                    return row;
            }
        }
        return -1;
    }

    /// <summary>The exception for labels where there are several heads.</summary>
    public ArgumentException HeadsError(string method) => new(
        $"{Name}.{method}: {Name} has several heads ({string.Join(", ", _heads.Select(head => head.Name))}), so a sample's target is no class number: give targets, {network.OutputSize} a sample, with 1 for the class of a head that tells classes apart.", "labels");

    Exception TargetError(ReadOnlySpan<float> targets, int index, string method, in SampleNumbers numbers)
    {
        var (value, outputs, positions) = (targets[index], network.OutputSize, network.Architecture.OutputPositions);
        var (row, target) = (numbers.Row(network.Architecture, index / (outputs / LabelSize), LabelSize), numbers.Place(network.Architecture, "target", index, outputs, positions));
        var head = network.Architecture.HeadOfOutput(index % outputs);
        var ofHead = head.Name.Length > 0 ? $" of head {head.Name}" : "";
        if (!float.IsFinite(value))
            return NotFinite("target", value, index, outputs, positions, method, numbers);
        if (!(value is >= 0 and <= 1))
            return new ArgumentOutOfRangeException(nameof(targets), value, head.TargetKind == TargetKind.Probabilities
                ? $"{Name}.{method}: {target}{ofHead} is {value}, but binary cross-entropy takes targets from 0 to 1. Scale them, or declare another loss."
                : $"{Name}.{method}: {target}{ofHead} is {value}, but cross-entropy takes probabilities of the classes, from 0 to 1. {(TakesLabels ? "Pass class numbers as labels" : "Give 1 for the class and 0 for others")}, or declare another loss.");
        return new ArgumentException(
            $"{Name}.{method}: the {head.OutputCount / LabelSize} targets{ofHead} of {row} add up to {targets.Slice(index, head.OutputCount / LabelSize).ToArray().Sum()}, but cross-entropy takes probabilities of the classes, which add up to 1. "
            + "Divide them by their sum, or give what the sample counts as its weight.", nameof(targets));
    }
}
