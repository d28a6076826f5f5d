using System.CommandLine;
using System.Globalization;

namespace GenNet.Benchmarks;

/// <summary><c>code</c>: what the JIT compiles for each network of the benchmarks, counted by the JIT itself.</summary>
static class CodeCommand
{
    public static Command Create()
    {
        var run = new Option<string?>("--run") { HelpName = "network", Description = "Only use this network once in every way: what is observed.", Hidden = true };
        var command = new Command("code", "Prints the native code of each network, compiled for this processor, as a Markdown table.") { run };
        command.SetAction(options =>
        {
            var networks = Workloads.All.Select(workload => workload.NetworkType).Where(network => !network.IsDefined(typeof(SequenceAttribute), inherit: false)).Distinct();
            if (options.GetValue(run) is { } name)
                NetworkUse.Everything((INetwork)Activator.CreateInstance(networks.Single(network => network.Name == name), 1UL)!);
            else
                Print(networks);
        });
        return command;
    }

    static void Print(IEnumerable<Type> networks)
    {
        Console.WriteLine("| network | generated, bytes | methods | largest | kernels, bytes | methods | largest | rest, bytes | methods | largest | not optimised |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var network in networks)
        {
            var code = NativeCode.Of(network);
            CodeSize[] parts = [code.Generated, code.Kernels, code.Rest];
            var cells = string.Join(" | ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Bytes} | {part.Methods} | {part.Largest}")));
            Console.WriteLine($"| {network.Name} | {cells} | {parts.Sum(part => part.NotOptimized)} |");
        }
    }
}
