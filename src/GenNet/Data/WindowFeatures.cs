namespace GenNet;

/// <summary>Windows of recordings whose steps lie in memory once, whatever windows have them: rows are copied from there while a batch is drawn.</summary>
/// <param name="recording">The features of the steps.</param>
/// <param name="starts">The first step of each window.</param>
/// <param name="steps">Steps of a window.</param>
/// <param name="lengths">How many of them each window has, behind which there are zeros; null where all have all.</param>
sealed class WindowFeatures(Features recording, int[] starts, int steps, int[]? lengths) : Features(steps * recording.Size, recording.Overlap || Overlaps(starts, steps, lengths))
{
    public override int Count => starts.Length;

    public override bool AreFinite => recording.AreFinite;

    public override bool AreScaledBytes => recording.AreScaledBytes;

    public override void CopyRows(ReadOnlySpan<int> samples, Span<float> rows)
    {
        for (var i = 0; i < samples.Length; i++)
            CopyRow(samples[i], rows.Slice(i * Size, Size));
    }

    public override void CopyRows(int first, Span<float> rows)
    {
        for (var i = 0; i < rows.Length / Size; i++)
            CopyRow(first + i, rows.Slice(i * Size, Size));
    }

    void CopyRow(int window, Span<float> row)
    {
        var there = (lengths?[window] ?? steps) * recording.Size;
        recording.CopyRows(starts[window], row[..there]);
        row[there..].Clear();
    }

    public override Features Subset(ReadOnlySpan<int> samples) =>
        new WindowFeatures(recording, GatherRows<int>(starts, 1, samples), steps, lengths is null ? null : GatherRows<int>(lengths, 1, samples));

    /// <summary>Of the steps, where each has the same means and deviations.</summary>
    public override Features Standardized(Standardizer standardizer, bool inverse) => recording.Size % standardizer.Period == 0
        ? new WindowFeatures(recording.Standardized(new(standardizer.Means[..recording.Size], standardizer.Deviations[..recording.Size]), inverse), starts, steps, lengths)
        : ToFloats().Standardized(standardizer, inverse);

    public override Features Resized(ImageResizer resizer) => ToFloats().Resized(resizer);

    public override ulong Hash(ulong seed) => EpochSource.Hash<int>(starts, recording.Hash(seed + (ulong)steps));

    static bool Overlaps(int[] starts, int steps, int[]? lengths)
    {
        int[] sorted = [.. starts];
        var ofSorted = (int[]?)lengths?.Clone();
        Array.Sort(sorted, ofSorted);
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i] - sorted[i - 1] < (ofSorted?[i - 1] ?? steps))
                return true;
        return false;
    }
}
