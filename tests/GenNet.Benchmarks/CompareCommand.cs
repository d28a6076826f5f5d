using System.CommandLine;

namespace GenNet.Benchmarks;

/// <summary>Times GenNet and its peers in turns, so that what the machine does meanwhile meets all of them alike.</summary>
static class CompareCommand
{
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
        var alone = new Option<bool>("--alone") { Description = "GenNet without its peers, for two versions of it in turns." };
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
        var command = new Command("compare", "Times GenNet and every installed peer in turns on the same cores, and prints a Markdown table.") { only, threads, seconds, alone, json };
        command.SetAction(options =>
        {
            var ids = options.GetValue(only) ?? [];
            var workloads = Workloads.All.Where(workload => ids.Length == 0 || ids.Any(id => Stands(id, workload))).ToArray();
            var report = Run(workloads, new Cores(options.GetValue(threads)), options.GetValue(seconds), options.GetValue(alone) ? [] : Peers.All);
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

    static Report Run(Workload[] workloads, Cores cores, double seconds, IReadOnlyList<Peer> peers)
    {
        var missing = new SortedSet<string>();
        var variants = Race.Variants(workloads, peers, cores, missing);
        cores.PinThisProcess();
        Parallelism.Threads = cores.Threads;
        var results = new List<Result>();
        foreach (var workload in workloads)
        {
            Console.Error.WriteLine($"{workload.Id}: {workload}");
            results.Add(Race.Run(workload, variants[workload], cores, seconds / workloads.Length, missing));
        }
        var report = new Report(results, cores);
        report.Write(missing);
        return report;
    }
}
