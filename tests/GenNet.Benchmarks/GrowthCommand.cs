using System.CommandLine;
using System.Globalization;

namespace GenNet.Benchmarks;

/// <summary><c>growth</c>: time a sample against width, depth, batch and threads, beside PyTorch and onnxruntime and below what the processor can do.</summary>
static class GrowthCommand
{
    static readonly ChartLine[] Lines = [new("roof", "#57606a", "#9da7b3", IsDashed: true), new("PyTorch", "#c1121f", "#ff8a80"), new("onnxruntime", "#9a6700", "#e3b341"), new("GenNet", "#1d5fa8", "#79b8ff")];

    static readonly int[] Batches = [1, 8, 64, 512, 4096, 65_536];

    static readonly Axis[] Axes =
    [
        new("width-infer-1", "one sample, W→W→W ReLU, by width W",
        [
            new(16, Workload.Infer<Wide16>("W16")), new(64, Workload.Infer<Wide64>("W64")), new(256, Workload.Infer<Wide256>("W256")), new(512, Workload.Infer<Wide512>("W512")),
            new(1024, Workload.Infer<Wide1024>("W1024")), new(2048, Workload.Infer<Wide2048>("W2048")), new(4096, Workload.Infer<Wide4096>("W4096")),
        ]),
        new("width-infer-256", "256 samples a call, W→W→W ReLU, by width W",
        [
            new(16, Workload.Infer<Wide16>("W16", 256)), new(64, Workload.Infer<Wide64>("W64", 256)), new(256, Workload.Infer<Wide256>("W256", 256)), new(512, Workload.Infer<Wide512>("W512", 256)),
            new(1024, Workload.Infer<Wide1024>("W1024", 256)), new(2048, Workload.Infer<Wide2048>("W2048", 256)),
        ]),
        new("width-train-256", "training step of 256 samples with SGD, W→W→W ReLU, by width W",
        [
            new(16, Workload.Train<Wide16>("W16", 256, Method.Sgd)), new(64, Workload.Train<Wide64>("W64", 256, Method.Sgd)), new(256, Workload.Train<Wide256>("W256", 256, Method.Sgd)),
            new(512, Workload.Train<Wide512>("W512", 256, Method.Sgd)), new(1024, Workload.Train<Wide1024>("W1024", 256, Method.Sgd)), new(2048, Workload.Train<Wide2048>("W2048", 256, Method.Sgd)),
        ]),
        new("depth-infer-1", "one sample, layers of 32 ReLU, by their number", Deep(type => Workload.Infer(type.Name, type))),
        new("depth-train-32", "training step of 32 samples with SGD, layers of 32 ReLU, by their number", Deep(type => Workload.Train(type.Name, type, 32, Method.Sgd))),
        new("batch-infer", "17→64→64→6 tanh, by samples a call", [.. Batches.Select(batch => new Point(batch, Workload.Infer<Tanh17x64x64x6>("B", batch)))]),
        new("batch-train", "training step of 17→64→64→6 tanh with Adam, by samples of the batch", [.. Batches.Select(batch => new Point(batch, Workload.Train<Tanh17x64x64x6>("B", batch, Method.Adam)))]),
        new("threads-train", "training step of 256 samples of 784→512→256→10 ReLU with Adam, by threads",
            [.. Enumerable.Range(1, Math.Min(2, Environment.ProcessorCount)).Select(threads => new Point(threads, Workload.Train<Softmax784x512x256x10>("T", 256, Method.Adam)) { Threads = threads })]),
        new("ends", "one sample, 10→16→outputs and inputs→16→10, of 100,000",
            [new(1, Workload.Infer<ManyOutputs>("E")) { Label = "10→16→100,000" }, new(2, Workload.Infer<ManyInputs>("E")) { Label = "100,000→16→10" }]),
    ];

    static Point[] Deep(Func<Type, Workload> make) => [new(1, make(typeof(Deep1))), new(3, make(typeof(Deep3))), new(10, make(typeof(Deep10))), new(30, make(typeof(Deep30))), new(100, make(typeof(Deep100)))];

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { HelpName = "seconds", Description = "Measuring time of each point.", DefaultValueFactory = _ => 2 };
        var folder = new Option<string>("--out") { HelpName = "folder", Description = "Where the pictures go.", DefaultValueFactory = _ => Path.Combine("docs", "growth") };
        var only = new Option<string[]>("--only") { HelpName = "pictures", Description = $"Some of {string.Join(", ", Axes.Select(axis => axis.Name))}.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Axes.Select(axis => axis.Name)]);
        var command = new Command("growth", "Times a sample against width, depth, batch and threads, prints Markdown tables and draws a picture of each.") { seconds, folder, only };
        command.SetAction(options => Run([.. Axes.Where(axis => options.GetValue(only) is not { Length: > 0 } names || names.Contains(axis.Name))], options.GetValue(seconds), options.GetValue(folder)!));
        return command;
    }

    static void Run(Axis[] axes, double seconds, string folder)
    {
        Directory.CreateDirectory(folder);
        var (peers, missing) = (Peers.All.Where(peer => peer.Name is "PyTorch" or "onnxruntime").ToArray(), new SortedSet<string>());
        var points = axes.SelectMany(axis => axis.Points).ToArray();
        var cores = points.Select(point => point.Threads).Distinct().ToDictionary(threads => threads, threads => new Cores(threads));
        var variants = points.SelectMany(point => Race.Variants([point.Workload], peers, cores[point.Threads], missing)).ToDictionary();
        Console.WriteLine($"Nanoseconds a sample, the least of rounds in which all take turns; {cores[1]}, or to one for each thread. The roof is the longer of two times: of the operations at the peak of multiply-adds, and of reading the parameters once a call, both measured beside.\n");
        foreach (var axis in axes)
        {
            Console.WriteLine($"### {char.ToUpperInvariant(axis.Words[0])}{axis.Words[1..]}\n\n| | GenNet | {string.Join(" | ", peers.Select(peer => peer.Name))} | roof |\n|---|--:|{string.Concat(peers.Select(_ => "--:|"))}--:|");
            var chart = new GrowthChart("ns a sample", axis.Words, Lines);
            foreach (var point in axis.Points)
            {
                var workload = point.Workload;
                Console.Error.WriteLine($"{axis.Name}: {workload}");
                Parallelism.Threads = point.Threads;
                cores[point.Threads].PinThisProcess();
                var result = Race.Run(workload, variants[workload], cores[point.Threads], seconds, missing);
                var roof = Math.Max(workload.Flops / (workload.Infers ? 1 : workload.Samples) / result.PeakFlops / point.Threads, Bandwidth.Read(workload.Architecture.ParameterCount) / workload.Samples);
                chart.Add("GenNet", point.X, result.GenNet.Min / workload.Samples);
                chart.Add("roof", point.X, roof);
                foreach (var peer in result.Peers)
                    chart.Add(peer.Name, point.X, peer.Min / workload.Samples);
                var cells = peers.Select(peer => result.Peers.FirstOrDefault(process => process.Name == peer.Name) is { } process ? Number(process.Min / workload.Samples) : "–");
                Console.WriteLine($"| {point.Label ?? point.X.ToString("N0", CultureInfo.InvariantCulture)} | {Number(result.GenNet.Min / workload.Samples)} | {string.Join(" | ", cells)} | {Number(roof)} |");
            }
            Console.WriteLine();
            if (axis.IsDrawn)
                File.WriteAllText(Path.Combine(folder, axis.Name + ".svg"), chart.Draw());
        }
        foreach (var line in missing)
            Console.WriteLine($"- {line}");
    }

    static string Number(double nanoseconds) => nanoseconds.ToString(nanoseconds < 10 ? "F2" : nanoseconds < 100 ? "F1" : "N0", CultureInfo.InvariantCulture);

    sealed record Axis(string Name, string Words, Point[] Points)
    {
        /// <summary>Whether its places are numbers.</summary>
        public bool IsDrawn => Points.All(point => point.Label is null);
    }

    sealed record Point(int X, Workload Workload)
    {
        public int Threads { get; init; } = 1;

        /// <summary>What it is, where that is no number.</summary>
        public string? Label { get; init; }
    }
}
