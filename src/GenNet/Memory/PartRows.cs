namespace GenNet.Kernels;

/// <summary>Rows at hand that belong to one part of their batch: see <see cref="SampleParts"/>.</summary>
readonly struct PartRows
{
    /// <summary>The first of them among the rows at hand, and their number.</summary>
    public readonly int First, Count;

    /// <summary>Sums of earlier parts that wait, and how many of them the sum of this one is added to: none before it is whole.</summary>
    public readonly int Waiting, Merges;

    /// <summary>Whether earlier rows of the part have been summed.</summary>
    public readonly bool Continues;

    /// <summary>Whether these rows are the batch's last.</summary>
    public readonly bool IsLast;

    /// <summary>The first row behind them.</summary>
    public int End => First + Count;

    /// <param name="row">The first row.</param>
    /// <param name="rows">The rows at hand.</param>
    /// <param name="before">Rows of the batch before those at hand.</param>
    /// <param name="all">Rows of the batch.</param>
    /// <param name="rowsOfPart">Rows of a part.</param>
    public PartRows(int row, int rows, long before, long all, int rowsOfPart)
    {
        // Of a batch that is accumulated, an int may hold the samples but not their rows.
        var number = before + row;

        // The first part is the only one of most batches, and a division takes as long as many sums.
        var part = number < rowsOfPart ? 0 : (int)(number / rowsOfPart);
        var within = (int)(number - (long)part * rowsOfPart);
        First = row;
        Count = Math.Min(rowsOfPart - within, rows - row);
        Continues = within > 0;
        IsLast = number + Count == all;
        if (part == 0)
            return;
        Waiting = SampleParts.Waiting(part);
        Merges = IsLast || within + Count == rowsOfPart ? SampleParts.Merges(part, IsLast) : 0;
    }

    /// <summary>The same rows, before whose part sums of other rows wait too.</summary>
    public PartRows(in PartRows part, int waiting)
    {
        this = part;
        Waiting += waiting;
    }
}
