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
                Use((INetwork)Activator.CreateInstance(networks.Single(network => network.Name == name), 1UL)!);
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

    static void Use(INetwork network)
    {
        const int Samples = 32;
        var random = new RandomStream(1);
        float[] inputs = Draw(Samples * network.InputSize), outputs = Draw(Samples * network.OutputSize), targets = Fingerprints.Fingerprint.Fitting(network, [.. outputs]);
        network.Forward(inputs.AsSpan(0, network.InputSize), outputs.AsSpan(0, network.OutputSize));
        network.ForwardBatch(inputs, outputs);
        var trainer = network.CreateTrainer(new Adam(), Samples);
        for (var step = 0; step < 100; step++)
            trainer.Step(inputs, targets);
        if (!network.Architecture.Layers.Any(layer => layer is BatchNormLayer))
            trainer.Step(inputs.AsSpan(0, network.InputSize), targets.AsSpan(0, network.OutputSize));

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
