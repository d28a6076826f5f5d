using System.Text.RegularExpressions;

namespace GenNet.Benchmarks;

/// <summary>A method as the JIT compiled it.</summary>
/// <param name="Name">With the types that it was compiled for, without namespaces, parameters and the classes that its types are in.</param>
/// <param name="Instructions">All of its instructions.</param>
/// <param name="InnerLoops">Those of each loop that holds no other.</param>
sealed partial record JitMethod(string Name, IReadOnlyList<string> Instructions, IReadOnlyList<List<string>> InnerLoops)
{
    /// <summary>
    /// Whether a loop that calls nothing takes a number from one round to the next on the stack, where each round waits for the store of the one before: a sum behind which something is called, say.
    /// </summary>
    public bool CarriesOnStack => InnerLoops.Any(round => !round.Exists(IsCall) && IsCarriedOnStack(round.Select(instruction => Slot().Match(instruction).Groups)));

    /// <summary>Reads the listing that the JIT writes with <c>DOTNET_JitDisasm</c>.</summary>
    public static IEnumerable<JitMethod> Read(IEnumerable<string> listing)
    {
        var method = "";
        var (instructions, labels) = (new List<string>(), new Dictionary<string, int>());
        foreach (var line in listing.Append("; Assembly listing for method  "))
        {
            var text = line.Trim();
            if (Listing().Match(line) is { Success: true } listed)
            {
                yield return new(method, instructions, [.. Inner(instructions, labels)]);
                method = Shortened(listed.Groups["method"].Value);
                (instructions, labels) = ([], []);
            }
            else if (Label().Match(line) is { Success: true } label)
                labels[label.Groups["label"].Value] = instructions.Count;
            else if (text.Length > 0 && text[0] != ';' && !text.StartsWith("align", StringComparison.Ordinal))
                instructions.Add(text);
        }
    }

    public static bool IsCall(string instruction) => instruction.StartsWith("call", StringComparison.Ordinal);

    /// <summary>Whether a number is read from a place that is written to later in the round, and not before.</summary>
    static bool IsCarriedOnStack(IEnumerable<GroupCollection> slots)
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

    static IEnumerable<List<string>> Inner(List<string> instructions, Dictionary<string, int> labels)
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

    /// <summary>A move of a number to or from the stack.</summary>
    [GeneratedRegex(@"^vmov\w+\s+(\w+ ptr (?<written>\[r[sb]p[^]]*\])|\w+, \w+ ptr (?<read>\[r[sb]p[^]]*\]))|^v(?!mov)\w+\s.*(?<read>\[r[sb]p[^]]*\])")]
    private static partial Regex Slot();

    [GeneratedRegex(@"(\w+[.+])+(?=\w)")]
    private static partial Regex Qualifier();
}
