using System.Text.RegularExpressions;

namespace GenNet.Benchmarks;

/// <summary>A loop of vector arithmetic that holds no other loop, as the JIT compiled it.</summary>
/// <param name="Method">The kernel, with the types that it was compiled for.</param>
/// <param name="Number">Its place among the kernel's.</param>
/// <param name="Instructions">Instructions of one round.</param>
/// <param name="MultiplyAdds">Of them fused multiply-adds.</param>
/// <param name="Loads">Operands read from memory, the stack apart.</param>
/// <param name="Stores">Operands written to it, the stack apart.</param>
/// <param name="Spills">Operands on the stack, which a register would hold if there were one more.</param>
sealed partial record HotLoop(string Method, int Number, int Instructions, int MultiplyAdds, int Loads, int Stores, int Spills)
{
    /// <summary>Of the instructions of a hot loop at least a quarter are vector arithmetic: what surrounds it moves and counts.</summary>
    const int ArithmeticShare = 4;

    public string Name => $"{Method} {Number}";

    /// <summary>Reads the listing that the JIT writes with <c>DOTNET_JitDisasm</c>.</summary>
    public static IEnumerable<HotLoop> Read(IEnumerable<string> listing)
    {
        var method = "";
        var (instructions, labels) = (new List<string>(), new Dictionary<string, int>());
        foreach (var line in listing.Append("; Assembly listing for method  "))
        {
            var text = line.Trim();
            if (Listing().Match(line) is { Success: true } listed)
            {
                foreach (var loop in Loops(method, instructions, labels))
                    yield return loop;
                method = Shortened(listed.Groups["method"].Value);
                instructions.Clear();
                labels.Clear();
            }
            else if (Label().Match(line) is { Success: true } label)
                labels[label.Groups["label"].Value] = instructions.Count;
            else if (text.Length > 0 && text[0] != ';' && !text.StartsWith("align", StringComparison.Ordinal))
                instructions.Add(text);
        }
    }

    static IEnumerable<HotLoop> Loops(string method, List<string> instructions, Dictionary<string, int> labels)
    {
        var loops = new List<(int First, int Last)>();
        for (var i = 0; i < instructions.Count; i++)
            if (Jump().Match(instructions[i]) is { Success: true } jump && labels.TryGetValue(jump.Groups["label"].Value, out var first) && first <= i)
                loops.Add((first, i));
        var inner = loops.Where(loop => !loops.Exists(other => other != loop && other.First >= loop.First && other.Last <= loop.Last));
        var number = 0;
        foreach (var (first, last) in inner.Distinct().Order())
        {
            var round = instructions[first..(last + 1)];
            if (ArithmeticShare * round.Count(Arithmetic().IsMatch) < round.Count)
                continue;
            var memory = round.Where(instruction => instruction.Contains('[', StringComparison.Ordinal) && !instruction.StartsWith("lea", StringComparison.Ordinal)).ToArray();
            var onStack = memory.Count(Stack().IsMatch);
            var written = memory.Count(instruction => Store().IsMatch(instruction) && !Stack().IsMatch(instruction));
            yield return new(method, ++number, round.Count, round.Count(MultiplyAdd().IsMatch), memory.Length - onStack - written, written, onStack);
        }
    }

    /// <summary>A method without namespaces, parameters and the classes that its types are in.</summary>
    static string Shortened(string method)
    {
        var end = method.IndexOf('(', StringComparison.Ordinal);
        return Qualifier().Replace(end < 0 ? method : method[..end], "").Replace("`1", "", StringComparison.Ordinal).Replace("`2", "", StringComparison.Ordinal).Replace(':', '.').Replace(",", ", ", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^; Assembly listing for method (?<method>.*) ")]
    private static partial Regex Listing();

    [GeneratedRegex(@"^(?<label>G_M\w+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^j\w+\s+(SHORT )?(?<label>G_M\w+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"^v(?!mov|broadcast|ptest)\w+p[sd]\b")]
    private static partial Regex Arithmetic();

    [GeneratedRegex(@"^vf[n]?m(add|sub)")]
    private static partial Regex MultiplyAdd();

    [GeneratedRegex(@"\[r[sb]p\b")]
    private static partial Regex Stack();

    /// <summary>A move to memory: its first operand is in brackets.</summary>
    [GeneratedRegex(@"^\w+\s+(\w+ )*ptr \[")]
    private static partial Regex Store();

    [GeneratedRegex(@"(\w+[.+])+(?=\w)")]
    private static partial Regex Qualifier();
}
