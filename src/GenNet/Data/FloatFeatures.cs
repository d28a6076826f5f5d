namespace GenNet;

/// <summary>Features that are floats in memory: rows are copies, or views.</summary>
sealed class FloatFeatures : Features
{
    readonly ReadOnlyMemory<float> _values;

    /// <param name="values">[samples, <paramref name="size"/>] features, kept.</param>
    /// <param name="size">Features of one sample.</param>
    /// <param name="overlap">Whether samples are windows of which some have steps in common.</param>
    /// <exception cref="ArgumentException">There is no sample, or they are not whole samples.</exception>
    public FloatFeatures(ReadOnlyMemory<float> values, int size, bool overlap = false) : base(size, overlap)
    {
        CheckLength(values.Length, size, "inputs");
        (_values, Count) = (values, values.Length / size);
    }

    public override int Count { get; }

    public override bool AreFinite => false;

    /// <summary>All of them.</summary>
    public ReadOnlySpan<float> Values => _values.Span;

    public override void CopyRows(ReadOnlySpan<int> samples, Span<float> rows) => GatherRows(Values, Size, samples, rows);

    public override void CopyRows(int first, Span<float> rows) => Values.Slice(first * Size, rows.Length).CopyTo(rows);

    public override Features Subset(ReadOnlySpan<int> samples) => new FloatFeatures(GatherRows(Values, Size, samples), Size, Overlap);

    protected override Features Joined(int count, int steps) => new FloatFeatures(_values[..(count * steps * Size)], steps * Size, Overlap);

    public override Features Standardized(Standardizer standardizer, bool inverse)
    {
        var values = new float[_values.Length];
        if (inverse)
            standardizer.InverseTransform(Values, values);
        else
            standardizer.Transform(Values, values);
        return new FloatFeatures(values, Size, Overlap);
    }

    public override Features Resized(ImageResizer resizer)
    {
        var values = new float[Count * resizer.To.Features];
        for (var i = 0; i < Count; i++)
            resizer.Resize(Values.Slice(i * Size, Size), values.AsSpan(i * resizer.To.Features, resizer.To.Features));
        return new FloatFeatures(values, resizer.To.Features, Overlap);
    }

    public override ulong Hash(ulong seed) => EpochSource.Hash(Values, seed);
}
