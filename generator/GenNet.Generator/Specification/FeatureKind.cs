namespace GenNet.Generator.Specification;

enum FeatureKind
{
    Number,
    Bool,
    Enum,
    Struct,
}
