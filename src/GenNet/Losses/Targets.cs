using System.ComponentModel;
using System.Runtime.CompilerServices;

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

    /// <summary>Writes the targets of some samples, row by row; a loss linear in them (<paramref name="weighClasses"/>) has each class's weight in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Write(int first, int end, int outputs, bool weighClasses, float* rows, int stride)
    {
        for (var row = first; row < end; row++)
        {
            if (Labels == null)
                Copy(Values + (nint)row * outputs, rows, outputs);
            else if (outputs == 1)
                rows[0] = Labels[row] * (1 - Smoothing) + Smoothing / 2;
            else
            {
                new Span<float>(rows, outputs).Fill(Smoothing / outputs);
                rows[Labels[row]] += 1 - Smoothing;
            }
            if (weighClasses && ClassWeights != null)
                for (var j = 0; j < outputs; j++)
                    rows[j] *= ClassWeights[j] * ClassFactor;
            rows += stride;
        }
    }

    static void Copy(float* source, float* target, int count)
    {
        if (count > 8)
            new ReadOnlySpan<float>(source, count).CopyTo(new(target, count));
        else
            for (var j = 0; j < count; j++)
                target[j] = source[j];
    }

    /// <summary>What a sample counts, its class's weight included unless that is in the target.</summary>
    internal float Weight(int row, bool weighClasses) =>
        (SampleWeights == null ? 1 : SampleWeights[row]) * (weighClasses || ClassWeights == null ? 1 : ClassWeights[Labels[row]] * ClassFactor);
}
