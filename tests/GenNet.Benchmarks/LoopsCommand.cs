using System.CommandLine;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace GenNet.Benchmarks;

/// <summary><c>loops</c>: what the JIT made of the inner loops, instruction by instruction: figures that no neighbour on the machine disturbs.</summary>
static partial class LoopsCommand
{
    /// <summary>Networks that between them use every kernel of dense layers, images and sequences.</summary>
    static readonly Type[] Networks = [typeof(Sigmoid2x8x1), typeof(Tanh17x64x64x6), typeof(ReLU8x32x32x1), typeof(Softmax784x128x64x10), typeof(LeNet5), typeof(DepthwiseSeparable), typeof(ResNet8), typeof(GRU1x20x4), typeof(LSTM32x64x4)];

    const string Page = """
        # The inner loops, counted

        One round of each loop of vector arithmetic that holds no other, as the JIT of .NET 10 compiles it for x64: instructions, fused multiply-adds, operands in memory and those on the stack,
        for which a register was missing. Times depend on what else the machine does; these do not. A test compares them with what the JIT makes today and leaves a little room: a tenth more instructions,
        two more loads or spills. Behind each table are the methods of which a loop, of vectors or not, takes a number from one round to the next on the stack: each round then waits for the store of
        the one before, which a sum of doubles has been seen to pay three times its time for. Last come the methods that take one sample through all layers, whole, with the calls they make. This page is written by

        ```
        dotnet run -c Release --project tests/GenNet.Benchmarks -- loops >docs/loops.md
        ```

        on a processor with AVX-512. Names are those of the methods in `src/GenNet`, with the types that they were compiled for, and the number of the loop among the method's.

        """;

    public static Command Create()
    {
        var run = new Option<string?>("--run") { HelpName = "network", Description = "Only use this network once in every way: what is observed.", Hidden = true };
        var command = new Command("loops", "Prints instructions, multiply-adds, loads and spills of each hot loop, for vectors of 512 and of 256 bits, as Markdown tables.") { run };
        command.SetAction(options =>
        {
            if (options.GetValue(run) is { } name)
                NetworkUse.Everything((INetwork)Activator.CreateInstance(Networks.Single(network => network.Name == name), 1UL)!);
            else
            {
                Console.WriteLine(Page);
                foreach (var bits in Widths())
                    Print(bits);
            }
        });
        return command;
    }

    /// <summary>Those of this processor: instructions are x64's.</summary>
    static IEnumerable<int> Widths()
    {
        if (Avx512F.IsSupported)
            yield return 512;
        if (Fma.IsSupported)
            yield return 256;
    }

    static void Print(int bits)
    {
        var methods = Networks.ToDictionary(network => network.Name, network => JitMethod.Read(Listing(network, bits)).ToArray());
        var all = methods.Values.SelectMany(method => method).ToArray();
        Console.WriteLine($"## Vectors of {bits} bits\n");
        Console.WriteLine("| loop | instructions | multiply-adds | loads | stores | spills |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var loop in all.SelectMany(HotLoop.Of).DistinctBy(loop => loop.Name).OrderBy(loop => loop.Name, StringComparer.Ordinal))
            Console.WriteLine($"| `{loop.Name}` | {loop.Counts} |");
        Console.WriteLine("\nLoops that carry a number on the stack, or seem to, as blocks do not run in the order of a listing:"
            + string.Concat(all.Where(method => method.CarriesOnStack).Select(method => method.Name).Distinct().Order(StringComparer.Ordinal).Select(method => $"\n- `{method}`").DefaultIfEmpty(" none.")));
        Console.WriteLine("\n| one sample | instructions | multiply-adds | loads | stores | spills | calls |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var (network, compiled) in methods)
            foreach (var method in compiled.Where(method => OfOneSample().IsMatch(method.Name)).DistinctBy(method => method.Name))
                Console.WriteLine($"| `{network}`: `{method.Name}` | {InstructionCounts.Of(method.Instructions)} | {method.Instructions.Count(JitMethod.IsCall)} |");
        if (bits > 256)
            Console.WriteLine();
    }

    /// <summary>What the generator emits for one sample, which has no loops where the network is small.</summary>
    [GeneratedRegex(@"\.(Forward|Step)Layers\b")]
    private static partial Regex OfOneSample();

    static string[] Listing(Type network, int bits) =>
        JitListing.Of("loops", network, [("JitDisasm", "GenNet.*:*"), .. bits < 512 ? [("EnableAVX512", "0")] : Array.Empty<(string, string)>()]);
}
