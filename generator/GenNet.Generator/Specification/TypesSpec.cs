using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>The types of a network that reads and predicts values.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it predicts.</param>
/// <param name="Accessibility">That of members with these types: <c>internal</c> where <c>public</c> would show more than the types do.</param>
sealed record TypesSpec(FeatureSpec Input, FeatureSpec Output, string Accessibility)
{
    /// <summary>What the leaves of the output are; they are all the same.</summary>
    public FeatureKind OutputKind => Output.Leaves.First().Kind;

    /// <summary>Whether a sample's target is a class number: an enum, or a bool alone.</summary>
    public bool HasLabels => Output.Kind is FeatureKind.Enum or FeatureKind.Bool;
}
