using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Gestures;

/// <summary>A terminal of 80 × 24 cells with the <see cref="Paper"/> on the left and what the network makes of it on the right.</summary>
static class Screen
{
    const int Columns = 80, Rows = 24, BarLength = 16;

    /// <summary>Of text: blue, yellow, green, magenta.</summary>
    static readonly int[] Colours = [34, 33, 32, 35];

    /// <summary>A state's numbers by their size.</summary>
    const string Shades = " ░▒▓█";

    /// <summary>Whether there is a terminal that shows colours and is large enough.</summary>
    public static bool IsThere => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi && AnsiConsole.Profile.Capabilities.AlternateBuffer
        && Console.WindowWidth >= Columns && Console.WindowHeight >= Rows;

    /// <summary>Runs what shows frames, until it or the user, by Ctrl+C, ends it; afterwards the terminal is as before.</summary>
    public static void Use(Action<CancellationToken> show)
    {
        using var quit = new CancellationTokenSource();
        Console.CancelKeyPress += Quit;
        AnsiConsole.AlternateScreen(() =>
        {
            AnsiConsole.Cursor.Hide();
            try
            {
                show(quit.Token);
            }
            finally
            {
                AnsiConsole.Cursor.Show();
            }
        });
        Console.CancelKeyPress -= Quit;

        void Quit(object? sender, ConsoleCancelEventArgs key)
        {
            key.Cancel = true;
            quit.Cancel();
        }
    }

    /// <summary>Shows a moment.</summary>
    /// <param name="title">Above.</param>
    /// <param name="hint">Below.</param>
    /// <param name="points">Where the pen has been.</param>
    /// <param name="probabilities">Of the gestures.</param>
    /// <param name="state">What the GRU remembers.</param>
    public static void Show(string title, string hint, IEnumerable<PenPoint> points, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> state)
    {
        var side = new List<string> { "" };
        for (var gesture = 0; gesture < probabilities.Length; gesture++)
            side.Add(Coloured(Colours[gesture], string.Create(CultureInfo.InvariantCulture,
                $"{((Gesture)gesture).Name(),-7} {new string('█', (int)Math.Round(BarLength * probabilities[gesture])).PadRight(BarLength, '·')} {probabilities[gesture]:F2}")));
        side.AddRange(["", "What the GRU remembers:"]);
        const int PerRow = 8;
        for (var row = 0; row < state.Length / PerRow; row++)
        {
            var text = new StringBuilder();
            foreach (var value in state.Slice(row * PerRow, PerRow))
                text.Append(Coloured(value < 0 ? 31 : 36, new string(Shades[(int)Math.Round(Math.Min(1, Math.Abs(value)) * (Shades.Length - 1))], 3)));
            side.Add(text.ToString());
        }

        var canvas = new BrailleCanvas(Paper.Columns, Paper.Rows);
        canvas.Draw(points);
        var frame = new StringBuilder($"\u001b[H{title}\u001b[K\r\n");
        for (var row = 0; row < Paper.Rows; row++)
            frame.Append(canvas.Row(row)).Append("  ").Append(row < side.Count ? side[row] : "").Append("\u001b[K\r\n");
        Console.Out.Write(frame.Append(hint).Append("\u001b[K"));
        Console.Out.Flush();
    }

    static string Coloured(int colour, string text) => $"\u001b[{colour}m{text}\u001b[0m";
}
