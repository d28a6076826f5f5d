namespace GenNet.Tests.Diagnostics;

/// <summary>A class with a method that passes random arrays and spans to a network of 3 inputs and 2 outputs.</summary>
sealed class RandomCall
{
    /// <summary>What the calls need beside them.</summary>
    public const string Surroundings = """
        [Network(3, 2)]
        partial class Net
        {
            public void Forward(ReadOnlySpan<float> input, Span<float> output, bool own) { }
            public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) { }
        }

        /// <summary>Holds one element more than it is made from.</summary>
        [System.Runtime.CompilerServices.CollectionBuilder(typeof(Padded), "Create")]
        sealed class Padded(float[] values)
        {
            public static Padded Create(ReadOnlySpan<float> values) => new([.. values, 0]);
            public System.Collections.Generic.IEnumerator<float> GetEnumerator() => throw new NotSupportedException();
            public static implicit operator Padded(float[] values) => Create(values);
            public static implicit operator ReadOnlySpan<float>(Padded padded) => padded.Values;
            public static implicit operator Span<float>(Padded padded) => padded.Values;
            public static explicit operator float[](Padded padded) => padded.Values;
            float[] Values => values;
        }

        [System.Runtime.CompilerServices.InlineArray(3)]
        struct Three
        {
            float _first;

            public static implicit operator Padded(Three three) => new(new float[4]);
        }

        static class Helpers
        {
            public const int Two = 2;
            public static float[] Make(int length) => new float[length];
            public static void Set(ref float[] array) => array = new float[array.Length + 1];
            public static void Shrink(this ref Span<float> span) => span = span.IsEmpty ? new float[3] : span[1..];
            public static Span<float> AsSpan(this Padded padded, int start) => padded;
            public static float Step(this Net.Trainer<Sgd> trainer, Padded inputs, float[] targets) => 0;
        }
        """;

    const int LargestSize = 7;

    readonly List<string> _members = [];
    readonly List<string> _statements = [];
    RandomStream _random;
    int _names;

    public RandomCall(ulong seed, string name)
    {
        _random = new(seed);
        var call = Call();
        Source = $$"""
            static class {{name}}
            {
                {{string.Join("\n    ", _members)}}

                public static void Run(Net net, Net.Trainer<Sgd> trainer)
                {
                    {{string.Join("\n        ", _statements)}}
                    {{call}}
                }
            }
            """;
    }

    public string Source { get; }

    /// <summary>Whether the lengths are written in forms that GN0018's page says are followed.</summary>
    public bool IsFollowed { get; private set; } = true;

    string Call()
    {
        var (x, y) = (Argument(), Argument());
        return Next(16) switch
        {
            0 => $"net.Forward(output: {y}, input: {x});",
            1 => $"((INetwork)net).Forward({x}, {y});",
            2 => Local("INetwork", "net") is var same ? $"{same}.Forward({x}, {y});" : "",
            3 => $"net?.Forward({x}, {y});",
            4 => $"(net).ForwardBatch({x}, {y});",
            5 => $"net!.ForwardBatch({x}, {y});",
            6 => $"trainer.Step({Typed(x)}, {Typed(y)});",
            7 => Local("Trainer", "trainer") is var same ? $"{same}.Step({Typed(x)}, {Labels()});" : "",
            8 => $"trainer.Backward({Typed(x)}, {Labels()});",
            9 => $"trainer.Loss({Typed(x)}, {Labels()});",
            10 => $"net.Forward({x}, {y}, own: true);",
            11 => $"net.Step({x}, {y});",
            12 => $"trainer.Step({Typed(x)}, {Typed(y)}, {Typed(Argument())});",
            13 => Unfollowed($"trainer.Step((Padded){Array(1)}, {Array(1)});"),
            _ => $"net.Forward({x}, {y});",
        };
    }

    /// <summary>An argument whose type the compiler cannot choose between two overloads gets one.</summary>
    string Typed(string argument) => Local("ReadOnlySpan<float>", argument);

    string Labels() => Next(3) switch
    {
        0 => $"new int[{Size()}]",
        1 => $"new[] {{ {Elements(1 + Next(3), "1")} }}",
        _ => Local("int[]", $"new int[{Size()}]"),
    };

    string Argument() => Next(12) switch
    {
        0 => $"[{Elements(Next(5), "1")}]",
        1 => $"[{Elements(Next(2), "1", ", ")}.. {Array(1)}, .. {Span(1)}]",
        2 => "default",
        3 => $"stackalloc float[{Size()}]",
        4 => Unfollowed(Local("Padded", Array(1))),
        5 => Unfollowed(Local("Padded", $"[{Elements(Next(4), "1")}]")),
        6 => Unfollowed($"(Padded){Local("Three", "default")}"),
        7 => Local("Three", "default"),
        8 or 9 => Span(0),
        _ => Array(0),
    };

    /// <summary>A <c>float[]</c>.</summary>
    string Array(int depth, bool inMember = false) => Next(depth > 3 ? 5 : 20) switch
    {
        0 => $"new float[{Size()}]",
        1 => $"new float[] {{ {Elements(Next(5), "1")} }}",
        2 => $"new[] {{ {Elements(1 + Next(4), "1f")} }}",
        3 => "System.Array.Empty<float>()",
        4 => $"new float[{Size()}]",
        5 => $"({Array(depth + 1, inMember)})",
        6 => Sure(Array(depth + 1, inMember)),
        7 => $"((float[]){Array(depth + 1, inMember)})",
        8 => $"({Array(depth + 1, inMember)})[{Range()}]",
        9 => $"({Span(depth + 1, inMember)}).ToArray()",
        10 => $"((float[])[{Elements(Next(5), "1")}])",
        11 => Field(Array(depth + 1, inMember: true)),
        12 => Property("float[]", Array(depth + 1, inMember: true)),
        13 => Unfollowed($"Helpers.Make({Next(LargestSize)})"),
        14 => Unfollowed($"(float[])(Padded){Array(depth + 1, inMember)}"),
        15 when !inMember => Unfollowed(Rewritten(Local("var", Array(depth + 1)))),
        _ => inMember ? $"new float[{Size()}]" : Local(Next(2) == 0 ? "var" : "float[]", Array(depth + 1)),
    };

    /// <summary>A <c>Span&lt;float&gt;</c>.</summary>
    string Span(int depth, bool inMember = false) => Next(depth > 3 ? 3 : 18) switch
    {
        0 => $"({Array(depth + 1, inMember)}).AsSpan()",
        1 => "Span<float>.Empty",
        2 => "default(Span<float>)",
        3 => $"({Array(depth + 1, inMember)}).AsSpan({Next(4)})",
        4 => $"({Array(depth + 1, inMember)}).AsSpan({Next(4)}, {Size()})",
        5 => $"({Array(depth + 1, inMember)}).AsSpan(^{Next(4)})",
        6 => $"({Array(depth + 1, inMember)}).AsSpan({Range()})",
        7 => $"MemoryExtensions.AsSpan({Array(depth + 1, inMember)}, {Next(4)})",
        8 => $"MemoryExtensions.AsSpan(length: {Size()}, start: {Next(2)}, array: {Array(depth + 1, inMember)})",
        9 => $"({Span(depth + 1, inMember)}).Slice({Next(3)})",
        10 => $"({Span(depth + 1, inMember)}).Slice(length: {Size()}, start: {Next(3)})",
        11 => $"({Span(depth + 1, inMember)})[{Range()}]",
        12 => $"new Span<float>({Array(depth + 1, inMember)})",
        13 => $"new Span<float>({Array(depth + 1, inMember)}, {Next(2)}, {Size()})",
        14 => Property("Span<float>", Array(depth + 1, inMember: true)),
        15 when !inMember => $"{Local("Three", "default")}[{PartOfThree()}]",
        16 when !inMember => Unfollowed(Shrunk(Local("Span<float>", Array(depth + 1)))),
        _ => inMember ? $"(Span<float>){Array(depth + 1, inMember)}" : Local("Span<float>", Next(2) == 0 ? $"stackalloc float[{Size()}]" : Array(depth + 1)),
    };

    /// <summary>The compiler refuses a second <c>!</c>, and takes <c>(x)!</c> for a cast.</summary>
    static string Sure(string array) =>
        array.EndsWith("!)", StringComparison.Ordinal) || array.TrimStart('(').TrimEnd(')').All(character => char.IsLetterOrDigit(character)) ? array : $"({array}!)";

    string Range() => Next(8) switch
    {
        0 => $"..({Size()})",
        1 => $"{Next(3)}..",
        2 => $"^{Next(5)}..",
        3 => $"..^{Next(3)}",
        4 => $"{Next(2)}..({Size()})",
        5 => $"^{3 + Next(2)}..^{Next(3)}",
        6 => $"{Next(2)}..^{Next(3)}",
        _ => "..",
    };

    /// <summary>The compiler refuses what lies outside an inline array.</summary>
    string PartOfThree() => Next(5) switch
    {
        0 => "..2",
        1 => "1..",
        2 => "^2..",
        3 => "1..^1",
        _ => "..",
    };

    string Size() => Next(6) switch
    {
        0 => "Helpers.Two",
        1 => "1 + Helpers.Two",
        2 => "Net.InputSize",
        3 => "Net.OutputSize",
        _ => $"{Next(LargestSize)}",
    };

    static string Elements(int count, string element, string after = "") => string.Join(", ", Enumerable.Repeat(element, count)) + (count > 0 ? after : "");

    string Local(string type, string value)
    {
        _statements.Add($"{type} v{++_names} = {value};");
        return $"v{_names}";
    }

    string Field(string value)
    {
        _members.Add($"static readonly float[] F{++_names} = {value};");
        return $"F{_names}";
    }

    string Property(string type, string value)
    {
        _members.Add($"static {type} P{++_names} " + Next(type == "float[]" ? 4 : 3) switch
        {
            0 => $"=> {value};",
            1 => $"{{ get => {value}; }}",
            2 => $"{{ get {{ return {value}; }} }}",
            _ => $"{{ get; }} = {value};",
        });
        return $"P{_names}";
    }

    string Rewritten(string local)
    {
        _statements.Add(Next(5) switch
        {
            0 => $"{local} = {Array(3)};",
            1 => $"({local}) = {Array(3)};",
            2 => $"Helpers.Set(ref {local});",
            3 => $"(({local}), _) = ({Array(3)}, 1);",
            _ => $"ref var r{++_names} = ref {local}; r{_names} = {Array(3)};",
        });
        return local;
    }

    string Shrunk(string local)
    {
        _statements.Add($"{local}.Shrink();");
        return local;
    }

    string Unfollowed(string value)
    {
        IsFollowed = false;
        return value;
    }

    int Next(int below) => _random.NextInt32(below);
}
