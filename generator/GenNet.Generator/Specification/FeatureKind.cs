namespace GenNet.Generator.Specification;

enum FeatureKind
{
    Number,
    Bool,
    Enum,
    Struct,

    /// <summary>A struct with <c>[InlineArray]</c>.</summary>
    InlineArray,

    /// <summary>An array with <c>[FixedLength]</c>.</summary>
    Array,

    /// <summary>No feature, but a required member of a wrong declaration, whose code must compile all the same.</summary>
    Missing,
}
