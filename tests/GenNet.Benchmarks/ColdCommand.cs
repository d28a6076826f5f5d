using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GenNet.Shared;

namespace GenNet.Benchmarks;

/// <summary><c>cold</c>: what a program waits for that has just started. Every figure is from a process of its own.</summary>
static class ColdCommand
{
    static readonly (string Name, Range Steps)[] Stretches = [("1", ..1), ("2", 1..2), ("3 to 10", 2..10), ("11 to 50", 10..50), ("51 to 100", 50..100)];

    public static Command Create()
    {
        var runs = new Option<int>("--runs") { HelpName = "count", Description = "Processes for each figure.", DefaultValueFactory = _ => 20 };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--runs must be at least 1.");
        });
        var command = new Command("cold", "Measures the start of a process to its first prediction and its hundredth training step, beside PyTorch's, and first calls.") { runs };
        command.SetAction(options => Run(options.GetValue(runs)));
        return command;
    }

    static void Run(int runs)
    {
        var torch = Peers.MissingTorch is null;
        if (!torch)
            Console.WriteLine($"PyTorch is missing ({Peers.MissingTorch}): apt-get install python3-torch\n");
        Console.WriteLine($"Milliseconds, minimum / median of {runs} processes, from right before the parent starts the process.\n");
        Console.WriteLine("| | GenNet | PyTorch |");
        Console.WriteLine("|---|--:|--:|");
        Console.WriteLine($"| start → first line of a program | {Cell(Times(runs, () => GenNet("nothing")))} | – |");
        Row("start → first prediction, 17→64→64→6 tanh", "infer");
        var (steps, stepsOfTorch) = Row($"start → training step {ColdProcess.Steps}, 784→128→64→10 ReLU, batch {ColdNetwork.Samples}, SGD", "train");

        Console.WriteLine($"\nMilliseconds of the first {ColdProcess.Steps} training steps, median of all processes:\n");
        Console.WriteLine("| step | GenNet | PyTorch |");
        Console.WriteLine("|---|--:|--:|");
        foreach (var (name, range) in Stretches)
            Console.WriteLine($"| {name} | {Step(steps, range)} | {Step(stepsOfTorch, range)} |");

        Console.WriteLine($"\nMilliseconds of the first call, minimum / median of {runs} processes each; milliseconds of all threads' compiling, and methods compiled, medians too:\n");
        Console.WriteLine($"| call | {string.Join(" | ", ColdNetwork.All.Select(network => $"{network.Id} | compiling | methods"))} |");
        Console.WriteLine($"|---|{string.Concat(ColdNetwork.All.Select(_ => "--:|--:|--:|"))}");
        foreach (var call in ColdNetwork.Calls)
        {
            var cells = ColdNetwork.All.Select(network => Times(runs, () => GenNet("call", network.Id, call))).Select(times => $"{Cell(times)} | {Number(Median(times.Select(time => time[1])))} | {Median(times.Select(time => time[2])):F0}");
            Console.WriteLine($"| `{call}` | {string.Join(" | ", cells)} |");
        }

        (double[][] GenNet, double[][] Torch) Row(string name, string what)
        {
            var mine = Times(runs, () => GenNet(what));
            var other = torch ? Times(runs, () => Peers.ColdTorch(Now(), what)) : [];
            Console.WriteLine($"| {name} | {Cell(mine)} | {Cell(other)} |");
            return (mine, other);
        }
    }

    /// <summary>This program anew.</summary>
    static ProcessStartInfo GenNet(params string[] arguments) =>
        new(Path.Combine(AppContext.BaseDirectory, typeof(ColdCommand).Assembly.GetName().Name!), [ColdProcess.Argument, Now(), .. arguments]);

    static string Now() => Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);

    static double[][] Times(int runs, Func<ProcessStartInfo> start)
    {
        // The first one reads the program from the disk.
        Time(start());
        return [.. Enumerable.Range(0, runs).Select(_ => Time(start()))];
    }

    static double[] Time(ProcessStartInfo start)
    {
        var result = Tool.Run(start);
        if (!result.Succeeded)
            throw new PeerException($"{start.FileName} failed:\n{result.Error}");
        return [.. result.Output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    static string Cell(double[][] times) => times.Length == 0 ? "–" : $"{Number(times.Min(time => time[0]))} / {Number(Median(times.Select(time => time[0])))}";

    static string Step(double[][] times, Range steps) => times.Length == 0 ? "–" : Number(Median(times.SelectMany(time => time[1..][steps])));

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    static string Number(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "F2" : "F0", CultureInfo.InvariantCulture);
}
