using System.Globalization;
using System.Text;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Generation;

/// <summary>
/// A valid program with networks, from a seed: where they stand, what they are called, their layers and types, and what the user's own code has beside them.
/// What it declares is right by construction, also where a name is that of an emitted member of other signature.
/// </summary>
sealed class RandomProgram
{
    static readonly string[] Words =
        ["Net", "value", "System", "GenNet", "Span", "Simd", "Unsafe", "Layers", "Dense", "Rows", "Float", "Single", "V", "H", "T", "Core", "@class", "@new", "_", "Größe", "x", "y", "p", "a"];

    static readonly string[] Activations = ["Identity", "Sigmoid", "Tanh", "ReLU", "LeakyReLU", "ELU", "GELU", "SiLU", "Softplus", "HardSigmoid", "HardTanh"];

    /// <summary>Members beside the emitted ones, some of which they overload or share a private name with.</summary>
    static readonly string[] Members =
    [
        "public void Forward(global::System.Span<float> a, global::System.Span<float> b) { }",
        "public void Forward<Z>(Z z) { }",
        "public int Forward(int a, params object[] b) => a;",
        "public void ForwardBatch(global::System.Span<float> a, global::System.Span<float> b) { }",
        "public void ForwardBatch(global::System.ReadOnlySpan<float?> a, global::System.Span<float> b) { }",
        "public void Forward(InputArray a, OutputArray b) { }",
        "public static string Describe(ulong? seed) => \"\" + seed;",
        "public {0}(ulong? seed) : this(seed ?? 0) {{ }}",
        "public {0}(string name) : this((ulong)name.Length) {{ }}",
        "static int Shape1 => 1; static int Shape2() => Shape1;",
        "static void WriteSamples(object a, float[] b, int[] c) { }",
        "static int IndexOf(object value, string member) => 0;",
        "static void ForwardLayers(ref float a, in float b, ref float c) { }",
        "static void DescribeLayers() { }",
        "class System; class Unsafe; class Kernels;",
        "enum Simd { A } struct ReadOnlySpan<A>; interface IActivation;",
        "public class Trainer; public class Trainer<A, B>;",
        "public object this[int i] => i;",
        "public override string ToString() => \"own\";",
        "static bool GenNet, Dense, Softmax;",
        "public static explicit operator int({0} net) => 1;",
        "partial void Changed(); partial void Changed() {{ }}",
        "[global::System.Obsolete] public void Old() { }",
        "public event global::System.Action? Stepped {{ add {{ }} remove {{ }} }}",
    ];

    readonly Random _random;
    readonly StringBuilder _types = new();
    int _number;

    RandomProgram(int seed) => _random = new Random(seed);

    /// <summary>The program of a seed.</summary>
    public static string Create(int seed) => new RandomProgram(seed).Create();

    string Create()
    {
        var networks = string.Concat(Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Place(Network())));
        return $"#pragma warning disable\n{(Chance(4) ? "global using Simd = System.Text;\n" : "")}{networks}{_types}";
    }

    bool Chance(int of) => _random.Next(of) == 0;

    T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>A name that nothing else has: a word of the user's with a number, where the word alone may be taken.</summary>
    string Name() => Any(Words) + (_number++).ToString(CultureInfo.InvariantCulture);

    string Place(string network)
    {
        for (var depth = _random.Next(3); depth > 0; depth--)
            network = $"{Any<string>(["public", "internal"])} {Any<string>(["partial class", "static partial class", "partial struct", "partial interface", "partial record", "partial record struct"])} {Name()}{Any<string>(["", "", "<A>", "<A, B>"])}\n{{\n{network}\n}}\n";
        return Chance(3) ? network : $"namespace {Any<string>(["", "System.", "GenNet.", "@event."])}{Name()}\n{{\n{network}}}\n";
    }

    string Network()
    {
        var name = Name();
        var members = Enumerable.Range(0, _random.Next(6)).Select(_ => Any(Members)).Distinct().Select(member => member.Replace("{0}", name).Replace("{{", "{").Replace("}}", "}"));
        var typed = Chance(2);
        var attributes = !typed ? Sizes() : Chance(3) ? Heads() : Typed();
        var documentation = Any<string>(["", "/// <summary>The user's own.</summary>\n", "/// <summary>The user's own.</summary>\n/// <remarks>Also.</remarks>\n", "/// <remarks>Only.</remarks>\n"]);
        return $"{documentation}{attributes}\npublic {(Chance(2) ? "sealed " : "")}partial class {name}\n{{\n{string.Join('\n', members)}\n}}\n";
    }

    string Sizes()
    {
        var outputs = Any<int>([1, 2, 3, 17]);
        var health = Chance(4) ? ", Health = true" : "";
        if (Chance(4))
            return Image(health, outputs);
        if (Chance(3))
            return $"[global::GenNet.Network(Loss = global::GenNet.Loss.Huber{health})][global::GenNet.Sequence({2 + _random.Next(20)}, {1 + _random.Next(9)})]{Layers()}[global::GenNet.Flatten]{(Chance(2) ? Layers() : "")}[global::GenNet.Dense({outputs})]";
        return Chance(2)
            ? $"[global::GenNet.Network({1 + _random.Next(40)}, {string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => $"{1 + _random.Next(40)}, "))}{outputs}, Hidden = global::GenNet.Activation.{Any(Activations)}{health})]"
            : $"[global::GenNet.Network({1 + _random.Next(40)}{health})]{Layers()}[global::GenNet.Dense({outputs})]";
    }

    /// <summary>An image, or a sequence along whose steps layers go, under names that nothing hides.</summary>
    string Image(string health, int outputs)
    {
        var random = new RandomStream((ulong)_random.Next());
        var image = RandomImage.Create(ref random);
        var layers = string.Concat(image.Layers.Prepend(image.Attribute)).Replace("[", "[global::GenNet.", StringComparison.Ordinal);
        foreach (var type in new[] { "Activation", "Padding", "Interpolation", "Nonlinearity" })
            layers = layers.Replace($" {type}.", $" global::GenNet.{type}.", StringComparison.Ordinal).Replace($"({type}.", $"(global::GenNet.{type}.", StringComparison.Ordinal);
        return $"[global::GenNet.Network(Loss = global::GenNet.Loss.Huber{health})]{layers}[global::GenNet.Dense({outputs})]";
    }

    string Typed() => $"[global::GenNet.Network<{Struct(2, false)}, {Any<Func<string>>([Enumeration, () => "bool", () => Bools(2), () => Struct(2, true), () => "float"])()}>]{(Chance(2) ? Layers() : "")}";

    /// <summary>Heads for the members of a struct of all kinds, in any order; those of C#'s own words have none of their own.</summary>
    string Heads()
    {
        var name = Name();
        var (members, heads, others) = (new List<string>(), new List<string>(), false);
        foreach (var word in Words.OrderBy(_ => _random.Next()).Take(1 + _random.Next(6)).Where(word => word != name))
        {
            var isNameless = word is "@class" or "@new" or "_";
            var isNumber = isNameless || Chance(2);
            members.Add($"public {(isNumber ? Chance(3) ? Struct(1, true) : "float" : Any<Func<string>>([Enumeration, () => "bool", () => Bools(1)])())} {word} {{ get; set; }}");
            if (isNumber && (isNameless || Chance(2)))
                others = true;
            else
                heads.Add(word);
        }
        if (others)
            heads.Add("Others");
        _types.Append($"public struct {name} {{ {string.Join(' ', members)} }}\n");
        var isShort = Chance(2);
        return $"[global::GenNet.Network<{Struct(2, false)}, global::{name}>{(isShort ? "(5)" : "")}]{(isShort ? "" : Layers())}"
            + string.Concat(heads.OrderBy(_ => _random.Next()).Select(head => $"[global::GenNet.Head(\"{head}\"{(Chance(3) ? ", Weight = 0.5" : "")})]{(Chance(3) ? Layers() : "")}"));
    }

    string Layers() => string.Concat(Enumerable.Range(0, 1 + _random.Next(4)).Select(_ => Any<Func<string>>(
    [
        () => $"[global::GenNet.Dense({1 + _random.Next(30)}, global::GenNet.Activation.{Any(Activations)})]",
        () => $"[global::GenNet.BatchNorm(global::GenNet.Activation.{Any(Activations)})]",
        () => "[global::GenNet.Dense(5)][global::GenNet.LayerNorm]",
        () => "[global::GenNet.Dropout(0.25)]",
        () => "[global::GenNet.Dense(7)][global::GenNet.Dense(7, global::GenNet.Activation.Tanh)][global::GenNet.Residual(1)]",
        () => $"[global::GenNet.Dense({1 + _random.Next(30)})][global::GenNet.Residual(1, global::GenNet.Activation.{Any(Activations)}, Projection = true)]",
    ])()));

    string Enumeration()
    {
        var (name, members) = (Name(), Words.OrderBy(_ => _random.Next()).Take(2 + _random.Next(8)).Concat(Chance(2) ? ["Equals", "Clone", "get_X", "X", "IndexOf"] : []).ToList());
        if (Chance(4))
            members.AddRange(Enumerable.Range(0, 80).Select(i => $"M{i} = {i * 3 - 50}"));
        _types.Append($"namespace Own{name.TrimStart('@')} {{ public enum {name} : {Any<string>(["int", "short", "long"])} {{ {string.Join(", ", members)} }} }}\n");
        return $"global::Own{name.TrimStart('@')}.{name}";
    }

    string Bools(int depth)
    {
        var name = Name();
        var members = Words.OrderBy(_ => _random.Next()).Take(1 + _random.Next(4)).Where(word => word != name).Select(word => $"public {(depth > 0 && Chance(3) ? Bools(depth - 1) : "bool")} {word} {{ get; set; }}").ToList();
        _types.Append($"public struct {name} {{ {string.Join(' ', members)} }}\n");
        return $"global::{name}";
    }

    string Struct(int depth, bool isOutput)
    {
        var name = Name();
        string Member() => Any<Func<string>>(isOutput
            ? [() => "float", () => "double", () => "int", () => depth > 0 ? Struct(depth - 1, true) : "byte"]
            : [() => "float", () => "bool", () => "decimal", Enumeration, () => depth > 0 ? Struct(depth - 1, false) : "byte"])();
        var members = Words.OrderBy(_ => _random.Next()).Take(1 + _random.Next(4)).Where(word => word != name).Select(word => $"public {Member()} {word} {{ get; set; }}").ToList();
        _types.Append($"public struct {name} {{ {string.Join(' ', members)} }}\n");
        return $"global::{name}";
    }
}
