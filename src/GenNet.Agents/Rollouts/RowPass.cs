namespace GenNet.Agents;

/// <summary>A pass over rows, which may be gone through in pieces.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="AtOnce">Rows of a piece.</param>
/// <param name="Run">Goes on from a row to before another.</param>
/// <param name="End">What follows from all of them; null where nothing does.</param>
sealed record RowPass(int Rows, int AtOnce, Action<int, int> Run, Action? End = null)
{
    /// <summary>Numbers that a piece goes through once: some tens of microseconds.</summary>
    public const int Numbers = 1 << 14;

    /// <summary>A pass over rows of numbers.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="run">Goes on from a row to before another.</param>
    /// <param name="end">What follows from all of them; null where nothing does.</param>
    public static RowPass Over(int rows, int width, Action<int, int> run, Action? end = null) => new(rows, Math.Max(1, Numbers / width), run, end);
}
