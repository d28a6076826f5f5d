using System.Text;

namespace Gestures;

/// <summary>Draws lines of dots on text: a character of Braille has two columns and four rows of them.</summary>
/// <param name="columns">Characters of a row.</param>
/// <param name="rows">Rows of characters.</param>
sealed class BrailleCanvas(int columns, int rows)
{
    const char Blank = '\u2800';

    /// <summary>The bits of a character's dots, [4 rows][2 columns].</summary>
    static readonly byte[] Dots = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    readonly byte[] _cells = new byte[columns * rows];

    /// <summary>Connects the points between which the pen draws.</summary>
    public void Draw(IEnumerable<PenPoint> points)
    {
        PenPoint last = default;
        foreach (var point in points)
        {
            if (point.Draws)
                Line(last.Draws ? last : point, point);
            last = point;
        }
    }

    void Line(PenPoint from, PenPoint to)
    {
        // Dots are as far apart in both directions. What is outside of the paper is left out.
        var steps = 1 + (int)(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)) * 4 * rows);
        for (var i = 0; i <= steps; i++)
        {
            var x = (int)Math.Floor((from.X + (to.X - from.X) * i / steps + 1) * columns);
            var y = (int)Math.Floor((from.Y + (to.Y - from.Y) * i / steps + 1) * 2 * rows);
            if ((uint)x < (uint)(2 * columns) && (uint)y < (uint)(4 * rows))
                _cells[y / 4 * columns + x / 2] |= Dots[y % 4 * 2 + x % 2];
        }
    }

    /// <summary>A row of characters, from the top.</summary>
    public string Row(int row)
    {
        var text = new StringBuilder(columns);
        foreach (var dots in _cells.AsSpan(row * columns, columns))
            text.Append((char)(Blank + dots));
        return text.ToString();
    }
}
