namespace GenNet;

/// <summary>The features of a dataset's samples as they lie in memory, and how rows of floats are made of them while a batch is drawn.</summary>
/// <param name="size">Features of one sample.</param>
abstract class Features(int size)
{
    /// <summary>Features of one sample.</summary>
    public int Size => size;

    /// <summary>Samples.</summary>
    public abstract int Count { get; }

    /// <summary>Whether no row can have a number that is not finite, so that nobody need look.</summary>
    public abstract bool AreFinite { get; }

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
