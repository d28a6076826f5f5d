using System.CommandLine;
using System.Globalization;

namespace GenNet.Benchmarks;

/// <summary><c>growth</c>: time a sample against width, depth and batch, beside PyTorch and onnxruntime and below what the processor can do.</summary>
static class GrowthCommand
{
    static readonly ChartLine[] Lines = [new("roof", "#57606a", "#9da7b3", IsDashed: true), new("PyTorch", "#c1121f", "#ff8a80"), new("onnxruntime", "#9a6700", "#e3b341"), new("GenNet", "#1d5fa8", "#79b8ff")];

    static readonly int[] Batches = [1, 8, 64, 512, 4096, 65_536];

    static readonly Axis[] Axes =
    [
        new("width-infer-1", "one sample, W→W→W ReLU, by width W",
        [
            (16, Workload.Infer<Wide16>("W16")), (64, Workload.Infer<Wide64>("W64")), (256, Workload.Infer<Wide256>("W256")), (512, Workload.Infer<Wide512>("W512")),
            (1024, Workload.Infer<Wide1024>("W1024")), (2048, Workload.Infer<Wide2048>("W2048")), (4096, Workload.Infer<Wide4096>("W4096")),
        ]),
        new("width-infer-256", "256 samples a call, W→W→W ReLU, by width W",
        [
            (16, Workload.Infer<Wide16>("W16", 256)), (64, Workload.Infer<Wide64>("W64", 256)), (256, Workload.Infer<Wide256>("W256", 256)), (512, Workload.Infer<Wide512>("W512", 256)),
            (1024, Workload.Infer<Wide1024>("W1024", 256)), (2048, Workload.Infer<Wide2048>("W2048", 256)),
        ]),
        new("width-train-256", "training step of 256 samples with SGD, W→W→W ReLU, by width W",
        [
            (16, Workload.Train<Wide16>("W16", 256, Method.Sgd)), (64, Workload.Train<Wide64>("W64", 256, Method.Sgd)), (256, Workload.Train<Wide256>("W256", 256, Method.Sgd)),
            (512, Workload.Train<Wide512>("W512", 256, Method.Sgd)), (1024, Workload.Train<Wide1024>("W1024", 256, Method.Sgd)), (2048, Workload.Train<Wide2048>("W2048", 256, Method.Sgd)),
        ]),
        new("depth-infer-1", "one sample, layers of 32 ReLU, by their number", Deep(type => Workload.Infer(type.Name, type))),
        new("depth-train-32", "training step of 32 samples with SGD, layers of 32 ReLU, by their number", Deep(type => Workload.Train(type.Name, type, 32, Method.Sgd))),
        new("batch-infer", "17→64→64→6 tanh, by samples a call", [.. Batches.Select(batch => (batch, Workload.Infer<Tanh17x64x64x6>("B", batch)))]),
        new("batch-train", "training step of 17→64→64→6 tanh with Adam, by samples of the batch", [.. Batches.Select(batch => (batch, Workload.Train<Tanh17x64x64x6>("B", batch, Method.Adam)))]),
        new("ends", "one sample, 10→16→outputs and inputs→16→10, of 100,000", [(1, Workload.Infer<ManyOutputs>("10→16→100,000")), (2, Workload.Infer<ManyInputs>("100,000→16→10"))]),
    ];

    static (int, Workload)[] Deep(Func<Type, Workload> make) => [(1, make(typeof(Deep1))), (3, make(typeof(Deep3))), (10, make(typeof(Deep10))), (30, make(typeof(Deep30))), (100, make(typeof(Deep100)))];

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { HelpName = "seconds", Description = "Measuring time of each point.", DefaultValueFactory = _ => 2 };
        var folder = new Option<string>("--out") { HelpName = "folder", Description = "Where the pictures go.", DefaultValueFactory = _ => Path.Combine("docs", "growth") };
        var command = new Command("growth", "Times a sample against width, depth and batch, prints Markdown tables and draws a picture of each.") { seconds, folder };
        command.SetAction(options => Run(options.GetValue(seconds), options.GetValue(folder)!));
        return command;
    }

    static void Run(double seconds, string folder)
    {
        Directory.CreateDirectory(folder);
        var (cores, missing) = (new Cores(threads: 1), new SortedSet<string>());
        var peers = Peers.All.Where(peer => peer.Name is "PyTorch" or "onnxruntime").ToArray();
        var variants = Race.Variants(Axes.SelectMany(axis => axis.Points).Select(point => point.Workload), peers, cores, missing);
        cores.PinThisProcess();
        Console.WriteLine($"Nanoseconds a sample, the least of rounds in which all take turns; {cores}. The roof is the longer of two times: of the operations at the peak of multiply-adds, and of reading the parameters once a call, both measured beside.\n");
        foreach (var axis in Axes)
        {
            Console.WriteLine($"### {char.ToUpperInvariant(axis.Words[0])}{axis.Words[1..]}\n\n| | GenNet | {string.Join(" | ", peers.Select(peer => peer.Name))} | roof |\n|---|--:|{string.Concat(peers.Select(_ => "--:|"))}--:|");
            var chart = new GrowthChart("ns a sample", axis.Words, Lines);
            foreach (var (x, workload) in axis.Points)
            {
                Console.Error.WriteLine($"{axis.Name}: {workload}");
                var result = Race.Run(workload, variants[workload], cores, seconds, missing);
                var roof = Math.Max(workload.Flops / (workload.Infers ? 1 : workload.Samples) / result.PeakFlops, Bandwidth.Read(workload.Architecture.ParameterCount) / workload.Samples);
                chart.Add("GenNet", x, result.GenNet.Min / workload.Samples);
                chart.Add("roof", x, roof);
                foreach (var peer in result.Peers)
                    chart.Add(peer.Name, x, peer.Min / workload.Samples);
                var cells = peers.Select(peer => result.Peers.FirstOrDefault(process => process.Name == peer.Name) is { } process ? Number(process.Min / workload.Samples) : "–");
                Console.WriteLine($"| {(axis.Name == "ends" ? workload.Id : x.ToString("N0", CultureInfo.InvariantCulture))} | {Number(result.GenNet.Min / workload.Samples)} | {string.Join(" | ", cells)} | {Number(roof)} |");
            }
            Console.WriteLine();
            if (axis.Name != "ends")
                File.WriteAllText(Path.Combine(folder, axis.Name + ".svg"), chart.Draw());
        }
        foreach (var line in missing)
            Console.WriteLine($"- {line}");
    }

    static string Number(double nanoseconds) => nanoseconds.ToString(nanoseconds < 10 ? "F2" : nanoseconds < 100 ? "F1" : "N0", CultureInfo.InvariantCulture);

    sealed record Axis(string Name, string Words, (int X, Workload Workload)[] Points);
}
