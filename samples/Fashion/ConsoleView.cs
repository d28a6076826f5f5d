using System.Globalization;
using GenNet;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fashion;

/// <summary>Shows a run on the console: live on a terminal, in plain lines when redirected.</summary>
static class ConsoleView
{
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    static readonly IAnsiConsole Terminal = Create();

    /// <summary>Trains on a thread of its own, so that the display neither delays it nor counts as its memory.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hashes">Whether to print the network's fingerprint after each epoch.</param>
    public static void Watch(TrainingRun run, bool hashes)
    {
        Console.WriteLine(Text($"{run.Settings.Network} network, {run.Network.ParameterCount:N0} parameters, classes: {string.Join(", ", run.Images.ClassNames)}"));
        Console.WriteLine(Text($"{run.Images.Train.Count:N0} training and {run.Images.Test.Count:N0} test images: {run.Images.Source}"));
        var training = Task.Factory.StartNew(run.Train, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Console.IsOutputRedirected)
            WriteLines(run, training);
        else
            Terminal.Live(Progress(run)).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top).Start(live =>
            {
                var over = false;
                while (!over)
                {
                    over = IsOver(training);
                    live.UpdateTarget(Progress(run));
                }
            });
        training.GetAwaiter().GetResult();
        if (run.Health is { } health)
            WriteHealth(health);
        if (hashes)
            foreach (var e in run.Epochs)
                Console.WriteLine(Text($"epoch {e.Epoch} fingerprint: {e.Hash:x16}"));
    }

    /// <summary>Writes the confusion matrix, then three lines for people and programs to read.</summary>
    public static void Summarise(TrainingRun run, string report)
    {
        Terminal.Write(Confusion(run));
        Console.WriteLine($"report: {report}");
        Console.WriteLine(Text($"test accuracy: {run.Confusion.Accuracy:F4} ({run.Confusion.Correct} of {run.Confusion.Total})"));
        Console.WriteLine(Text($"training time: {run.TrainSeconds:F2} s ({run.SamplesPerSecond:F0} samples/s)"));
        Console.WriteLine(Text($"allocated per step: {run.AllocatedBytesPerStep:0.##} bytes"));
    }

    static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected)
            return AnsiConsole.Console;
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = 200;
        return plain;
    }

    static void WriteLines(TrainingRun run, Task training)
    {
        var (over, written) = (false, 0);
        while (!over)
        {
            over = IsOver(training);
            for (; written < run.Epochs.Count; written++)
            {
                var e = run.Epochs[written];
                Console.WriteLine(Text($"epoch {e.Epoch} of {run.Settings.Epochs}: loss {e.Loss:F4}, test loss {e.TestLoss:F4}, test accuracy {e.Accuracy:F4}, {e.Seconds:F2} s"));
            }
        }
    }

    static bool IsOver(Task training) => ((IAsyncResult)training).AsyncWaitHandle.WaitOne(Refresh);

    /// <summary>The epochs and, where it is measured, the health of the layers.</summary>
    static IRenderable Progress(TrainingRun run) => run.Health is { } health ? new Rows(Epochs(run), Layers(health)) : Epochs(run);

    static void WriteHealth(GradientHealth health)
    {
        if (Console.IsOutputRedirected)
            Terminal.Write(Layers(health));
        var findings = health.Diagnose();
        foreach (var finding in findings)
            Console.WriteLine(finding.Message);
        if (findings.Count == 0)
            Console.WriteLine("No gradient vanishes or explodes, and hardly any unit is dead.");
    }

    static Table Layers(GradientHealth health)
    {
        var table = new Table().RoundedBorder().AddColumns(
            Right("Layer"), Right("Gradient"), Right("Gradient / weights"), Right("Update / weights"), Right("Dead"), Right("Mean"), Right("Deviation"));
        foreach (var layer in health.Layers)
            table.AddRow(
                Text($"{layer.Number}"), Text($"{layer.GradientNorm:0.0e+0}"), Text($"{layer.RelativeGradient:0.0e+0}"), Text($"{layer.UpdateRatio:0.0e+0}"),
                double.IsNaN(layer.DeadShare) ? "" : Text($"{layer.DeadShare:P1}"), Text($"{layer.ActivationMean:F3}"), Text($"{layer.ActivationDeviation:F3}"));
        return table;
    }

    static Table Epochs(TrainingRun run)
    {
        var table = new Table().RoundedBorder().AddColumns(
            Right("Epoch"), Right("Loss"), Right("Test loss"), Right("Test accuracy"), Right("Time"), new TableColumn(""));
        var epochs = run.Epochs;
        foreach (var e in epochs)
            table.AddRow(Text($"{e.Epoch}"), Text($"{e.Loss:F4}"), Text($"{e.TestLoss:F4}"), Text($"{e.Accuracy:F4}"), Text($"{e.Seconds:F2} s"), Bar(1));
        if (epochs.Count < run.Settings.Epochs)
            table.AddRow(Text($"{epochs.Count + 1}"), "", "", "", "", Bar((double)run.SamplesDone / run.Images.Train.Count));
        return table;
    }

    static string Bar(double part)
    {
        const int Width = 20;
        var done = (int)(part * Width);
        return $"[green]{new string('━', done)}[/][grey]{new string('━', Width - done)}[/]";
    }

    static Table Confusion(TrainingRun run)
    {
        var (matrix, names) = (run.Confusion, run.Images.ClassNames);
        var table = new Table().RoundedBorder().AddColumn("Actual ↓ Predicted →");
        foreach (var name in names)
            table.AddColumn(Right(name));
        table.AddColumn(Right("Recall"));
        for (var actual = 0; actual < names.Count; actual++)
        {
            var row = new List<string> { Markup.Escape(names[actual]) };
            for (var predicted = 0; predicted < names.Count; predicted++)
            {
                var count = matrix[actual, predicted];
                row.Add(count == 0 ? "[grey]·[/]" : actual == predicted ? $"[bold green]{count}[/]" : $"[red]{count}[/]");
            }
            row.Add(Text($"{matrix.Recall(actual):F3}"));
            table.AddRow([.. row]);
        }
        return table;
    }

    static TableColumn Right(string name) => new TableColumn(Markup.Escape(name)).RightAligned().NoWrap();

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
