using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>Writes what a network with types does with values: features, targets, predictions and data sets.</summary>
static class TypedEmitter
{
    const string Guard = "global::GenNet.Runtime.Guard";

    public static void Write(SourceWriter writer, string network, TypesSpec types)
    {
        WriteNames(writer, types.Input);
        WriteNumbers(writer, network, types.Accessibility, [new("", types.Input, 0)]);
        WritePredict(writer, network, types);
        if (!types.HasLabels)
            WriteNumbers(writer, network, "", [.. types.Predictions]);
        WriteDataset(writer, types);
        EnumEmitter.WriteIndices(writer, types);
        ProbabilitiesEmitter.WriteTypes(writer, types);
    }

    /// <summary>A sample, as C# source.</summary>
    public static string Sample(TypesSpec types) => $"({types.Input.Type}, {types.Output.Type})";

    static void WriteNames(SourceWriter writer, FeatureSpec input)
    {
        var names = FeaturePlace.Each(input).SelectMany(place => place.Feature is { Kind: FeatureKind.Enum, EmbeddedSize: 0 }
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

    /// <summary>Writes the method that turns a value into numbers, part by part of it.</summary>
    static void WriteNumbers(SourceWriter writer, string network, string accessibility, IReadOnlyList<PredictionSpec> parts)
    {
        var value = parts[0].Value;
        var isInput = accessibility.Length > 0;
        var (name, parameter, array) = isInput ? ("WriteFeatures", "input", "x") : ("WriteTargets", "output", "y");
        if (isInput)
        {
            writer.Write($$"""
                /// <summary>Writes the features of a value, in the order of <see cref="FeatureNames"/>.</summary>
                /// <param name="input">The value.</param>
                /// <param name="x">[{{value.Size}}] features, written.</param>
                /// <exception cref="global::System.ArgumentException">The span has another length{{(HasArrays(value) ? ", or an array of the value has" : "")}}.</exception>
                """);
            WriteEnumException(writer, value);
        }
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
        var locals = new LocalNames(parameter, array);
        foreach (var part in parts)
            WriteNumbers(writer, part.Value, parameter, "", value.ShortType, array, new(part.Column), 0, locals);
        writer.Indent--;
        writer.Write("""
            }

            """);
    }

    /// <param name="writer">Takes the statements.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="access">How to get its value.</param>
    /// <param name="path">What comments call it, after the value itself.</param>
    /// <param name="root">The type of the whole value, for messages.</param>
    /// <param name="array">The numbers.</param>
    /// <param name="position">Its first.</param>
    /// <param name="depth">Loops around it.</param>
    /// <param name="locals">The method's variables.</param>
    static void WriteNumbers(SourceWriter writer, FeatureSpec feature, string access, string path, string root, string array, Position position, int depth, LocalNames locals)
    {
        if (feature.Kind == FeatureKind.Struct)
            foreach (var member in feature.Members)
            {
                WriteNumbers(writer, member, $"{access}.{member.Name}", $"{path}.{member.Name}", root, array, position, depth, locals);
                position = position.Plus(member.Size);
            }
        else if (feature.IsArray)
        {
            var (variable, element, elements) = (FeaturePlace.Variable(depth), feature.Element, locals.Create(path));
            writer.Write($"// {position.Range(array, feature.Size)} = {FeaturePlace.NameOf(path, feature)}[0..{feature.Length}]{Meaning(element)}");
            writer.Write(feature.Kind == FeatureKind.Array
                ? $"var {elements} = {Guard}.CheckElements({access}, {feature.Length}, \"{Member(root, path)}\");"
                : $"var {elements} = {access};");
            writer.Write($"for (var {variable} = 0; {variable} < {feature.Length}; {variable}++)");
            var isOneLine = element.Kind is FeatureKind.Number or FeatureKind.Bool;
            if (!isOneLine)
                writer.Write("{");
            writer.Indent++;
            var (item, inner) = ($"{elements}[{variable}]", position.In(variable, element.Size));
            if (element.Kind is FeatureKind.Struct || element.IsArray)
                WriteNumbers(writer, element, item, $"{path}[{variable}]", root, array, inner, depth + 1, locals);
            else
                WriteLeaf(writer, element, item, Member(root, path), array, inner);
            writer.Indent--;
            if (!isOneLine)
                writer.Write("}");
        }
        else if (feature.Size > 0)
        {
            writer.Write($"// {position.Range(array, feature.Size)} = {FeaturePlace.NameOf(path, feature)}{Meaning(feature)}");
            WriteLeaf(writer, feature, access, Member(root, path), array, position);
        }
    }

    static string Meaning(FeatureSpec feature) => TypedText.AsInput(feature) is { Length: > 0 } how ? ", " + how : "";

    static void WriteLeaf(SourceWriter writer, FeatureSpec feature, string access, string member, string array, Position position) => writer.Write(feature.Kind switch
    {
        FeatureKind.Enum when feature.EmbeddedSize > 0 => $"{array}[{position}] = IndexOf({access}, \"{member}\");",
        FeatureKind.Enum => $"""
            {array}.Slice({position}, {feature.Size}).Clear();
            {array}[{position.Before}IndexOf({access}, "{member}")] = 1;
            """,
        FeatureKind.Bool => $"{array}[{position}] = {access} ? 1 : 0;",
        _ => $"{array}[{position}] = {Number(feature, access)};",
    });

    static bool HasArrays(FeatureSpec feature) => feature.Kind == FeatureKind.Array || feature.Members.Any(HasArrays);

    /// <summary>A number as the network sees it.</summary>
    static string Number(FeatureSpec feature, string access)
    {
        var convertsToDouble = feature.Type is not ("decimal" or "global::System.Half" or "global::System.Int128" or "global::System.UInt128");
        var convertsToFloat = convertsToDouble && feature.Type is not "double";
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

    static void WritePredict(SourceWriter writer, string network, TypesSpec types)
    {
        var (input, output) = (types.Input.Type, types.Output.Type);
        var probability = ProbabilitiesEmitter.Parameter(types);
        if (probability is not null)
        {
            WritePredictDocumentation(writer, types);
            writer.Write($"""
                {types.Accessibility} {output} Predict(in {input} input) => Predict(in input, out {probability.Value.Type} _);

                """);
        }
        WritePredictDocumentation(writer, types, probability is null ? "" : $"\n/// <param name=\"{probability.Value.Name}\">How probable {ProbabilitiesEmitter.Words(types)}.</param>");
        writer.Write($"{types.Accessibility} {output} Predict(in {input} input{(probability is null ? "" : $", out {probability.Value.Type} {probability.Value.Name}")})");
        writer.Write("{");
        writer.Indent++;
        writer.Write($"""
            global::System.Span<float> x = stackalloc float[InputSize], y = stackalloc float[OutputSize];
            WriteFeatures(in input, x);
            {Guard}.CheckFeatures("{Plain(network)}", x, FeatureNames);
            Forward((global::System.ReadOnlySpan<float>)x, y);
            {Guard}.CheckOutputs("{Plain(network)}", y);
            """);
        var locals = new LocalNames("input", "x", "y", "probabilities", "probability");
        ProbabilitiesEmitter.WriteFilling(writer, types, locals);
        if (types.Output.Kind == FeatureKind.Enum)
            EnumEmitter.WriteMember(writer, types, types.Output, "return ", "y");
        else
            WriteValue(writer, types, types.Output, "", "return ", ";", default, 0, locals);
        writer.Indent--;
        writer.Write("""
            }

            """);
    }

    static void WritePredictDocumentation(SourceWriter writer, TypesSpec types, string probabilityParameter = "")
    {
        var (input, output) = (TypedText.Escape(types.Input.ShortType), TypedText.Escape(types.Output.ShortType));
        writer.Write($"""
            /// <summary>The {(types.Output.Kind == FeatureKind.Enum ? "most probable " : "")}{output} for a {input}. Safe from many threads at once, allocates {(HasArrays(types.Output) ? "the arrays alone" : "nothing")}.</summary>
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

    /// <summary>Writes what makes a predicted value from outputs: its enums and arrays first.</summary>
    static void WriteValue(SourceWriter writer, TypesSpec types, FeatureSpec value, string path, string before, string after, Position position, int depth, LocalNames locals)
    {
        var variables = new Queue<string>();
        WriteVariables(writer, types, value, path, position, depth, locals, variables);
        WriteExpression(writer, value, before, after, position, variables);
    }

    /// <summary>The members of a struct, each with the first of its numbers.</summary>
    static IEnumerable<(FeatureSpec Member, Position Position)> Members(FeatureSpec value, Position position)
    {
        foreach (var member in value.Members)
        {
            yield return (member, member.Column is { } column ? new(column) : position);
            position = position.Plus(member.Size);
        }
    }

    static void WriteVariables(SourceWriter writer, TypesSpec types, FeatureSpec value, string path, Position position, int depth, LocalNames locals, Queue<string> variables)
    {
        if (value.Kind == FeatureKind.Struct)
            foreach (var (member, first) in Members(value, position))
                WriteVariables(writer, types, member, $"{path}.{member.Name}", first, depth, locals, variables);
        if (value.Kind == FeatureKind.Enum)
        {
            variables.Enqueue(locals.Create(path));
            EnumEmitter.WriteMember(writer, types, value, $"var {variables.Last()} = ", $"y.Slice({position}, {value.Size})");
        }
        if (!value.IsArray)
            return;
        var (name, variable, element) = (locals.Create(path), FeaturePlace.Variable(depth), value.Element);
        variables.Enqueue(name);
        writer.Write($"var {name} = {(value.Kind == FeatureKind.Array ? $"new {element.Type}[{value.Length}]" : $"default({value.Type})")};");
        writer.Write($"for (var {variable} = 0; {variable} < {value.Length}; {variable}++)");
        var isOneLine = element.Kind is FeatureKind.Number or FeatureKind.Bool;
        if (!isOneLine)
            writer.Write("{");
        writer.Indent++;
        WriteValue(writer, types, element, $"{path}[{variable}]", $"{name}[{variable}] = ", ";", position.In(variable, element.Size), depth + 1, locals);
        writer.Indent--;
        if (!isOneLine)
            writer.Write("}");
    }

    /// <summary>Writes a predicted value, one member a line.</summary>
    static void WriteExpression(SourceWriter writer, FeatureSpec value, string before, string after, Position position, Queue<string> variables)
    {
        if (value.Kind != FeatureKind.Struct)
        {
            writer.Write(before + (value.IsArray || value.Kind == FeatureKind.Enum ? variables.Dequeue() : value.Kind == FeatureKind.Missing ? "default!" : Predicted(value, $"y[{position}]")) + after);
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
        foreach (var (member, first) in Members(value, position))
            WriteExpression(writer, member, isTuple ? "" : member.Name + " = ", isTuple && member.Equals(value.Members[value.Members.Count - 1]) ? "" : ",", first, variables);
        writer.Indent--;
        writer.Write((isTuple ? ")" : "}") + after);
    }

    /// <summary>A predicted number or bool.</summary>
    static string Predicted(FeatureSpec feature, string y)
    {
        if (feature.Kind == FeatureKind.Bool)
            return $"{y} > 0.5f";
        var isScaled = feature.Scaling is not null;
        var natural = Unscaled(feature.Scaling, y);
        return feature.Type switch
        {
            "float" => isScaled ? $"{Guard}.Single({natural})" : y,
            "double" => isScaled ? $"{Guard}.Double({natural})" : y,
            "global::System.Half" => $"{Guard}.Half({natural})",
            "decimal" => $"decimal.CreateSaturating({natural})",
            _ => $"{feature.Type}.CreateSaturating(global::System.{(isScaled ? "Math" : "MathF")}.Round({natural}))",
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

    /// <summary>As messages call it: Flower.Petal.Colour.</summary>
    static string Member(string root, string path) => root + (path.Length == 0 || path[0] == '[' ? "" : ".") + path.TrimStart('.').Replace("@", "");

    static string Plain(string name) => name.TrimStart('@');
}
