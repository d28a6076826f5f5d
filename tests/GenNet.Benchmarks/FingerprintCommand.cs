using System.CommandLine;
using System.Globalization;
using Fingerprints;
using GenNet.Shared;
using GenNet.Simd;
using Microsoft.CodeAnalysis;

namespace GenNet.Benchmarks;

/// <summary>
/// <c>fingerprint</c>: trains networks on seeded data and prints what their bits come to, for comparison with other vector widths, builds and machines.
/// </summary>
static class FingerprintCommand
{
    public static Command Create()
    {
        var sizes = new Option<int[]>("--sizes")
        {
            Description = "Inputs and layers of a network, such as 7,33,5.",
            CustomParser = result => result.Tokens[0].Value.Split(',').Select(int.Parse).ToArray(),
            DefaultValueFactory = _ => [7, 33, 5],
        };
        var batch = new Option<int>("--batch") { Description = "Samples of a step.", DefaultValueFactory = _ => 19 };
        var steps = new Option<int>("--steps") { Description = "Steps of training.", DefaultValueFactory = _ => 20 };
        var seed = new Option<ulong>("--seed") { Description = "Weights and data follow from it.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads that share the work.", DefaultValueFactory = _ => 1 };
        var debug = new Option<bool>("--debug") { Description = "Compile the network as in a Debug build." };
        var suite = new Option<bool>("--suite") { Description = "Print the fingerprints of the golden file's networks instead, for the given seed." };
        var declarations = new Option<FileInfo>("--declarations") { Description = "Print the fingerprints of the networks declared in this C# file instead, trained by SGD." };
        var clip = new Option<double>("--clip") { Description = "The largest norm of their gradients.", DefaultValueFactory = _ => double.PositiveInfinity };
        var command = new Command("fingerprint", "Trains a network, compiled in memory, on seeded data and prints the fingerprint of its outputs, losses and weights.")
        {
            sizes, batch, steps, seed, threads, debug, suite, declarations, clip,
        };
        command.SetAction(options =>
        {
            Parallelism.Threads = options.GetValue(threads);
            var optimization = options.GetValue(debug) ? OptimizationLevel.Debug : OptimizationLevel.Release;
            if (options.GetValue(suite))
            {
                var assembly = InMemoryCompiler.Load(SuiteNetworks(), optimization);
                foreach (var (name, fingerprint, loss) in FingerprintSuite.Compute(options.GetValue(seed), name => InMemoryCompiler.Create(assembly, $"Fingerprints.Networks.{name}", options.GetValue(seed))))
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {fingerprint:x16} {loss:R}"));
                PrintWidth();
                return;
            }
            if (options.GetValue(declarations) is { } file)
            {
                foreach (var type in InMemoryCompiler.Load(File.ReadAllText(file.FullName), optimization).ExportedTypes.Where(type => type.IsAssignableTo(typeof(INetwork))).OrderBy(type => type.Name, StringComparer.Ordinal))
                {
                    var (fingerprint, loss) = Fingerprint.Train(
                        (INetwork)Activator.CreateInstance(type, options.GetValue(seed))!, new Sgd(0.05), options.GetValue(batch), options.GetValue(steps), options.GetValue(seed), trainer => trainer.MaxGradientNorm = options.GetValue(clip));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type.Name} {fingerprint:x16} {loss:R}"));
                }
                PrintWidth();
                return;
            }
            var layers = options.GetValue(sizes)!;
            var source = $"""
                using GenNet;
                /// <summary>A network.</summary>
                [Network({string.Join(", ", layers)}, Hidden = Activation.Tanh)]
                public partial class Net;
                """;
            var network = InMemoryCompiler.Create(InMemoryCompiler.Load(source, optimization), "Net", options.GetValue(seed));
            var result = Fingerprint.Train(network, new Adam(), options.GetValue(batch), options.GetValue(steps), options.GetValue(seed));
            PrintWidth();
            Console.WriteLine($"{result.Fingerprint:x16}");
        });
        return command;
    }

    /// <summary>The networks' source, to compile it as in either build.</summary>
    static string SuiteNetworks()
    {
        using var reader = new StreamReader(typeof(FingerprintCommand).Assembly.GetManifestResourceStream("Fingerprints/Networks.cs")!);
        return reader.ReadToEnd();
    }

    public static void PrintWidth() => Console.WriteLine($"{SimdWidth.Bits}-bit vectors, {(SimdWidth.HasFusedMultiplyAdd ? "fused multiply-add" : "no fused multiply-add")}");
}
