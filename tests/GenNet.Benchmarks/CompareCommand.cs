using System.CommandLine;
using GenNet.Onnx;

namespace GenNet.Benchmarks;

/// <summary>Times GenNet and its peers in turns, so that what the machine does meanwhile meets all of them alike.</summary>
static class CompareCommand
{
    const int Rounds = 15;
    const int WarmUpSlices = 5;
    const double ShortestWarmUpSlice = 1e8;

    public static Command Create()
    {
        var only = new Option<string[]>("--only")
        {
            HelpName = "ids",
            Description = "Workloads, such as T4,I2,C1; T4 stands for T4s and T4a. Default: all.",
            CustomParser = result => Parse(result.Tokens.SelectMany(token => token.Value.Split(',')), result.AddError),
        };
        var threads = new Option<int>("--threads") { HelpName = "count", Description = "Threads, and cores, of GenNet and of each peer that can share its work.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double>("--seconds") { HelpName = "seconds", Description = "Measuring time in all, without starting and warming up.", DefaultValueFactory = _ => 60 };
        var json = new Option<string?>("--json") { HelpName = "file", Description = "Write the figures to this file as JSON." };
        threads.Validators.Add(result =>
        {
            // Threads that wait for each other on one core would be measured, not the work.
            if (result.GetValueOrDefault<int>() is var count && (count < 1 || count > Environment.ProcessorCount))
                result.AddError($"--threads must be from 1 to {Environment.ProcessorCount}, the cores that this process may use.");
        });
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < double.PositiveInfinity))
                result.AddError("--seconds must be a positive number.");
        });
        var command = new Command("compare", "Times GenNet and every installed peer in turns on the same cores, and prints a Markdown table.") { only, threads, seconds, json };
        command.SetAction(options =>
        {
            var ids = options.GetValue(only) ?? [];
            var workloads = Workloads.All.Where(workload => ids.Length == 0 || ids.Any(id => Stands(id, workload))).ToArray();
            var report = Run(workloads, new Cores(options.GetValue(threads)), options.GetValue(seconds));
            if (options.GetValue(json) is { } file)
                report.WriteJson(file);
        });
        return command;
    }

    static bool Stands(string id, Workload workload) => workload.Id == id || workload.Id.TrimEnd('s', 'a') == id;

    static string[] Parse(IEnumerable<string> ids, Action<string> addError)
    {
        foreach (var id in ids.Where(id => !Workloads.All.Any(workload => Stands(id, workload))))
            addError($"--only: '{id}' is not one of {string.Join(", ", Workloads.All.Select(workload => workload.Id))}.");
        return [.. ids];
    }

    static Report Run(Workload[] workloads, Cores cores, double seconds)
    {
        var missing = new SortedSet<string>();
        var variants = new Dictionary<(Workload, Peer), Variant[]>();
        foreach (var workload in workloads)
            foreach (var peer in Peers.All.Where(peer => peer.Takes(workload)))
            {
                try
                {
                    variants.Add((workload, peer), peer.Variants(workload, cores.Threads));
                }
                catch (PeerMissingException e)
                {
                    missing.Add(LeftOut(peer, e));
                }
            }

        cores.PinThisProcess();
        Parallelism.Threads = cores.Threads;
        var results = new List<Result>();
        foreach (var workload in workloads)
        {
            var present = Peers.All.Where(peer => variants.ContainsKey((workload, peer))).Select(peer => (peer, variants[(workload, peer)]));
            Console.Error.WriteLine($"{workload.Id}: {workload}");
            results.Add(Measure(workload, [.. present], cores, seconds / workloads.Length, missing));
        }
        var report = new Report(results, cores);
        report.Write(missing);
        return report;
    }

    static string LeftOut(Peer peer, PeerMissingException reason) => $"{peer.Name} is left out ({reason.Message}): {peer.Install}";

    static Result Measure(Workload workload, (Peer Peer, Variant[] Variants)[] peers, Cores cores, double seconds, SortedSet<string> missing)
    {
        var file = Path.GetTempFileName();
        var model = file + ".onnx";
        var processes = new List<PeerProcess>();
        try
        {
            workload.Write(file);
            OnnxFile.Save(workload.CreateNetwork(), model);
            var slice = seconds * 1e9 / Rounds / (peers.Length + 2);
            foreach (var (peer, variants) in peers)
            {
                try
                {
                    processes.Add(Fastest([.. variants.Select(variant => new PeerProcess(peer.Name, variant, workload, file, model, cores))], slice));
                }
                catch (PeerMissingException e)
                {
                    missing.Add(LeftOut(peer, e));
                }
            }
            var gennet = workload.CreateContender();
            var peak = Peak.CreateContender();
            WarmUp(gennet, slice);
            WarmUp(peak, slice);

            Contender[] contenders = [peak, gennet, .. processes];
            for (var round = 0; round < Rounds; round++)
                for (var i = 0; i < contenders.Length; i++)
                    contenders[(i + round) % contenders.Length].Measure(slice);
            return new(workload, gennet, processes, Peak.FlopsPerCall / peak.Min);
        }
        finally
        {
            foreach (var process in processes)
                process.Dispose();
            File.Delete(file);
            File.Delete(model);
        }
    }

    /// <summary>Keeps the fastest variant of a peer; the others end.</summary>
    static PeerProcess Fastest(PeerProcess[] variants, double slice)
    {
        var fastest = variants.MinBy(variant => WarmUp(variant, slice))!;
        foreach (var variant in variants.Where(variant => variant != fastest))
            variant.Dispose();
        return fastest;
    }

    /// <summary>Lets caches, JIT and calibration settle. Returns the shortest time of a call.</summary>
    static double WarmUp(Contender contender, double slice) => Enumerable.Range(0, WarmUpSlices).Min(_ => contender.Run(Math.Max(slice, ShortestWarmUpSlice)));
}
