using System.ComponentModel;

namespace GenNet.Losses;

/// <summary>What a batch's outputs should be, in pinned memory: a class number or a row of numbers a sample, and what each counts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Targets
{
    internal readonly int* Labels;
    internal readonly float* Values;

    internal Targets(int* labels) => Labels = labels;

    internal Targets(float* values) => Values = values;

    /// <summary>ε: labels become (1 − ε)·y + ε/classes.</summary>
    internal float Smoothing { get; init; }

    /// <summary>What a sample of each class counts, or null.</summary>
    internal float* ClassWeights { get; init; }

    /// <summary>What each sample counts, or null.</summary>
    internal float* SampleWeights { get; init; }

    /// <summary>Makes the class weights of the batch's labels one on average.</summary>
    internal float ClassFactor { get; init; }

    /// <summary>Whether every sample counts the same and labels are as given.</summary>
    internal bool ArePlain => Smoothing == 0 && ClassWeights == null && SampleWeights == null;

    internal Targets From(int row, int outputs) => (Labels != null ? new(Labels + row) : new Targets(Values + (nint)row * outputs)) with
    {
        Smoothing = Smoothing,
        ClassWeights = ClassWeights,
        SampleWeights = SampleWeights == null ? null : SampleWeights + row,
        ClassFactor = ClassFactor,
    };

    /// <summary>Writes the target of a sample; a loss linear in it (<paramref name="weighClasses"/>) has each class's weight in it.</summary>
    internal void Write(int row, int outputs, bool weighClasses, float* target)
    {
        if (Labels == null)
            new ReadOnlySpan<float>(Values + (nint)row * outputs, outputs).CopyTo(new(target, outputs));
        else if (outputs == 1)
            target[0] = Labels[row] * (1 - Smoothing) + Smoothing / 2;
        else
        {
            new Span<float>(target, outputs).Fill(Smoothing / outputs);
            target[Labels[row]] += 1 - Smoothing;
        }
        if (weighClasses && ClassWeights != null)
            for (var j = 0; j < outputs; j++)
                target[j] *= ClassWeights[j] * ClassFactor;
    }

    /// <summary>What a sample counts, its class's weight included unless that is in the target.</summary>
    internal float Weight(int row, bool weighClasses) =>
        (SampleWeights == null ? 1 : SampleWeights[row]) * (weighClasses || ClassWeights == null ? 1 : ClassWeights[Labels[row]] * ClassFactor);
}
