using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>Writes what a network with types does with values: features, targets, predictions and data sets.</summary>
static class TypedEmitter
{
    const string Guard = "global::GenNet.Guard";

    public static void Write(SourceWriter writer, string network, TypesSpec types)
    {
        var inputs = FeaturePlace.Of(types.Input);
        var outputs = FeaturePlace.Of(types.Output);
        WriteNames(writer, inputs);
        WriteNumbers(writer, network, types.Accessibility, types.Input, inputs);
        WritePredict(writer, network, types, outputs);
        if (!types.HasLabels)
            WriteNumbers(writer, network, "", types.Output, outputs);
        WriteDataset(writer, types);
        EnumEmitter.WriteIndices(writer, types);
        if (HasProbabilities(types))
            WriteProbabilities(writer, types, outputs);
    }

    /// <summary>A sample, as C# source.</summary>
    public static string Sample(TypesSpec types) => $"({types.Input.Type}, {types.Output.Type})";

    static bool HasProbabilities(TypesSpec types) => types.OutputKind != FeatureKind.Number && types.Output.Kind != FeatureKind.Bool;

    static void WriteNames(SourceWriter writer, IReadOnlyList<FeaturePlace> inputs)
    {
        var names = inputs.SelectMany(place => place.Feature.Kind == FeatureKind.Enum
            ? place.Feature.EnumMembers.Select(member => $"{place.Name}.{member.TrimStart('@')}")
            : [place.Name]);
        writer.Write("""
            /// <summary>The name of each feature, as in <c>Petal.Length</c> or, of an enum, <c>Colour.Red</c>.</summary>
            public static global::System.Collections.Generic.IReadOnlyList<string> FeatureNames { get; } = new[]
            {
            """);
        foreach (var name in names)
            writer.Write($"    \"{name}\",");
        writer.Write("""
            };

            """);
    }

    /// <summary>Writes the method that turns a value into numbers.</summary>
    static void WriteNumbers(SourceWriter writer, string network, string accessibility, FeatureSpec value, IReadOnlyList<FeaturePlace> places)
    {
        var isInput = accessibility.Length > 0;
        var (name, size, parameter, array) = isInput ? ("WriteFeatures", "InputSize", "input", "x") : ("WriteTargets", "OutputSize", "output", "y");
        if (isInput)
            writer.Write($$"""
                /// <summary>Writes the features of a value, in the order of <see cref="FeatureNames"/>.</summary>
                /// <param name="input">The value.</param>
                /// <param name="x">[{{value.Size}}] features, written.</param>
                /// <exception cref="global::System.ArgumentException">The span has another length.</exception>
                """);
        if (isInput)
            WriteEnumException(writer, value);
        writer.Write($$"""
            {{(isInput ? accessibility + " " : "")}}static void {{name}}(in {{value.Type}} {{parameter}}, global::System.Span<float> {{array}})
            {
            """);
        writer.Indent++;
        if (isInput)
            writer.Write($"""
                if (x.Length != InputSize)
                    {Guard}.ThrowFeatureLength("{Plain(network)}", InputSize, x.Length);

                """);
        foreach (var place in places)
        {
            var (feature, access) = (place.Feature, parameter + place.Path);
            writer.Write($"// {place.Range(array)} = {place.Name}{(TypedText.AsInput(feature) is { Length: > 0 } how ? ", " + how : "")}");
            writer.Write(feature.Kind switch
            {
                FeatureKind.Enum => $"""
                    {array}.Slice({place.Offset}, {feature.Size}).Clear();
                    {array}[{Plus(place.Offset)}IndexOf({access}, "{Member(value, place)}")] = 1;
                    """,
                FeatureKind.Bool => $"{array}[{place.Offset}] = {access} ? 1 : 0;",
                _ => $"{array}[{place.Offset}] = {Number(feature, access)};",
            });
        }
        writer.Indent--;
        writer.Write("""
            }

            """);
    }

    static string Plus(int offset) => offset == 0 ? "" : $"{offset} + ";

    /// <summary>A number as the network sees it.</summary>
    static string Number(FeatureSpec feature, string access)
    {
        var convertsToFloat = feature.Type is not ("double" or "decimal" or "global::System.Half");
        var convertsToDouble = feature.Type is not ("decimal" or "global::System.Half");
        if (feature.Scaling is not { } scaling)
            return convertsToFloat ? access : $"(float){access}";
        var value = convertsToDouble ? access : $"(double){access}";
        var centred = scaling.First == 0 ? value : $"({value} - {TypedText.Literal(scaling.First)})";
        return $"(float)({centred} / {Width(scaling)})";
    }

    /// <summary>A number in its natural unit, in double where it is scaled.</summary>
    static string Unscaled(ScalingSpec? scaling, string output) =>
        scaling is null ? output : (scaling.First == 0 ? "" : $"{TypedText.Literal(scaling.First)} + ") + $"{output} * {Width(scaling)}";

    static string Width(ScalingSpec scaling) => scaling.Standardize || scaling.First == 0
        ? TypedText.Literal(scaling.Second)
        : $"({TypedText.Literal(scaling.Second)} - {TypedText.Literal(scaling.First)})";

    static void WritePredict(SourceWriter writer, string network, TypesSpec types, IReadOnlyList<FeaturePlace> outputs)
    {
        var (input, output) = (types.Input.Type, types.Output.Type);
        var probability = HasProbabilities(types) ? "Probabilities probabilities" : types.Output.Kind == FeatureKind.Bool ? "float probability" : "";
        if (probability.Length > 0)
        {
            WritePredictDocumentation(writer, types);
            writer.Write($"""
                {types.Accessibility} {output} Predict(in {input} input) => Predict(in input, out {probability.Split(' ')[0]} _);

                """);
        }
        WritePredictDocumentation(writer, types, probability.Length == 0 ? "" :
            $"\n/// <param name=\"{probability.Split(' ')[1]}\">How probable {(types.OutputKind == FeatureKind.Enum ? "each class is" : "true is")}.</param>");
        writer.Write($"{types.Accessibility} {output} Predict(in {input} input{(probability.Length > 0 ? ", out " + probability : "")})");
        writer.Write("{");
        writer.Indent++;
        writer.Write($"""
            global::System.Span<float> x = stackalloc float[InputSize], y = stackalloc float[OutputSize];
            WriteFeatures(in input, x);
            {Guard}.CheckFeatures("{Plain(network)}", x, FeatureNames);
            Forward((global::System.ReadOnlySpan<float>)x, y);
            {Guard}.CheckOutputs("{Plain(network)}", y);
            """);
        if (HasProbabilities(types) && types.Output.Size > FeatureSpec.NamedLimit)
            writer.Write("""
                probabilities = default;
                y.CopyTo(probabilities);
                """);
        else if (HasProbabilities(types))
            writer.Write($"probabilities = new({string.Join(", ", Enumerable.Range(0, types.Output.Size).Select(i => $"y[{i}]"))});");
        else if (probability.Length > 0)
            writer.Write("probability = y[0];");
        if (types.OutputKind == FeatureKind.Enum)
            EnumEmitter.WriteMember(writer, types);
        else
        {
            var offset = 0;
            WriteValue(writer, types.Output, "return ", ";", ref offset);
        }
        writer.Indent--;
        writer.Write("""
            }

            """);
    }

    static void WritePredictDocumentation(SourceWriter writer, TypesSpec types, string probabilityParameter = "")
    {
        var (input, output) = (TypedText.Escape(types.Input.ShortType), TypedText.Escape(types.Output.ShortType));
        writer.Write($"""
            /// <summary>The {(types.OutputKind == FeatureKind.Enum ? "most probable " : "")}{output} for a {input}. Safe from many threads at once, allocates nothing.</summary>
            /// <param name="input">What to predict for.</param>{probabilityParameter}
            /// <exception cref="global::System.NotFiniteNumberException">A feature or an output is not a finite number.</exception>
            """);
        WriteEnumException(writer, types.Input);
    }

    static void WriteEnumException(SourceWriter writer, FeatureSpec value)
    {
        if (value.Leaves.Any(leaf => leaf.Kind == FeatureKind.Enum))
            writer.Write("""/// <exception cref="global::System.ArgumentOutOfRangeException">An enum has a value that is none of its members.</exception>""");
    }

    /// <summary>Writes a predicted value, made from outputs, one member a line.</summary>
    static void WriteValue(SourceWriter writer, FeatureSpec value, string before, string after, ref int offset)
    {
        if (value.Kind != FeatureKind.Struct)
        {
            writer.Write(before + Predicted(value, $"y[{offset++}]") + after);
            return;
        }
        var isTuple = value.Type[0] == '(';
        if (isTuple)
            writer.Write(before + "(");
        else
            writer.Write($$"""
                {{before}}new {{value.Type}}
                {
                """);
        writer.Indent++;
        for (var i = 0; i < value.Members.Count; i++)
        {
            var member = value.Members[i];
            WriteValue(writer, member, isTuple ? "" : member.Name + " = ", isTuple && i == value.Members.Count - 1 ? "" : ",", ref offset);
        }
        writer.Indent--;
        writer.Write((isTuple ? ")" : "}") + after);
    }

    /// <summary>A predicted number or bool.</summary>
    static string Predicted(FeatureSpec feature, string y)
    {
        if (feature.Kind == FeatureKind.Bool)
            return $"{y} > 0.5f";
        var natural = Unscaled(feature.Scaling, y);
        return feature.Type switch
        {
            "double" => natural,
            "float" => feature.Scaling is null ? y : $"(float)({natural})",
            "global::System.Half" => $"(global::System.Half){(feature.Scaling is null ? y : $"({natural})")}",
            "decimal" => $"decimal.CreateSaturating({natural})",
            _ => $"{feature.Type}.CreateSaturating(global::System.{(feature.Scaling is null ? "MathF" : "Math")}.Round({natural}))",
        };
    }

    static void WriteDataset(SourceWriter writer, TypesSpec types)
    {
        var (element, name, length, size) = types.HasLabels
            ? ("int", "labels", "samples.Length", types.Output.Kind == FeatureKind.Bool ? "2" : "OutputSize")
            : ("float", "targets", "checked(samples.Length * OutputSize)", "OutputSize");
        writer.Write($$"""
            /// <summary>The samples as data to fit and evaluate by.</summary>
            /// <param name="samples">Inputs, each with what the network should predict.</param>
            /// <exception cref="global::System.ArgumentException">There is no sample, or an enum has a value that is none of its members.</exception>
            {{types.Accessibility}} static global::GenNet.Dataset CreateDataset(global::System.ReadOnlySpan<{{Sample(types)}}> samples)
            {
                var inputs = new float[checked(samples.Length * InputSize)];
                var {{name}} = new {{element}}[{{length}}];
                WriteSamples(samples, inputs, {{name}});
                return new(inputs, InputSize, {{name}}, {{size}});
            }

            static void WriteSamples(global::System.ReadOnlySpan<{{Sample(types)}}> samples, global::System.Span<float> inputs, global::System.Span<{{element}}> {{name}})
            {
                for (var i = 0; i < samples.Length; i++)
                {
                    WriteFeatures(in samples[i].Item1, inputs.Slice(i * InputSize, InputSize));
            """);
        writer.Write("        " + types.Output.Kind switch
        {
            FeatureKind.Enum => $"labels[i] = IndexOf(samples[i].Item2, \"{types.Output.ShortType}\");",
            FeatureKind.Bool => "labels[i] = samples[i].Item2 ? 1 : 0;",
            _ => "WriteTargets(in samples[i].Item2, targets.Slice(i * OutputSize, OutputSize));",
        });
        writer.Write("""
                }
            }

            """);
    }

    static void WriteProbabilities(SourceWriter writer, TypesSpec types, IReadOnlyList<FeaturePlace> outputs)
    {
        var isEnum = types.OutputKind == FeatureKind.Enum;
        if (types.Output.Size > FeatureSpec.NamedLimit)
        {
            WriteManyProbabilities(writer, types, isEnum);
            return;
        }
        var sources = isEnum ? types.Output.EnumMembers : outputs.Select(place => place.Path.Substring(1)).ToEquatableArray();
        var names = ProbabilityNames.Of(sources);
        writer.Write($"/// <summary>How probable {(isEnum ? "each class is" : "it is that each bool is true")}.</summary>");
        for (var i = 0; i < names.Count; i++)
            writer.Write($"/// <param name=\"{names[i].TrimStart('@')}\">Of {sources[i].Replace("@", "")}.</param>");
        writer.Write(NetworkEmitter.GeneratedCode);
        writer.Write($"{types.Accessibility} readonly record struct Probabilities({string.Join(", ", names.Select(name => "float " + name))}){(isEnum ? "" : ";")}");
        if (isEnum)
        {
            writer.Write($$"""
                {
                    /// <summary>How probable a class is.</summary>
                    public float this[{{types.Output.Type}} value] => value switch
                    {
                """);
            for (var i = 0; i < names.Count; i++)
                writer.Write($"        {types.Output.Type}.{sources[i]} => {names[i]},");
            writer.Write($$"""
                        _ => throw {{Guard}}.UnknownMember(value, "{{types.Output.ShortType}}"),
                    };
                }
                """);
        }
        writer.Write("");
    }

    /// <summary>So many that they have no names, but numbers.</summary>
    static void WriteManyProbabilities(SourceWriter writer, TypesSpec types, bool isEnum)
    {
        writer.Write($$"""
            /// <summary>How probable {{(isEnum ? "each class is" : "it is that each bool is true")}}: an array by value, which is also a span.</summary>
            {{NetworkEmitter.GeneratedCode}}
            [global::System.Runtime.CompilerServices.InlineArray(OutputSize)]
            {{types.Accessibility}} struct Probabilities
            {
                float _first;
            """);
        if (isEnum)
            writer.Write($$"""

                    /// <summary>How probable a class is.</summary>
                    public readonly float this[{{types.Output.Type}} value] => this[IndexOf(value, "{{types.Output.ShortType}}")];
                """);
        writer.Write("""
            }

            """);
    }

    /// <summary>As messages call it: Flower.Petal.Colour.</summary>
    static string Member(FeatureSpec value, FeaturePlace place) => place.Path.Length == 0 ? value.ShortType : $"{value.ShortType}.{place.Name}";

    static string Plain(string name) => name.TrimStart('@');
}
