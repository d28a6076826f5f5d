using System.ComponentModel;

namespace GenNet.Kernels;

/// <summary>One thread's share of a step: some of the rows, then some of the gradients. No sum is divided, so the division does not show in the results.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Share
{
    /// <summary>Rows are divided in groups that fill a register tile.</summary>
    const int Group = 8;

    internal Share(int part, int parts, int rows)
    {
        (Part, Parts) = (part, parts);
        var groups = (rows + Group - 1) / Group;
        FirstRow = Math.Min(rows, groups * part / parts * Group);
        RowCount = Math.Min(rows, groups * (part + 1) / parts * Group) - FirstRow;
    }

    internal int Part { get; }

    internal int Parts { get; }

    internal int FirstRow { get; }

    internal int RowCount { get; }
}
