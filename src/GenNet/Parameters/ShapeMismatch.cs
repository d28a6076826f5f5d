namespace GenNet;

/// <summary>A tensor that could not be copied, because it has another shape where it was to be copied from.</summary>
/// <param name="Name">Its name in the network that was copied to.</param>
/// <param name="Shape">Its shape there.</param>
/// <param name="SourceShape">The shape in the source.</param>
public sealed record ShapeMismatch(string Name, IReadOnlyList<int> Shape, IReadOnlyList<int> SourceShape)
{
    /// <summary>Both shapes: <c>4.weight [4, 64] from [10, 64]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}] from [{string.Join(", ", SourceShape)}]";
}
