namespace Gestures;

/// <summary>The part of a terminal on which gestures are drawn: a square, since cells are about twice as high as wide.</summary>
static class Paper
{
    /// <summary>Its first cell, from 1, and its size in cells.</summary>
    public const int Left = 1, Top = 2, Columns = 44, Rows = 22;

    /// <summary>The centre of a cell.</summary>
    public static (double X, double Y) Centre(int column, int row) => ((column - Left + 0.5) * 2 / Columns - 1, (row - Top + 0.5) * 2 / Rows - 1);
}
