using System.Globalization;
using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>Writes the way from an enum's members to the places of their numbers and back.</summary>
/// <remarks>
/// A few members are a switch, for people. The compiler takes a time that grows with the square of a switch's cases, and of a record's members, so that many
/// members are a table of their values.
/// </remarks>
static class EnumEmitter
{
    const int ValuesPerLine = 20;

    /// <summary>Writes <c>IndexOf</c> for each enum of a network.</summary>
    public static void WriteIndices(SourceWriter writer, TypesSpec types)
    {
        foreach (var feature in Enums(types))
            if (feature.EnumMembers.Count <= FeatureSpec.NamedLimit)
                WriteSwitch(writer, feature);
            else
                WriteTable(writer, types, feature);
    }

    /// <summary>Writes the statement that takes the member of the largest probability.</summary>
    /// <param name="writer">Takes the statement.</param>
    /// <param name="types">The network's.</param>
    /// <param name="feature">The enum.</param>
    /// <param name="before">What takes it, as in <c>return </c>.</param>
    /// <param name="outputs">Its probabilities.</param>
    public static void WriteMember(SourceWriter writer, TypesSpec types, FeatureSpec feature, string before, string outputs)
    {
        var (output, members, index) = (feature.Type, feature.EnumMembers, $"global::GenNet.Metrics.ArgMax({outputs})");
        if (members.Count > FeatureSpec.NamedLimit)
        {
            writer.Write($"{before}({output}){Values(types, feature)}[{index}];");
            return;
        }
        writer.Write($$"""
            {{before}}{{index}} switch
            {
            """);
        for (var i = 0; i < members.Count; i++)
            writer.Write($"    {(i < members.Count - 1 ? Number(i) : "_")} => {output}.{members[i]},");
        writer.Write("};");
    }

    static void WriteSwitch(SourceWriter writer, FeatureSpec feature)
    {
        writer.Write($$"""
            static int IndexOf({{feature.Type}} value, string member) => value switch
            {
            """);
        for (var i = 0; i < feature.EnumMembers.Count; i++)
            writer.Write($"    {feature.Type}.{feature.EnumMembers[i]} => {Number(i)},");
        writer.Write("""
                _ => throw global::GenNet.Runtime.Guard.UnknownMember(value, member),
            };

            """);
    }

    static void WriteTable(SourceWriter writer, TypesSpec types, FeatureSpec feature)
    {
        var (name, type) = (Values(types, feature), feature.EnumValues.Any(value => value > long.MaxValue) ? "ulong" : "long");
        writer.Write($$"""
            static int IndexOf({{feature.Type}} value, string member)
            {
                var index = global::System.MemoryExtensions.BinarySearch<{{type}}, {{type}}>({{name}}, ({{type}})value);
                return index >= 0 ? index : throw global::GenNet.Runtime.Guard.UnknownMember(value, member);
            }

            /// <summary>The values of {{TypedText.Escape(feature.ShortType)}}, in order.</summary>
            static global::System.ReadOnlySpan<{{type}}> {{name}} =>
            [
            """);
        for (var first = 0; first < feature.EnumValues.Count; first += ValuesPerLine)
            writer.Write($"    {string.Join(", ", feature.EnumValues.Skip(first).Take(ValuesPerLine).Select(Literal))},");
        writer.Write("""
            ];

            """);
    }

    static IEnumerable<FeatureSpec> Enums(TypesSpec types) => types.Input.Leaves.Concat(types.Output.Leaves)
        .Where(leaf => leaf.Kind == FeatureKind.Enum).GroupBy(leaf => leaf.Type).Select(group => group.First());

    /// <summary>The table of an enum's values.</summary>
    static string Values(TypesSpec types, FeatureSpec feature) => "Values" + Number(1 + Enums(types).ToList().FindIndex(other => other.Type == feature.Type));

    /// <summary>The least of all numbers has no literal that is a long.</summary>
    static string Literal(decimal value) => value == long.MinValue ? "long.MinValue" : value.ToString(CultureInfo.InvariantCulture);

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
