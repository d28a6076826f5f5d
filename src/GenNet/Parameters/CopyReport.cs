namespace GenNet;

/// <summary>Which tensors were copied to a network, and what was left out: see <see cref="ParameterBlock.CopyMatching"/> and <c>network.LoadMatching</c>.</summary>
public sealed class CopyReport
{
    internal CopyReport(IReadOnlyList<string> copied, IReadOnlyList<string> missing, IReadOnlyList<ShapeMismatch> mismatched, IReadOnlyList<string> otherwise, IReadOnlyList<string> unexpected) =>
        (Copied, Missing, Mismatched, UsedOtherwise, Unexpected) = (copied, missing, mismatched, otherwise, unexpected);

    /// <summary>Tensors of the network that were copied, by its own names: <c>0.weight</c>, <c>0.bias</c> …</summary>
    public IReadOnlyList<string> Copied { get; }

    /// <summary>Tensors of the network that the source does not have, or that were not asked for. They are as before.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Tensors of the network that have another shape in the source. They are as before.</summary>
    public IReadOnlyList<ShapeMismatch> Mismatched { get; }

    /// <summary>
    /// Tensors of the network that have the same shape in the source, whose layer computes something else with them: those of a GRU whose <see cref="GRULayer.ResetAfter"/> is another.
    /// They are as before. Of files nobody knows.
    /// </summary>
    public IReadOnlyList<string> UsedOtherwise { get; }

    /// <summary>Tensors of the source, by its names, that belong to none of the network's.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>All of it in words: <c>copied 0.weight, 0.bias; missing 2.bias; of another shape 2.weight [4, 64] from [10, 64]; unexpected 4.bias</c>.</summary>
    public override string ToString() => string.Join("; ", new[]
    {
        Part("copied", Copied),
        Part("missing", Missing),
        Part("of another shape", Mismatched),
        Part("used otherwise", UsedOtherwise),
        Part("unexpected", Unexpected),
    }.Where(part => part.Length > 0));

    static string Part<T>(string what, IReadOnlyList<T> items) => items.Count == 0 ? "" : $"{what} {string.Join(", ", items)}";
}
