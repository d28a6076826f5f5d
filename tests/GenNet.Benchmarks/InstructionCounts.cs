using System.Text.RegularExpressions;

namespace GenNet.Benchmarks;

/// <summary>Instructions by what they do.</summary>
/// <param name="Instructions">All of them.</param>
/// <param name="MultiplyAdds">Of them fused multiply-adds.</param>
/// <param name="Loads">Operands read from memory, the stack apart.</param>
/// <param name="Stores">Operands written to it, the stack apart.</param>
/// <param name="Spills">Operands on the stack, which a register would hold if there were one more.</param>
sealed partial record InstructionCounts(int Instructions, int MultiplyAdds, int Loads, int Stores, int Spills)
{
    public static InstructionCounts Of(IReadOnlyList<string> instructions)
    {
        var memory = instructions.Where(instruction => instruction.Contains('[', StringComparison.Ordinal) && !instruction.StartsWith("lea", StringComparison.Ordinal) && !JitMethod.IsCall(instruction)).ToArray();
        var onStack = memory.Count(Stack().IsMatch);
        var written = memory.Count(instruction => Store().IsMatch(instruction) && !Stack().IsMatch(instruction));
        return new(instructions.Count, instructions.Count(MultiplyAdd().IsMatch), memory.Length - onStack - written, written, onStack);
    }

    /// <summary>As cells of a table.</summary>
    public override string ToString() => FormattableString.Invariant($"{Instructions} | {MultiplyAdds} | {Loads} | {Stores} | {Spills}");

    [GeneratedRegex(@"^vf[n]?m(add|sub)")]
    private static partial Regex MultiplyAdd();

    [GeneratedRegex(@"\[r[sb]p\b")]
    private static partial Regex Stack();

    /// <summary>A move to memory: its first operand is in brackets.</summary>
    [GeneratedRegex(@"^\w+\s+(\w+ )*ptr \[")]
    private static partial Regex Store();
}
