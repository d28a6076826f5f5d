using System.Globalization;
using System.Text;

namespace GenNet.Tests.Typed.Random;

/// <summary>
/// Writes programs with a network between two types that nobody thought of: structs and records of every form, fields, properties and parameters of every accessibility with and
/// without attributes, enums of every underlying type, arrays, tuples, generic and nested types. About one in three has a mistake.
/// </summary>
sealed class RandomDataTypes
{
    static readonly string[] Numbers =
        ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "nint", "nuint", "Half", "float", "double", "decimal", "Int128", "UInt128"];

    static readonly string[] Mistakes =
        ["string", "char", "object", "float?", "DateTime", "float[]", "int[,]", "System.Collections.Generic.List<float>", "Flags", "One", "Plant", "Guid", "Old", "dynamic", "System.Numerics.BigInteger", "OldMember"];

    static readonly string[] MemberNames =
        ["Length", "Width", "@class", "value", "x", "y", "input", "output", "i", "Petals", "probabilities", "TOptimizer", "field", "@event", "Straße", "_first", "elements", "Next", "IndexOf", "Count"];

    // Half of them mean something to the records, accessors and switches that are emitted for them.
    static readonly string[] EnumMemberNames =
    [
        "Red", "Green", "@event", "Blue", "Rot", "Straße", "@new", "White", "Grey", "Red_",
        "value", "Clone", "Equals", "Equals_", "get_Red", "get_Item", "Item", "_", "field", "ToString", "Probabilities", "IndexOf",
    ];

    static readonly string[] NetworkNames = ["Net", "Net", "Net", "Net", "Net", "Net", "Net", "Net", "@class", "@class", "T", "V", "H", "TOutput", "TOptimizer"];

    static readonly string[] OuterNames = ["Outer", "Outer", "Outer", "Outer<T>", "Outer<V>", "Outer<TOptimizer>", "Outer<TOutput, H>"];

    static readonly string[] Accessibilities = ["public", "internal", "private", "protected", "protected internal", "private protected"];

    static readonly string[] WordsOfCSharp = ["@class", "value", "@event", "field"];

    readonly System.Random _random;
    readonly StringBuilder _types = new();
    readonly List<string> _inputs = ["Vector3", "(int Whole, float Half)", "bool"];
    readonly List<string> _numbers = ["Vector3", "(int Whole, float Half)"];
    readonly List<string> _bools = ["(bool First, bool)"];
    readonly List<string> _enums = [];

    /// <summary>The members of the struct that was written last, each with its kind: a number, a bool or an enum.</summary>
    readonly List<(string Name, char Kind)> _members = [];

    int _count;
    bool _hasHeads;

    RandomDataTypes(int seed) => _random = new System.Random(seed);

    /// <summary>The program, all in namespace <c>P</c> with the seed; its <c>Caller</c> calls the network.</summary>
    public static string Source(int seed) => new RandomDataTypes(seed).Write(seed);

    string Write(int seed)
    {
        for (var i = Next(3); i >= 0; i--)
            WriteEnum();
        for (var i = Next(3); i > 0; i--)
            WriteArray();
        for (var i = Next(3); i > 0; i--)
        {
            var structure = WriteStruct($"S{_count++}", AnyInput, isOutput: false, "public");
            _inputs.Add(structure);
        }
        var isNested = Chance(0.3);
        var outer = isNested ? Pick(OuterNames) : null;
        var (inputAccess, outputAccess, networkAccess) = isNested && !outer!.Contains('<', StringComparison.Ordinal)
            ? (Pick(Accessibilities), Pick(Accessibilities), Pick(Accessibilities))
            : (Pick("public", "internal"), Pick("public", "internal"), Pick("public", "internal"));
        var types = _types.ToString();
        _types.Clear();
        var (input, output) = (Chance(0.9) ? WriteStruct("In", AnyInput, isOutput: false, inputAccess) : Pick(_inputs), WriteOutput(outputAccess));
        if (Chance(0.1))
            input = $"Pair<{input}>";
        var heads = _hasHeads ? Heads() : "";
        var (roots, name) = (_types.ToString(), Pick(NetworkNames));
        if (outer is not null && outer.Contains(name, StringComparison.Ordinal))
            name = "Net";
        // Attributes cannot have names in tuples.
        (input, output) = (input.Replace("(int Whole, float Half)", "(int, float)", StringComparison.Ordinal), output.Replace("(int Whole, float Half)", "(int, float)", StringComparison.Ordinal));
        // In a generic type, attributes cannot name what is nested.
        if (isNested && outer!.Contains('<', StringComparison.Ordinal))
            (types, roots) = (types + roots, "");
        return $$"""
            #pragma warning disable CS0067, CS0105, CS0282, CS0108, CS0109, CS0114, CS0169, CS0414, CS0612, CS0618, CS0649, CS0657, CS0693, CS0809, CS1591, CS8618, CS8625, CS8632, CS8907, CS8981, CS9113
            using System;
            using System.Numerics;
            using System.Runtime.CompilerServices;
            namespace P{{seed.ToString(CultureInfo.InvariantCulture)}}
            {
            {{types}}
            public struct Pair<T> { public T First; public T Second { get; set; } }
            [Flags] public enum Flags { A, B }
            public enum One { A }
            public class Plant { public float X; }
            [Obsolete("", true)] public enum OldEnum { A, B }
            public struct Old { public string Name; }
            public struct OldMember { [Obsolete("", true)] public float X; public float Y { get; set; } }
            {{(isNested ? $"public partial class {outer} {{" : "")}}
            {{roots}}
            [Network<{{input}}, {{output}}>{{(heads.Length > 0 ? "(2)" : "")}}] {{heads}} {{networkAccess}} partial class {{name}};
            {{Caller(name, input, output)}}
            {{(isNested ? "}" : "")}}
            }
            """;
    }

    static string Caller(string net, string input, string output) => $$"""
        static class Caller
        {
            static float[] Features(object value)
            {
                var x = new float[{{net}}.InputSize];
                Array.Fill(x, float.NaN);
                {{net}}.WriteFeatures(({{input}})value, x);
                return x;
            }
            static int Names() => {{net}}.FeatureNames.Count;
            static int Outputs() => {{net}}.OutputSize;
            static GenNet.Dataset Data(object input, object output) => {{net}}.CreateDataset(new ({{input}}, {{output}})[] { (({{input}})input, ({{output}})output) });
            static object Predict(object value, float[] biases, float[] y)
            {
                var net = new {{net}}(1);
                foreach (var head in {{net}}.Architecture.Heads)
                {
                    var tensors = System.Linq.Enumerable.ToList(System.Linq.Enumerable.Where(net.Parameters.Tensors, tensor => tensor.Layer == head.Layers.End.Value - 1));
                    tensors[0].CopyFrom(new float[tensors[0].Length]);
                    tensors[1].CopyFrom(biases.AsSpan()[head.Outputs]);
                }
                net.Forward(Features(value), y.AsSpan(0, {{net}}.OutputSize));
                return net.Predict(({{input}})value);
            }
            static Type Network() => typeof({{net}});
            static Type Input() => typeof({{input}});
            static Type Output() => typeof({{output}});
        }
        """;

    string WriteOutput(string accessibility) => Next(8) switch
    {
        0 => "bool",
        1 => Pick(Numbers),
        2 or 3 => AnyEnum(),
        4 => WriteStruct("Out", AnyBool, isOutput: true, accessibility),
        5 when Chance(0.3) => Pick(_inputs),
        6 or 7 => WriteStructOfKinds(accessibility),
        _ => WriteStruct("Out", AnyNumber, isOutput: true, accessibility),
    };

    string WriteStructOfKinds(string accessibility)
    {
        _hasHeads = true;
        return WriteStruct("Out", () => Next(3) switch { 0 => AnyEnum(), 1 => AnyBool(), _ => AnyNumber() }, isOutput: true, accessibility);
    }

    /// <summary>Heads for the members of the output, in any order. Names of C#'s own are no heads; some deals do not come out.</summary>
    string Heads()
    {
        var others = _members.Where(member => member.Kind != 'e').Select(member => member.Kind).Distinct().OrderBy(_ => Next(100)).FirstOrDefault();
        var named = _members.Where(member => member.Kind != others || Chance(0.5)).Where(member => !WordsOfCSharp.Contains(member.Name) && Chance(0.97)).ToList();
        var heads = named.ConvertAll(member => (member.Name, member.Kind));
        if (named.Count < _members.Count || Chance(0.05))
            heads.Add(("Others", others));
        return string.Concat(heads.OrderBy(_ => Next(100)).Select(head => $"[Head(\"{head.Name}\"{Settings(head.Kind)})] {(Chance(0.3) ? "[Dense(3, Activation.Tanh)] " : "")}"));
    }

    string Settings(char kind) => (Chance(0.3) ? $", Weight = {1 + Next(3)}" : "") + (kind switch
    {
        'n' when Chance(0.3) => $", Output = Activation.{Pick("Sigmoid", "Tanh", "Softplus")}",
        'n' when Chance(0.3) => ", Loss = Loss.Huber",
        'b' when Chance(0.3) => ", Output = Activation.HardSigmoid, Loss = Loss.BinaryCrossEntropy",
        _ => "",
    });

    void WriteEnum()
    {
        var (name, underlying) = ($"E{_count++}", Pick(Numbers.Take(8)));
        var members = new List<string>();
        var used = new HashSet<string>();
        for (var i = 2 + Next(5); i > 0; i--)
        {
            var member = Pick(EnumMemberNames);
            if (!used.Add(member))
                continue;
            var value = Next(4) switch
            {
                0 => " = " + Next(100).ToString(CultureInfo.InvariantCulture),
                1 => $" = {underlying}.MinValue",
                _ => "",
            };
            members.Add((Chance(0.1) ? "[Obsolete] " : Chance(0.015) ? "[Obsolete(\"\", true)] " : "") + member + value);
        }
        _types.AppendLine($"public enum {name} : {underlying} {{ {string.Join(", ", members)} }}");
        _enums.Add(name);
        _inputs.Add(name);
    }

    void WriteArray()
    {
        var (name, length) = ($"A{_count++}", 1 + Next(5));
        var list = Next(3) switch { 0 => _inputs, 1 => _numbers, _ => _bools };
        var element = list == _inputs ? Pick(_inputs) : list == _numbers ? Pick(Numbers) : AnyBool();
        var mark = list != _bools && Numbers.Contains(element) && Chance(0.3) ? Scaling() : "";
        _types.AppendLine($"[InlineArray({length})] public struct {name} {{ {mark}{Pick("", "private ", "public ", "internal ")}{element} _element; }}");
        list.Add(name);
        if (list != _inputs)
            _inputs.Add(name);
    }

    string AnyInput() => Next(9) switch
    {
        0 or 1 or 2 => Pick(Numbers),
        3 => "bool",
        4 when _enums.Count > 0 => AnyEnum(),
        5 => $"({Pick(Numbers)}, {Pick(_inputs)})",
        6 => $"Pair<{Pick(_inputs)}>",
        7 when Chance(0.12) => Pick(Mistakes),
        7 => (Chance(0.5) ? Pick(Numbers) : Pick(_inputs)) + "[]",
        _ => Pick(_inputs),
    };

    string AnyNumber() => Chance(0.5) ? Pick(Numbers) : Chance(0.2) ? Pick(Numbers) + "[]" : Pick(_numbers);

    string AnyBool() => Chance(0.6) ? "bool" : Pick(_bools);

    string AnyEnum() => Pick(_enums);

    /// <summary>Declares a struct and returns its name.</summary>
    string WriteStruct(string name, Func<string> type, bool isOutput, string accessibility)
    {
        _members.Clear();
        var isReadOnly = !isOutput && Chance(0.2);
        var isRecord = Chance(0.5);
        var used = new List<string>();
        var parameters = new List<string>();
        var members = new List<string>();
        for (var i = 1 + Next(4); i > 0; i--)
        {
            var member = Pick(MemberNames);
            if (used.Contains(member))
                continue;
            used.Add(member);
            var of = type();
            _members.Add((member, _enums.Contains(of) ? 'e' : of == "bool" || _bools.Contains(of) ? 'b' : 'n'));
            var marks = Marks(of, isOutput);
            if (isRecord && Chance(0.5))
                parameters.Add($"{marks.Replace("[", Pick("[", "[property: ", "[field: ", "[param: "), StringComparison.Ordinal)}{of} {member}");
            else
                members.Add(Member(marks, of, member, isReadOnly, isOutput));
        }
        if (Chance(0.2))
            members.Add(isReadOnly ? "[Feature] public float Engineered => 0.25f;" : Pick("public static float Shared;", "public const int Legs = 6;", "float _hidden;", "public float Unused => 1;", "[Feature] public float Engineered => 0.25f;",
                "internal string Note { set { } }", "public float this[int index] => index;", "[IgnoreFeature] public string Name { get; init; }", "public event Action Changed;",
                "[Scale(0, 1)] public static float Marked;", "public static bool operator !(" + name + " x) => true;"));
        var kind = isRecord || !Chance(0.02) ? (isReadOnly ? "readonly " : "") + (isRecord ? "record struct" : "struct") : "class";
        var list = parameters.Count > 0 ? $"({string.Join(", ", parameters)})" : "";
        if (Chance(0.03) && members.Count > 1)
            _types.AppendLine($"{accessibility} partial {kind} {name}{list} {{ {members[0]} }} {accessibility} partial {kind} {name} {{ {string.Join(" ", members.Skip(1))} }}");
        else
            _types.AppendLine($"{accessibility} {kind} {name}{list} {{ {string.Join(" ", members)} }}");
        return name;
    }

    string Member(string marks, string type, string name, bool isReadOnly, bool isOutput)
    {
        var access = Chance(0.85) ? "public" : Pick("internal", "private");
        var required = access == "public" && Chance(0.08) ? "required " : "";
        if (isReadOnly)
            return Next(3) switch
            {
                0 => $"{marks}{access} readonly {type} {name};",
                1 => $"{marks}{access} {required}{type} {name} {{ get; init; }}",
                _ => $"{marks}{access} {type} {name} {{ get; }}",
            };
        var target = marks.Replace("[", Pick("[", "[", "[field: "), StringComparison.Ordinal);
        return Next(isOutput && Chance(0.9) ? 3 : 7) switch
        {
            0 or 1 => $"{marks}{access} {required}{type} {name};",
            2 => $"{target}{access} {required}{type} {name} {{ get; {Pick("set", "init")}; }}",
            3 => $"{marks}{access} {type} {name} {{ get; }}",
            4 => access == "public" ? $"{marks}{access} {type} {name} {{ get; private set; }}" : $"{marks}{access} {type} {name};",
            5 => access == "public" ? $"{(Chance(0.95) ? "" : marks)}{access} {type} {name} {{ private get; set; }}" : $"{marks}{access} {type} {name};",
            _ => $"{marks}{access} readonly {type} {name};",
        };
    }

    string Marks(string type, bool isOutput)
    {
        if (!isOutput && Chance(0.06) || Chance(0.02))
            return "[IgnoreFeature] ";
        if (type.EndsWith("[]", StringComparison.Ordinal))
            return Chance(0.9) ? $"[FixedLength({1 + Next(4)})] {(Numbers.Contains(type[..^2]) && Chance(0.4) ? Scaling() : "")}" : "";
        if (Numbers.Contains(type) && Chance(0.4))
            return Scaling();
        if (!isOutput && _enums.Contains(type) && Chance(0.4))
            return $"[Embedded({1 + Next(5)})] ";
        return Chance(0.01) ? "[Scale(3, 1)] " : Chance(0.005) ? "[Embedded(0)] " : "";
    }

    string Scaling() => Chance(0.5) ? $"[Scale({Next(10) - 5}, {10 + Next(1000)})] " : $"[Standardize({Next(10) - 5}, {1 + Next(1000)}e{Next(20)})] ";

    int Next(int limit) => _random.Next(limit);

    bool Chance(double probability) => _random.NextDouble() < probability;

    string Pick(params string[] items) => items[Next(items.Length)];

    string Pick(IEnumerable<string> items) => Pick(items.ToArray());
}
