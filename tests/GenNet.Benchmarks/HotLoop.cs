using System.Text.RegularExpressions;

namespace GenNet.Benchmarks;

/// <summary>A loop of vector arithmetic that holds no other loop, as the JIT compiled it.</summary>
/// <param name="Method">The kernel, with the types that it was compiled for.</param>
/// <param name="Number">Its place among the kernel's.</param>
/// <param name="Counts">One round.</param>
sealed partial record HotLoop(string Method, int Number, InstructionCounts Counts)
{
    /// <summary>Of the instructions of a hot loop at least a quarter are vector arithmetic: what surrounds it moves and counts.</summary>
    const int ArithmeticShare = 4;

    public string Name => $"{Method} {Number}";

    public static IEnumerable<HotLoop> Of(JitMethod method) => method.InnerLoops
        .Where(round => ArithmeticShare * round.Count(Arithmetic().IsMatch) >= round.Count)
        .Select((round, index) => new HotLoop(method.Name, index + 1, InstructionCounts.Of(round)));

    [GeneratedRegex(@"^v(?!mov|broadcast|ptest)\w+p[sd]\b")]
    private static partial Regex Arithmetic();
}
