using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>The types of a network that reads and predicts values.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it predicts.</param>
/// <param name="Accessibility">That of members with these types: <c>internal</c> where <c>public</c> would show more than the types do.</param>
sealed record TypesSpec(FeatureSpec Input, FeatureSpec Output, string Accessibility)
{
    /// <summary>What each head predicts, in the order of their outputs; empty where there are none.</summary>
    public EquatableArray<PredictionSpec> Heads { get; init; }

    /// <summary>What each output layer predicts: a head's members, or all in one.</summary>
    public IEnumerable<PredictionSpec> Predictions => Heads.Count > 0 ? Heads : [new("", Output, 0)];

    /// <summary>Whether a sample's target is a class number: an enum, or a bool alone.</summary>
    public bool HasLabels => Output.Kind is FeatureKind.Enum or FeatureKind.Bool;
}
