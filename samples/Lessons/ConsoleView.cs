using System.Globalization;
using Spectre.Console;

namespace Lessons;

/// <summary>Shows a lesson on the console.</summary>
static class ConsoleView
{
    static readonly IAnsiConsole Terminal = Create();

    public static void Write(Lesson lesson, IReadOnlyList<AttemptResult> attempts)
    {
        Terminal.Write(new Rule($"[bold]{Markup.Escape(lesson.Title)}[/]").LeftJustified());
        Terminal.MarkupLine(Markup.Escape(lesson.Text));
        foreach (var attempt in attempts)
        {
            Terminal.WriteLine();
            Terminal.MarkupLine($"[bold]{Markup.Escape(attempt.Name)}[/]");
            if (attempt.Health.Count > 0)
            {
                Terminal.Write(Layers(attempt.Health[0], attempt.Health[^1]));
                foreach (var (first, last) in attempt.Health[0].Zip(attempt.Health[^1]).Where(layer => layer.First.Reach.Count > 0))
                    Terminal.Write(Steps(first, last));
            }
            foreach (var finding in attempt.Findings)
                Terminal.MarkupLine($"[yellow]{Markup.Escape(finding.Message)}[/]");
            Terminal.MarkupLine(attempt.Divergence is { } reason ? $"[red]{Markup.Escape(reason)}[/]" : Text(
                $"after {attempt.Epochs.Count} epochs: loss {attempt.Epochs[^1].Loss:F4}, [bold]{attempt.Accuracy:P1}[/] of the test points told apart"));
        }
        Terminal.WriteLine();
    }

    static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected)
            return AnsiConsole.Console;
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = 200;
        return plain;
    }

    static Table Layers(LayerFigures[] first, LayerFigures[] last)
    {
        var table = new Table().RoundedBorder().AddColumns("Layer", "", "Gradient / weights, first epoch", "last epoch", "Dead, first epoch", "last epoch");
        for (var i = 0; i < first.Length; i++)
            table.AddRow(Text($"{first[i].Number}"), first[i].Name, Bar(first[i].RelativeGradient), Bar(last[i].RelativeGradient), Share(first[i].DeadShare), Share(last[i].DeadShare));
        return table;
    }

    static Table Steps(LayerFigures first, LayerFigures last)
    {
        var table = new Table().RoundedBorder().AddColumns("Step", Text($"Gradient left in layer {first.Number}, first epoch"), "last epoch");
        foreach (var ((step, reach), (_, later)) in first.SomeSteps.Zip(last.SomeSteps))
            table.AddRow(Text($"{step}"), Bar(reach), Bar(later));
        return table;
    }

    /// <summary>A bar for the logarithm: empty at 10⁻⁸, full at 10².</summary>
    static string Bar(double value)
    {
        const int Width = 20;
        var done = value > 0 ? (int)Math.Clamp((Math.Log10(value) + 8) / 10 * Width, 0, Width) : 0;
        return Text($"[{(value is < 1e-4 or > 10 ? "red" : "green")}]{new string('━', done)}[/][grey]{new string('┄', Width - done)}[/] {value:0.0e+0}");
    }

    static string Share(double value) => double.IsNaN(value) ? "" : Text($"{value:P0}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
