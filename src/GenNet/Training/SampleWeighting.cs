using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>What each sample and each class counts in training, and the targets that carry it to the loss.</summary>
/// <param name="network">The network.</param>
/// <param name="check">Knows the classes that its labels tell apart, and who hears of what is refused.</param>
sealed unsafe class SampleWeighting(INetwork network, SampleCheck check)
{
    readonly Targets _targets = new(network.OutputSize, network.Architecture.LabelSize);
    readonly int _labelsOfSample = network.Architecture.LabelSize;
    double _labelSmoothing;
    AlignedBuffer? _classWeights;

    /// <summary>ε of <see cref="Trainer.LabelSmoothing"/>.</summary>
    public double LabelSmoothing
    {
        get => _labelSmoothing;
        set
        {
            if (value is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(value), value, "LabelSmoothing must be from 0 to 1.");
            if (value != 0 && network.Architecture.Heads.Count > 1)
                throw new InvalidOperationException($"{Name} has several heads, which take targets and no labels: give targets that are smooth already.");
            _labelSmoothing = value;
        }
    }

    /// <summary>[classes] weights, or none.</summary>
    public ReadOnlySpan<float> ClassWeights
    {
        get => _classWeights is null ? [] : _classWeights.Span;
        set
        {
            if (!value.IsEmpty && network.Architecture.Heads.Count > 1)
                throw new InvalidOperationException($"{Name} has several heads, whose classes are not the same: give samples weights instead.");
            if (!value.IsEmpty && value.Length != check.Classes)
                throw new ArgumentException($"{Name} has {check.Classes} classes, got {value.Length} class weights.", nameof(value));
            CheckWeights(value, "class", nameof(value));
            _classWeights = value.IsEmpty ? null : new AlignedBuffer(check.Classes);
            value.CopyTo(_classWeights is null ? [] : _classWeights.Span);
        }
    }

    /// <summary>Whether classes have weights.</summary>
    public bool WeighsClasses => _classWeights is not null;

    string Name => network.GetType().Name;

    /// <summary>Takes over the weights of another trainer's samples.</summary>
    public void CopyFrom(SampleWeighting source) => (_labelSmoothing, _classWeights) = (source._labelSmoothing, source._classWeights);

    /// <summary>Steps of each sample that are there, where steps have classes of their own; null where all are.</summary>
    public int[]? Lengths;

    /// <summary>Class numbers as they are.</summary>
    /// <param name="labels">Class numbers of a batch or of a part of it.</param>
    /// <param name="samples">Samples of the whole batch.</param>
    /// <param name="counted">Labels of the whole batch that count.</param>
    public Targets Plain(int* labels, int samples, long counted)
    {
        _targets.Set(labels, null);
        var rows = (long)samples * _labelsOfSample;
        if (counted < rows)
            _targets.LeaveOut(null, rows, counted);
        return _targets;
    }

    /// <summary>Numbers as they are.</summary>
    /// <param name="values">[samples, outputs] targets.</param>
    /// <param name="samples">Their number.</param>
    public Targets Plain(float* values, int samples)
    {
        _targets.Set(null, values);
        if (Lengths is not null)
            LeavePaddingOut(Lengths, samples);
        return _targets;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // A step on one sample has no room to spare.
    void LeavePaddingOut(int[] lengths, int samples)
    {
        var rows = (long)samples * _labelsOfSample;
        var there = 0L;
        for (var sample = 0; sample < samples; sample++)
            there += lengths[sample];
        if (there < rows)
            _targets.LeaveOut(lengths, rows, there);
    }

    /// <summary>Gives targets what each counts in training.</summary>
    /// <param name="targets">The targets as they are.</param>
    /// <param name="labels">Their class numbers; empty where they are numbers.</param>
    /// <param name="sampleWeights">[samples] weights, or null for 1 each.</param>
    public Targets Weighted(Targets targets, ReadOnlySpan<int> labels, float* sampleWeights)
    {
        if (_classWeights is not null)
            targets.Weigh((float)_labelSmoothing, _classWeights.Pointer, ClassFactor(labels), sampleWeights);
        else if (sampleWeights != null || _labelSmoothing != 0)
            targets.Weigh((float)_labelSmoothing, null, 1, sampleWeights);
        return targets;
    }

    /// <summary>Throws unless there is a weight for each sample, finite, and negative only where signs were asked for.</summary>
    public void CheckSampleWeights(int rows, ReadOnlySpan<float> weights, bool signed, string method)
    {
        if (weights.Length != rows)
            throw check.Refusal(new ArgumentException($"{Name}.{method} expects {rows} sample weights, got {weights.Length}.", "sampleWeights"));
        CheckWeights(weights, "sample", "sampleWeights", signed);
    }

    /// <summary>Makes the class weights of a batch one on average.</summary>
    float ClassFactor(ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty && network.Architecture.HeadArray[0].Loss != nameof(Loss.CrossEntropy))
            throw check.Refusal(new InvalidOperationException($"{Name} has class weights, so its trainer needs labels: give class numbers, or clear ClassWeights."));
        if (labels.IsEmpty)
            return 1;
        var (total, counted) = (new SampleSum(), 0);
        for (var first = 0; first < labels.Length; first += SampleParts.Samples)
        {
            var part = 0.0;
            foreach (var label in labels.Slice(first, Math.Min(SampleParts.Samples, labels.Length - first)))
            {
                if (label < 0)
                    continue;
                part += _classWeights!.Span[label];
                counted++;
            }
            total.Add(part);
        }
        return total.Total > 0 ? (float)(counted / total.Total) : 0;
    }

    void CheckWeights(ReadOnlySpan<float> weights, string of, string parameter, bool signed = false)
    {
        for (var i = 0; i < weights.Length; i++)
            if (!float.IsFinite(weights[i]) || (weights[i] < 0 && !signed))
                throw WeightError(weights[i], i, of, parameter);
    }

    ArgumentException WeightError(float weight, int index, string of, string parameter)
    {
        var ofSample = of == "sample";
        var error = new ArgumentException(
            $"{Name}: the weight of {of} {index} is {weight}; weights are finite and not negative{(ofSample && float.IsFinite(weight) ? ", unless signedWeights: true says that they may be" : "")}.", parameter);
        return ofSample ? check.Refusal(error) : error;
    }
}
