using System.Globalization;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>The words of comments about features, and numbers as source.</summary>
static class TypedText
{
    const int MembersShown = 8;

    /// <summary>Flower → Species by.</summary>
    public static string Chain(TypesSpec types) => $"{Escape(types.Input.ShortType)} → {Escape(types.Output.ShortType)} by ";

    /// <summary>The table of features, for a documentation comment.</summary>
    public static IEnumerable<string> Table(TypesSpec types)
    {
        var rows = new List<string[]> { new[] { "input", types.Input.ShortType, "", "" } };
        rows.AddRange(FeaturePlace.Of(types.Input).Select(place => Row(place, "x", AsInput(place.Feature))));
        rows.Add(["output", types.Output.ShortType, "", ""]);
        foreach (var prediction in types.Predictions)
        {
            if (prediction.Head.Length > 0)
                rows.Add(["head", prediction.Head, "", ""]);
            rows.AddRange(FeaturePlace.Of(prediction.Value, prediction.Column).Select(place => Row(place, "y", AsOutput(place.Feature))));
        }
        return Text.Columns(rows).Prepend("").Select(Escape);
    }

    static string[] Row(FeaturePlace place, string array, string meaning) =>
        [place.Range(array), place.Path.Length == 0 ? "" : place.Name, place.Feature.ShortType, meaning];

    /// <summary>What a feature becomes.</summary>
    public static string AsInput(FeatureSpec feature) => feature switch
    {
        { Kind: FeatureKind.Enum, EmbeddedSize: > 0 and var size } => $"embedded in {Text.Number(size)} {(size == 1 ? "value" : "values")}: {Members(feature)}",
        { Kind: FeatureKind.Enum } => "one-hot: " + Members(feature),
        { Kind: FeatureKind.Bool } => "0 or 1",
        { Scaling: { } scaling } => Words(scaling),
        _ => "",
    };

    static string AsOutput(FeatureSpec feature) => feature switch
    {
        { Kind: FeatureKind.Enum } => "probabilities: " + Members(feature),
        { Kind: FeatureKind.Bool } => "probability of true",
        { Scaling: { } scaling } => Words(scaling),
        _ => "",
    };

    static string Words(ScalingSpec scaling) => scaling.Standardize
        ? $"standardised from mean {Plain(scaling.First)}, deviation {Plain(scaling.Second)}"
        : $"scaled from {Plain(scaling.First)}…{Plain(scaling.Second)} to 0…1";

    /// <summary>What the network's inputs mean, for files of its weights: a line a feature, with all that changes what is computed from it.</summary>
    public static IEnumerable<string> InputSchema(TypesSpec types) => Schema(FeaturePlace.Of(types.Input), "x");

    /// <summary>The same of its outputs, each with its head.</summary>
    public static IEnumerable<string> OutputSchema(TypesSpec types) => types.Predictions.SelectMany(prediction =>
        Schema(FeaturePlace.Of(prediction.Value, prediction.Column), "y").Select(line => prediction.Head.Length == 0 ? line : $"head {prediction.Head}: {line}"));

    static IEnumerable<string> Schema(IEnumerable<FeaturePlace> places, string array) => places.Select(place => string.Concat(
        place.Range(array),
        place.Path.Length == 0 ? "" : " " + place.Name,
        place.Feature switch
        {
            { Kind: FeatureKind.Enum } => $", {(place.Feature.EmbeddedSize > 0 ? "index of " : "")}one of " + string.Join(", ", place.Feature.EnumMembers.Select(member => member.TrimStart('@'))),
            { Kind: FeatureKind.Bool } => ", 0 or 1",
            { Scaling: { } scaling } => ", " + Words(scaling),
            _ => "",
        }));

    static string Members(FeatureSpec feature)
    {
        var shown = string.Join(", ", feature.EnumMembers.Take(MembersShown).Select(member => member.TrimStart('@')));
        return feature.EnumMembers.Count <= MembersShown ? shown : $"{shown} and {feature.EnumMembers.Count - MembersShown} more";
    }

    /// <summary>A double as C# source.</summary>
    public static string Literal(double value)
    {
        var text = Plain(value);
        return text.All(c => char.IsDigit(c) || c == '-') ? text + ".0" : text;
    }

    /// <summary>The shortest text that is this number.</summary>
    static string Plain(double value)
    {
        // The framework of some hosts of the compiler does not always print the shortest.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture) == value ? text : value.ToString("G17", CultureInfo.InvariantCulture);
    }

    /// <summary>Text in a documentation comment.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
