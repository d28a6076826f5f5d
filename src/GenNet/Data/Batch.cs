namespace GenNet;

/// <summary>Some samples of a <see cref="Dataset"/>, to be used before the next batch is taken.</summary>
public readonly ref struct Batch
{
    internal Batch(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights, ReadOnlySpan<int> lengths, ReadOnlySpan<bool> resets, int firstIndex, int count, SampleNumbers numbers)
    {
        Inputs = inputs;
        Labels = labels;
        Targets = targets;
        SampleWeights = sampleWeights;
        Lengths = lengths;
        Resets = resets;
        FirstIndex = firstIndex;
        Count = count;
        Numbers = numbers;
    }

    /// <summary>[<see cref="Count"/>, input size] features, row by row.</summary>
    public ReadOnlySpan<float> Inputs { get; }

    /// <summary>[<see cref="Count"/>, <see cref="Dataset.LabelSize"/>] class numbers; empty where samples have targets.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>[<see cref="Count"/>, target size] wanted outputs, row by row; empty where samples have labels.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>[<see cref="Count"/>] what each sample counts in training; empty where all count the same.</summary>
    public ReadOnlySpan<float> SampleWeights { get; }

    /// <summary>[<see cref="Count"/>] steps of each sample that are there; empty where all are whole.</summary>
    public ReadOnlySpan<int> Lengths { get; }

    /// <summary>[<see cref="Count"/>, steps] whether another recording begins with a step, before which a state is to be forgotten; empty where none does.</summary>
    public ReadOnlySpan<bool> Resets { get; }

    /// <summary>Whether samples are all whole, and of one recording each: nothing has to be said of them as sequences.</summary>
    internal bool IsWhole => Lengths.IsEmpty && Resets.IsEmpty;

    /// <summary>How many samples came before this batch. Without shuffling, the number of its first sample.</summary>
    public int FirstIndex { get; }

    /// <summary>Samples of this batch.</summary>
    public int Count { get; }

    internal SampleNumbers Numbers { get; }

    /// <summary>The number in the dataset of one of the batch's samples, also where they were shuffled.</summary>
    /// <param name="sample">Its number in the batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public int DatasetIndex(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, Count);
        return Numbers[sample];
    }
}
