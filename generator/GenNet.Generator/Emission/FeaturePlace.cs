using System.Globalization;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>A feature and where its numbers stand.</summary>
/// <param name="Feature">No struct; an array only where the places of its elements' members follow.</param>
/// <param name="Path">How to get it from the value, as in <c>.Petal.Length</c>; empty for the value itself.</param>
/// <param name="Position">The first of its numbers.</param>
/// <param name="Size">How many there are.</param>
sealed record FeaturePlace(FeatureSpec Feature, string Path, Position Position, int Size)
{
    static readonly string[] Variables = ["i", "j", "k"];

    /// <summary>For people, as in <c>Petal.Length</c>.</summary>
    public string Name => NameOf(Path, Feature);

    /// <summary>As in <c>x[2]</c> or <c>x[2..5]</c>, whose end is exclusive as in C#.</summary>
    public string Range(string array) => Position.Range(array, Size);

    /// <summary>All features of a value, in order; those of an array together.</summary>
    /// <param name="root">The value.</param>
    /// <param name="first">Where its numbers begin.</param>
    public static IReadOnlyList<FeaturePlace> Of(FeatureSpec root, int first = 0)
    {
        var places = new List<FeaturePlace>();
        Add(root, "", new(first), 0, places);
        return places;
    }

    /// <summary>All features of a value, in order; those of an array one by one.</summary>
    public static IReadOnlyList<FeaturePlace> Each(FeatureSpec root)
    {
        var places = new List<FeaturePlace>();
        AddEach(root, "", default, places);
        return places;
    }

    /// <summary>For people, as in <c>Petal.Length</c>.</summary>
    public static string NameOf(string path, FeatureSpec feature) => path.Length == 0 ? feature.ShortType : path.TrimStart('.').Replace("@", "");

    /// <summary>What counts the elements of an array within so many others.</summary>
    public static string Variable(int depth) => depth < Variables.Length ? Variables[depth] : "i" + depth.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a name counts the elements of some array.</summary>
    public static bool IsVariable(string name) => Variables.Contains(name) || (name[0] == 'i' && name.Length > 1 && name.Skip(1).All(c => c is >= '0' and <= '9'));

    static void Add(FeatureSpec feature, string path, Position position, int depth, List<FeaturePlace> places)
    {
        if (feature.Kind == FeatureKind.Struct)
        {
            foreach (var member in feature.Members)
            {
                Add(member, $"{path}.{member.Name}", position, depth, places);
                position = position.Plus(member.Size);
            }
            return;
        }
        if (!feature.IsArray)
        {
            if (feature.Size > 0)
                places.Add(new(feature, path, position, feature.Size));
            return;
        }
        var (element, elements) = (feature.Element, $"{path}[0..{feature.Length.ToString(CultureInfo.InvariantCulture)}]");
        var isPlain = element.Kind != FeatureKind.Struct && !element.IsArray;
        places.Add(new(isPlain ? element : feature, elements, position, feature.Size));
        if (!isPlain)
            Add(element, $"{path}[{Variable(depth)}]", position.In(Variable(depth), element.Size), depth + 1, places);
    }

    static void AddEach(FeatureSpec feature, string path, Position position, List<FeaturePlace> places)
    {
        if (feature.Kind == FeatureKind.Struct)
            foreach (var member in feature.Members)
            {
                AddEach(member, $"{path}.{member.Name}", position, places);
                position = position.Plus(member.Size);
            }
        else if (feature.IsArray)
            for (var i = 0; i < feature.Length; i++)
                AddEach(feature.Element, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", position.Plus(i * feature.Element.Size), places);
        else if (feature.Size > 0)
            places.Add(new(feature, path, position, feature.Size));
    }
}
