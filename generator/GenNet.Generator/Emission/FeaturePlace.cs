using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>A feature and where its numbers stand.</summary>
/// <param name="Feature">No struct.</param>
/// <param name="Path">How to get it from the value, as in <c>.Petal.Length</c>; empty for the value itself.</param>
/// <param name="Offset">The first of its numbers.</param>
sealed record FeaturePlace(FeatureSpec Feature, string Path, int Offset)
{
    /// <summary>For people, as in <c>Petal.Length</c>.</summary>
    public string Name => Path.Length == 0 ? Feature.ShortType : Path.Substring(1).Replace("@", "");

    /// <summary>As in <c>x[2]</c> or <c>x[2..5]</c>, whose end is exclusive as in C#.</summary>
    public string Range(string array) => Feature.Size == 1 ? $"{array}[{Offset}]" : $"{array}[{Offset}..{Offset + Feature.Size}]";

    /// <summary>All features of a value, in order.</summary>
    public static IReadOnlyList<FeaturePlace> Of(FeatureSpec root)
    {
        var places = new List<FeaturePlace>();
        Add(root, "", 0, places);
        return places;
    }

    static int Add(FeatureSpec feature, string path, int offset, List<FeaturePlace> places)
    {
        if (feature.Kind != FeatureKind.Struct)
        {
            places.Add(new(feature, path, offset));
            return offset + feature.Size;
        }
        foreach (var member in feature.Members)
            offset = Add(member, $"{path}.{member.Name}", offset, places);
        return offset;
    }
}
