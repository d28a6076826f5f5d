namespace GenNet;

/// <summary>The features of a dataset's samples as they lie in memory, and how rows of floats are made of them while a batch is drawn.</summary>
/// <param name="size">Features of one sample.</param>
/// <param name="overlap">Whether samples are windows of which some have steps in common.</param>
abstract class Features(int size, bool overlap)
{
    /// <summary>Features of one sample.</summary>
    public int Size => size;

    /// <summary>Samples.</summary>
    public abstract int Count { get; }

    /// <summary>Whether no row can have a number that is not finite, so that nobody need look.</summary>
    public abstract bool AreFinite { get; }

    /// <summary>Whether features are bytes that stand for something else than their numbers.</summary>
    public virtual bool AreScaledBytes => false;

    /// <summary>Whether samples are windows of which some have steps in common.</summary>
    public bool Overlap => overlap;

    /// <summary>Writes the rows of some samples, without allocation.</summary>
    /// <param name="samples">Their numbers.</param>
    /// <param name="rows">[samples, <see cref="Size"/>] features, written.</param>
    public abstract void CopyRows(ReadOnlySpan<int> samples, Span<float> rows);

    /// <summary>Writes the rows of samples that follow each other, without allocation.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="rows">[samples, <see cref="Size"/>] features, written.</param>
    public abstract void CopyRows(int first, Span<float> rows);

    /// <summary>The samples with these numbers, copied.</summary>
    public abstract Features Subset(ReadOnlySpan<int> samples);

    /// <summary>Windows of so many samples that follow each other, which are the steps of recordings.</summary>
    /// <param name="starts">The first step of each window.</param>
    /// <param name="steps">Steps of a window.</param>
    /// <param name="lengths">How many of them each window has; null where all have all.</param>
    public Features Windows(int[] starts, int steps, int[]? lengths)
    {
        // Windows that lie one behind the other are rows of the same memory.
        for (var i = 0; i < starts.Length; i++)
            if (starts[i] != i * steps || lengths is not null)
                return new WindowFeatures(this, starts, steps, lengths);
        return Joined(starts.Length, steps);
    }

    /// <summary>The first samples, so many of which are one.</summary>
    /// <param name="count">Samples that there are then.</param>
    /// <param name="steps">Those of which each is made.</param>
    protected virtual Features Joined(int count, int steps) => new WindowFeatures(this, [.. Enumerable.Range(0, count).Select(i => i * steps)], steps, null);

    /// <summary>All rows as floats in memory.</summary>
    protected FloatFeatures ToFloats()
    {
        var values = new float[checked(Count * Size)];
        CopyRows(0, values);
        return new FloatFeatures(values, Size, Overlap);
    }

    /// <summary>The same samples, standardised or taken back.</summary>
    public abstract Features Standardized(Standardizer standardizer, bool inverse);

    /// <summary>The same images in another size.</summary>
    public abstract Features Resized(ImageResizer resizer);

    /// <summary>A fingerprint of all rows.</summary>
    public abstract ulong Hash(ulong seed);

    /// <summary>Throws where values are not whole samples, or none.</summary>
    protected static void CheckLength(int length, int size, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, "inputSize");
        if (length == 0)
            throw new ArgumentException("A dataset needs at least one sample, got none.", name);
        if (length % size != 0)
            throw new ArgumentException($"{length} input values are not whole samples of {size}.", name);
    }

    /// <summary>The rows of some samples, one behind the other.</summary>
    public static void GatherRows<T>(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> samples, Span<T> rows)
    {
        for (var i = 0; i < samples.Length; i++)
            source.Slice(samples[i] * size, size).CopyTo(rows.Slice(i * size, size));
    }

    /// <inheritdoc cref="GatherRows{T}(ReadOnlySpan{T}, int, ReadOnlySpan{int}, Span{T})"/>
    public static T[] GatherRows<T>(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> samples)
    {
        var rows = new T[samples.Length * size];
        GatherRows(source, size, samples, rows);
        return rows;
    }
}
