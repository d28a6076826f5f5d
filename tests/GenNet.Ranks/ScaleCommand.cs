using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using GenNet.Benchmarks;
using GenNet.Shared;

namespace GenNet.Ranks;

/// <summary><c>scale</c>: measures steps on one, two and four ranks of this machine, fits a model to them, and draws what it expects of more ranks with networks between them.</summary>
static partial class ScaleCommand
{
    const int PartSamples = 128;

    static readonly int[] Predicted = [8, 64, 512];

    /// <summary>Latencies of kernel TCP over Ethernet, and of remote memory access.</summary>
    static readonly Link[] Links = [Link.OfGigabits(10, latency: 0.03), Link.OfGigabits(100, latency: 0.003)];

    public static Command Create()
    {
        var launcher = new Option<string>("--launcher") { Description = "What starts several ranks.", DefaultValueFactory = _ => "mpirun --oversubscribe" };
        var folder = new Option<string>("--out") { Description = "Where the pictures go.", DefaultValueFactory = _ => Path.Combine("docs", "ranks") };
        var command = new Command("scale", "Measures steps on 1, 2 and 4 ranks, fits a model, prints Markdown tables and draws a picture of each network.") { launcher, folder };
        command.SetAction(options => Run(options.GetValue(launcher)!.Split(' '), options.GetValue(folder)!));
        return command;
    }

    static void Run(string[] launcher, string folder)
    {
        Directory.CreateDirectory(folder);
        var message = Measure(launcher, 2, "message") / 1000;
        Console.WriteLine(FormattableString.Invariant($"One more message takes {1000 * message:0.0} µs, {Environment.ProcessorCount} processors.\n"));
        foreach (var (name, file, network, arguments) in new (string, string, INetwork, string[])[]
        {
            ("784→512→256→10", "dense", new LargeNetwork(1), []),
            ("two convolutions before 128→10", "convolutional", new ConvolutionalNetwork(1), ["--convolutional"]),
        })
            Report(name, Path.Combine(folder, file + ".svg"), network, message, (ranks, parts) => Measure(launcher, ranks, ["time", "--batch", $"{PartSamples * parts}", "--steps", "75", .. arguments]));
    }

    static void Report(string name, string file, INetwork network, double message, Func<int, int, double> measure)
    {
        var (part, update) = StepModel.Fit([.. new[] { 1, 2, 4, 8 }.Select(parts => (parts, measure(1, parts)))]);
        var model = new StepModel(part, update, network.ParameterCount, Addition(network.ParameterCount), message);

        // What two ranks take beside what is known of them is the way between them.
        var (two, twoLonger) = (measure(2, 2), measure(2, 8));
        var nothing = new Link("", 0, 0);
        var perByte = ((two - model.Step(2, 1, nothing)) + (twoLonger - model.Step(2, 4, nothing))) / 2 / (sizeof(float) * model.Parameters);
        var here = new Link("here", Math.Max(0, perByte), 0);
        Console.WriteLine(FormattableString.Invariant($"### {name}: {model.Parameters:N0} weights\n\nA part of 128 samples {model.Part:0.000} ms, else {model.Update:0.000}, adding {model.Addition:0.000}, moving {1e-6 / here.PerByte:0.0} GB/s here.\n"));
        Console.WriteLine("| ranks, 128 samples each | 1 | 2 | 4 |\n|---|--:|--:|--:|");
        double[] measured = [measure(1, 1), two, measure(4, 4)];
        Console.WriteLine(FormattableString.Invariant($"| measured | {measured[0]:0.00} | {measured[1]:0.00} | {measured[2]:0.00} |\n| model | {Here(1):0.00} | {Here(2):0.00} | {Here(4):0.00} |\n"));
        Console.WriteLine($"| ms a step, and times the samples of one rank | 1 | {string.Join(" | ", Predicted)} |\n|---|--:|{string.Concat(Predicted.Select(_ => "--:|"))}");
        foreach (var parts in new[] { 1, 8 })
            foreach (var link in Links)
            {
                var alone = model.Step(1, parts, link);
                var cells = Predicted.Select(ranks => (ranks, Step: model.Step(ranks, parts, link))).Select(x => FormattableString.Invariant($"{x.Step:0.0}, {x.ranks * alone / x.Step:0} ×"));
                Console.WriteLine(FormattableString.Invariant($"| {parts * PartSamples:N0} samples a rank, {link.Name} | {alone:0.0} | {string.Join(" | ", cells)} |"));
            }
        Console.WriteLine($"\nComputing takes as long as the exchange of 8 ranks from {string.Join(" and ", Links.Select(link => FormattableString.Invariant($"{Math.Ceiling(PartSamples * model.Exchange(8, link) / model.Part):N0} samples a rank on at {link.Name}")))}.\n");
        File.WriteAllText(file, Draw(name, model, measured));

        // Ranks that share a processor take turns.
        double Here(int ranks) => Math.Max(1, ranks / (double)Environment.ProcessorCount) * model.Step(ranks, 1, here);
    }

    static string Draw(string name, StepModel model, double[] measured)
    {
        var chart = new GrowthChart("ms a step", $"{name}, 128 samples a rank, by ranks",
            new("alone", "#57606a", "#9da7b3", IsDashed: true), new(Links[0].Name, "#9a6700", "#e3b341", IsDashed: true), new(Links[1].Name, "#1d5fa8", "#79b8ff", IsDashed: true), new("measured", "#c1121f", "#ff8a80"));
        for (var ranks = 1; ranks <= Predicted[^1]; ranks *= 2)
        {
            chart.Add("alone", ranks, model.Step(1, 1, Links[0]));
            foreach (var link in Links)
                chart.Add(link.Name, ranks, model.Step(ranks, 1, link));
        }
        for (var index = 0; index < measured.Length; index++)
            chart.Add("measured", 1 << index, measured[index]);
        return chart.Draw();
    }

    /// <summary>Milliseconds of adding so many floats to others.</summary>
    static double Addition(int count)
    {
        var (sum, added) = (new float[count], new float[count]);
        return Enumerable.Range(0, 20).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i <= count - Vector<float>.Count; i += Vector<float>.Count)
                (new Vector<float>(sum, i) + new Vector<float>(added, i)).CopyTo(sum, i);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
    }

    /// <summary>Runs this program on so many ranks; returns the figure that it prints before its unit.</summary>
    static double Measure(string[] launcher, int ranks, params string[] arguments)
    {
        Console.Error.WriteLine($"{ranks}: {string.Join(' ', arguments)}");
        string[] program = ["dotnet", typeof(ScaleCommand).Assembly.Location, .. arguments];
        var result = ranks == 1 ? Tool.Run(program[0], program[1..]) : Tool.Run(launcher[0], [.. launcher[1..], "-np", $"{ranks}", .. program]);
        var figure = Figure().Match(result.Output);
        return result.Succeeded && figure.Success ? double.Parse(figure.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException(result.Output + result.Error);
    }

    [GeneratedRegex(@"([\d.]+) (?:ms a step|µs a message)")]
    private static partial Regex Figure();
}
