using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Agents;

/// <summary>Shows learning in a terminal: a picture that moves, or lines where the output goes elsewhere.</summary>
sealed class ConsoleView
{
    const int Columns = 48, Rows = 14;

    /// <summary>Between two pictures, and two lines.</summary>
    static readonly TimeSpan OfPicture = TimeSpan.FromMilliseconds(50), OfLine = TimeSpan.FromMilliseconds(250);

    readonly bool _interactive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    long _last = Stopwatch.GetTimestamp();
    bool _drawn;

    public ConsoleView()
    {
        if (_interactive)
            Console.OutputEncoding = Encoding.UTF8;
    }

    /// <summary>Shows where learning is, now and then.</summary>
    /// <param name="steps">Environment steps.</param>
    /// <param name="meanReturn">The mean return of the last episodes.</param>
    /// <param name="draw">Draws the first environment.</param>
    public void Show(long steps, double meanReturn, Func<Stroke[]> draw)
    {
        if (Stopwatch.GetElapsedTime(_last) < (_interactive ? OfPicture : OfLine))
            return;
        _last = Stopwatch.GetTimestamp();
        var line = string.Create(CultureInfo.InvariantCulture, $"{steps,9} steps   mean return {meanReturn,8:F1}");
        Console.Write(_interactive ? Picture(draw()) + line + "\n" : line + "\n");
    }

    /// <summary>The picture in dots of Braille, over the one before.</summary>
    string Picture(Stroke[] strokes)
    {
        var dots = new byte[Rows, Columns];
        foreach (var stroke in strokes)
        {
            var (width, height) = (2 * Columns - 1, 4 * Rows - 1);
            double fromX = (stroke.FromX + 1) / 2 * width, fromY = (1 - stroke.FromY) / 2 * height, toX = (stroke.ToX + 1) / 2 * width, toY = (1 - stroke.ToY) / 2 * height;
            var count = (int)Math.Ceiling(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY))) + 1;
            for (var i = 0; i <= count; i++)
            {
                int x = (int)Math.Round(fromX + (toX - fromX) * i / count), y = (int)Math.Round(fromY + (toY - fromY) * i / count);
                if (x >= 0 && x <= width && y >= 0 && y <= height)
                    dots[y / 4, x / 2] |= (byte)((y % 4, x % 2) switch { (3, 0) => 0x40, (3, 1) => 0x80, (var row, 0) => 1 << row, (var row, _) => 8 << row });
            }
        }
        var text = new StringBuilder(_drawn ? $"\u001b[{Rows + 1}A" : "");
        _drawn = true;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
                text.Append((char)(0x2800 + dots[row, column]));
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Says what came of it.</summary>
    public void Finish(LearningResult result, string replay)
    {
        var culture = CultureInfo.InvariantCulture;
        Console.WriteLine($"replay: {replay}");
        Console.WriteLine(string.Create(culture, $"policy: {result.Hash:x16}"));
        Console.WriteLine(string.Create(culture, $"mean return: {result.MeanReturn:F1} ({result.Returns.Length} episodes)"));
        Console.WriteLine(string.Create(culture, $"training time: {result.Seconds:F1} s ({result.Steps:N0} steps, {result.Algorithm}, start of the process included)"));
        Console.WriteLine(string.Create(culture, $"allocated per step: {result.AllocatedPerStep:0.##} bytes"));
    }
}
