using System.CommandLine;
using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace GenNet.Benchmarks;

/// <summary><c>loops</c>: what the JIT made of the inner loops, instruction by instruction: figures that no neighbour on the machine disturbs.</summary>
static class LoopsCommand
{
    /// <summary>Networks that between them use every kernel of dense layers, images and sequences.</summary>
    static readonly Type[] Networks = [typeof(Tanh17x64x64x6), typeof(ReLU8x32x32x1), typeof(Softmax784x128x64x10), typeof(LeNet5), typeof(DepthwiseSeparable), typeof(ResNet8), typeof(GRU1x20x4), typeof(LSTM32x64x4)];

    const string Page = """
        # The inner loops, counted

        One round of each loop of vector arithmetic that holds no other, as the JIT of .NET 10 compiles it for x64: instructions, fused multiply-adds, operands in memory and those on the stack,
        for which a register was missing. Times depend on what else the machine does; these do not. A test compares them with what the JIT makes today and leaves a little room: a tenth more instructions,
        two more loads or spills. Behind each table are the methods of which a loop, of vectors or not, takes a number from one round to the next on the stack: each round then waits for the store of
        the one before, which a sum of doubles has been seen to pay three times its time for. This page is written by

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
        var listings = Networks.Select(network => Listing(network, bits)).ToArray();
        Console.WriteLine($"## Vectors of {bits} bits\n");
        Console.WriteLine("| loop | instructions | multiply-adds | loads | stores | spills |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var loop in listings.SelectMany(HotLoop.Read).DistinctBy(loop => loop.Name).OrderBy(loop => loop.Name, StringComparer.Ordinal))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{loop.Name}` | {loop.Instructions} | {loop.MultiplyAdds} | {loop.Loads} | {loop.Stores} | {loop.Spills} |"));
        Console.WriteLine("\nLoops that carry a number on the stack, or seem to, as blocks do not run in the order of a listing:" + string.Concat(listings.SelectMany(HotLoop.CarryOnStack).Distinct().Order(StringComparer.Ordinal).Select(method => $"\n- `{method}`").DefaultIfEmpty(" none.")));
        if (bits > 256)
            Console.WriteLine();
    }

    static string[] Listing(Type network, int bits) =>
        JitListing.Of("loops", network, [("JitDisasm", "GenNet.*:*"), .. bits < 512 ? [("EnableAVX512", "0")] : Array.Empty<(string, string)>()]);
}
