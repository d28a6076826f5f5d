using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>Writes how probable predictions are: the types that hold it, and what fills them.</summary>
static class ProbabilitiesEmitter
{
    const string All = "Probabilities";

    /// <summary>What <c>Predict</c> passes out beside the value, its type first; null where nothing that is predicted has a probability.</summary>
    public static (string Type, string Name)? Parameter(TypesSpec types) =>
        types.Heads.Count == 0 && types.Predictions.Single().IsBool ? ("float", "probability") :
        types.Predictions.Any(HasProbabilities) ? (All, "probabilities") :
        null;

    /// <summary>What the parameter is, in words.</summary>
    public static string Words(TypesSpec types)
    {
        var kinds = types.Predictions.Select(prediction => prediction.Kind).ToList();
        var (classes, bools) = (kinds.Contains(FeatureKind.Enum), kinds.Contains(FeatureKind.Bool));
        return classes && bools ? "each class is, and that bools are true" : classes ? "each class is" : "true is";
    }

    /// <summary>Writes the statements that fill the parameter.</summary>
    public static void WriteFilling(SourceWriter writer, TypesSpec types, LocalNames locals)
    {
        if (Parameter(types) is not { } parameter)
            return;
        if (types.Heads.Count > 0)
        {
            var heads = types.Heads.Where(HasProbabilities).Select(head => HeadValue(writer, head, locals)).ToList();
            writer.Write($"{parameter.Name} = new({string.Join(", ", heads)});");
        }
        else if (parameter.Type != All)
            writer.Write($"{parameter.Name} = y[0];");
        else if (types.Output.Size > FeatureSpec.NamedLimit)
            writer.Write($"""
                {parameter.Name} = default;
                y.CopyTo({parameter.Name});
                """);
        else
            writer.Write($"{parameter.Name} = {NewOf(types.Predictions.Single())};");
    }

    /// <summary>Writes the types.</summary>
    public static void WriteTypes(SourceWriter writer, TypesSpec types)
    {
        if (Parameter(types) is not { Type: All })
            return;
        foreach (var prediction in types.Predictions.Where(prediction => HasProbabilities(prediction) && !prediction.IsBool))
            if (prediction.Size > FeatureSpec.NamedLimit)
                WriteMany(writer, types, prediction);
            else
                WriteNamed(writer, types, prediction);
        if (types.Heads.Count > 0)
            WriteOfHeads(writer, types, [.. types.Heads.Where(HasProbabilities)]);
    }

    static bool HasProbabilities(PredictionSpec prediction) => prediction.Kind != FeatureKind.Number;

    /// <summary>The type for one output layer: of no head, or of one.</summary>
    static string TypeOf(PredictionSpec prediction) => prediction.IsBool ? "float" : prediction.Head + All;

    static string NewOf(PredictionSpec prediction) =>
        $"new({string.Join(", ", Sources(prediction).Select((_, i) => $"y[{prediction.Column + i}]"))})";

    /// <summary>The members of an enum, or the ways to bools.</summary>
    static IReadOnlyList<string> Sources(PredictionSpec prediction) => prediction.Kind == FeatureKind.Enum
        ? prediction.Value.Leaves.First().EnumMembers
        : FeaturePlace.Each(prediction.Value).Select(place => Within(place.Path, prediction)).ToList();

    /// <summary>A head's part, as an expression; of many a statement before it.</summary>
    static string HeadValue(SourceWriter writer, PredictionSpec head, LocalNames locals)
    {
        if (head.IsBool)
            return $"y[{head.Column}]";
        if (head.Size <= FeatureSpec.NamedLimit)
            return NewOf(head);
        var name = locals.Create(head.Head + All);
        writer.Write($"""
            var {name} = default({TypeOf(head)});
            y.Slice({head.Column}, {head.Size}).CopyTo({name});
            """);
        return name;
    }

    static void WriteOfHeads(SourceWriter writer, TypesSpec types, IReadOnlyList<PredictionSpec> heads)
    {
        var names = ProbabilityNames.Of(heads.Select(head => head.Head));
        writer.Write($"/// <summary>How probable {Words(types)}, head by head.</summary>");
        for (var h = 0; h < heads.Count; h++)
            writer.Write($"/// <param name=\"{names[h].TrimStart('@')}\">Of the head {heads[h].Head}.</param>");
        writer.Write($"""
            {NetworkEmitter.GeneratedCode}
            {types.Accessibility} readonly record struct {All}({string.Join(", ", heads.Select((head, h) => $"{TypeOf(head)} {names[h]}"))});

            """);
    }

    static void WriteNamed(SourceWriter writer, TypesSpec types, PredictionSpec prediction)
    {
        var (isEnum, leaf) = (prediction.Kind == FeatureKind.Enum, prediction.Value.Leaves.First());
        var sources = Sources(prediction);
        var names = ProbabilityNames.Of(sources);
        writer.Write($"/// <summary>How probable {Summary(isEnum)}.</summary>");
        for (var i = 0; i < names.Count; i++)
            writer.Write($"/// <param name=\"{names[i].TrimStart('@')}\">Of {sources[i].Replace("@", "")}.</param>");
        writer.Write(NetworkEmitter.GeneratedCode);
        var access = isEnum ? IndexerOf(types, leaf) : null;
        writer.Write($"{types.Accessibility} readonly record struct {TypeOf(prediction)}({string.Join(", ", names.Select(name => "float " + name))}){(access is null ? ";" : "")}");
        if (access is not null)
        {
            writer.Write($$"""
                {
                    /// <summary>How probable a class is.</summary>
                    {{access}} float this[{{leaf.Type}} value] => value switch
                    {
                """);
            for (var i = 0; i < names.Count; i++)
                writer.Write($"        {leaf.Type}.{sources[i]} => {names[i]},");
            writer.Write($$"""
                        _ => throw global::GenNet.Runtime.Guard.UnknownMember(value, "{{leaf.ShortType}}"),
                    };
                }
                """);
        }
        writer.Write("");
    }

    /// <summary>So many that they have no names, but numbers.</summary>
    static void WriteMany(SourceWriter writer, TypesSpec types, PredictionSpec prediction)
    {
        var (isEnum, leaf) = (prediction.Kind == FeatureKind.Enum, prediction.Value.Leaves.First());
        writer.Write($$"""
            /// <summary>How probable {{Summary(isEnum)}}: an array by value, which is also a span.</summary>
            {{NetworkEmitter.GeneratedCode}}
            [global::System.Runtime.CompilerServices.InlineArray({{(prediction.Head.Length == 0 ? "OutputSize" : Text.Number(prediction.Size))}})]
            {{types.Accessibility}} struct {{TypeOf(prediction)}} : global::System.IEquatable<{{TypeOf(prediction)}}>
            {
                float _first;
            """);
        if (isEnum && IndexerOf(types, leaf) is { } access)
            writer.Write($$"""

                    /// <summary>How probable a class is.</summary>
                    {{access}} readonly float this[{{leaf.Type}} value] => this[IndexOf(value, "{{leaf.ShortType}}")];
                """);
        writer.Write($$"""

                /// <inheritdoc/>
                public readonly bool Equals({{TypeOf(prediction)}} other) => global::System.MemoryExtensions.SequenceEqual((global::System.ReadOnlySpan<float>)this, other);

                /// <inheritdoc/>
                public override readonly bool Equals(object? obj) => obj is {{TypeOf(prediction)}} other && Equals(other);

                /// <inheritdoc/>
                public override readonly int GetHashCode()
                {
                    var hash = default(global::System.HashCode);
                    for (var i = 0; i < {{prediction.Size}}; i++)
                        hash.Add(this[i]);
                    return hash.ToHashCode();
                }

                /// <summary>The numbers in words, of many the first.</summary>
                public override readonly string ToString() => global::GenNet.Runtime.ArrayText.Of(this);
            }

            """);
    }

    /// <summary>What an indexer by an enum may be: a member of the output may have a type that the network does not show to all; null where none can be.</summary>
    static string? IndexerOf(TypesSpec types, FeatureSpec leaf) => leaf.Accessibility == "internal" && types.Accessibility == "internal" ? "public" : leaf.Accessibility;

    static string Summary(bool isEnum) => isEnum ? "each class is" : "it is that each bool is true";

    /// <summary>The way to a bool, from the one member that a head predicts: the head says which that is.</summary>
    static string Within(string path, PredictionSpec prediction)
    {
        var own = prediction.Head.Length > 0 && prediction.Value.Members.Count == 1 ? prediction.Value.Members[0].Name.Length + 1 : 0;
        return path.Substring(own).TrimStart('.');
    }
}
