namespace GenNet.Kernels;

/// <summary>The groups that have columns in a panel. A panel is computed for each of them, and of each its own columns are kept.</summary>
/// <param name="size">Columns of a group.</param>
/// <param name="first">The panel's first column.</param>
/// <param name="count">Its columns.</param>
readonly struct GroupColumns(int size, int first, int count)
{
    /// <summary>The first group.</summary>
    public int First => first / size;

    /// <summary>The group behind the last.</summary>
    public int End => (first + count - 1) / size + 1;

    /// <summary>Copies a group's columns.</summary>
    public unsafe void Copy(
        int group,
        float* from, // [rows][fromStride]
        int fromStride,
        float* to, // [rows][toStride]
        int toStride, int rows)
    {
        int column = Math.Max(0, group * size - first), columns = Math.Min(count, (group + 1) * size - first) - column;
        for (var row = 0; row < rows; row++, from += fromStride, to += toStride)
            new ReadOnlySpan<float>(from + column, columns).CopyTo(new(to + column, columns));
    }
}
