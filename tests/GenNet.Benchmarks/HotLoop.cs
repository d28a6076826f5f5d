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
        foreach (var (method, rounds) in Methods(listing))
        {
            var number = 0;
            foreach (var round in rounds)
            {
                if (ArithmeticShare * round.Count(Arithmetic().IsMatch) < round.Count)
                    continue;
                var memory = round.Where(instruction => instruction.Contains('[', StringComparison.Ordinal) && !instruction.StartsWith("lea", StringComparison.Ordinal)).ToArray();
                var onStack = memory.Count(Stack().IsMatch);
                var written = memory.Count(instruction => Store().IsMatch(instruction) && !Stack().IsMatch(instruction));
                yield return new(method, ++number, round.Count, round.Count(MultiplyAdd().IsMatch), memory.Length - onStack - written, written, onStack);
            }
        }
    }

    /// <summary>The methods with a loop, of vectors or not, that calls nothing and still takes a number from one round to the next on the stack, where each round waits for the store of the one before: a sum behind which something is called, say.</summary>
    public static IEnumerable<string> CarryOnStack(IEnumerable<string> listing) =>
        from method in Methods(listing)
        where method.Rounds.Any(round => !round.Exists(instruction => instruction.StartsWith("call", StringComparison.Ordinal)) && CarriesOnStack(round.Select(instruction => Slot().Match(instruction).Groups)))
        select method.Name;

    /// <summary>Whether a number is read from a place that is written to later in the round, and not before.</summary>
    static bool CarriesOnStack(IEnumerable<GroupCollection> slots)
    {
        var (read, written) = (new HashSet<string>(), new HashSet<string>());
        foreach (var slot in slots)
        {
            if (slot["read"].Success && !written.Contains(slot["read"].Value))
                read.Add(slot["read"].Value);
            if (slot["written"].Success && written.Add(slot["written"].Value) && read.Contains(slot["written"].Value))
                return true;
        }
        return false;
    }

    /// <summary>Each method's loops that hold no other, instruction by instruction.</summary>
    static IEnumerable<(string Name, IEnumerable<List<string>> Rounds)> Methods(IEnumerable<string> listing)
    {
        var method = "";
        var (instructions, labels) = (new List<string>(), new Dictionary<string, int>());
        foreach (var line in listing.Append("; Assembly listing for method  "))
        {
            var text = line.Trim();
            if (Listing().Match(line) is { Success: true } listed)
            {
                yield return (method, InnerLoops(instructions, labels));
                method = Shortened(listed.Groups["method"].Value);
                (instructions, labels) = ([], []);
            }
            else if (Label().Match(line) is { Success: true } label)
                labels[label.Groups["label"].Value] = instructions.Count;
            else if (text.Length > 0 && text[0] != ';' && !text.StartsWith("align", StringComparison.Ordinal))
                instructions.Add(text);
        }
    }

    static IEnumerable<List<string>> InnerLoops(List<string> instructions, Dictionary<string, int> labels)
    {
        var loops = new List<(int First, int Last)>();
        for (var i = 0; i < instructions.Count; i++)
            if (Jump().Match(instructions[i]) is { Success: true } jump && labels.TryGetValue(jump.Groups["label"].Value, out var first) && first <= i)
                loops.Add((first, i));
        var inner = loops.Where(loop => !loops.Exists(other => other != loop && other.First >= loop.First && other.Last <= loop.Last));
        return inner.Distinct().Order().Select(loop => instructions[loop.First..(loop.Last + 1)]);
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

    /// <summary>A move of a number to or from the stack.</summary>
    [GeneratedRegex(@"^vmov\w+\s+(\w+ ptr (?<written>\[r[sb]p[^]]*\])|\w+, \w+ ptr (?<read>\[r[sb]p[^]]*\]))|^v(?!mov)\w+\s.*(?<read>\[r[sb]p[^]]*\])")]
    private static partial Regex Slot();

    /// <summary>A move to memory: its first operand is in brackets.</summary>
    [GeneratedRegex(@"^\w+\s+(\w+ )*ptr \[")]
    private static partial Regex Store();

    [GeneratedRegex(@"(\w+[.+])+(?=\w)")]
    private static partial Regex Qualifier();
}
