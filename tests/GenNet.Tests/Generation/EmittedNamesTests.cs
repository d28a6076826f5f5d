namespace GenNet.Tests.Generation;

/// <summary>Emitted names make way for the user's, and emitted code calls what is emitted, whatever the user's own code is called.</summary>
public class EmittedNamesTests
{
    /// <summary>Names that a record struct has, may not have or means otherwise, of accessors, of C#, of what is emitted, and such as they would become.</summary>
    static readonly string[] Names =
    [
        "value", "Clone", "Equals", "Equals_", "get_X", "X", "set_Y", "Y", "get_Item", "Item", "op_Equality", "Deconstruct", "PrintMembers", "GetHashCode", "GetType", "Finalize",
        "ToString", "EqualityContract", "Probabilities", "IndexOf", "WriteSamples", "Values1", "Net", "_", "field", "init", "var", "record", "await", "when", "and", "not", "nameof",
        "@class", "@new", "@this",
    ];

    [Fact]
    public void Members_of_an_enum_may_have_any_name()
    {
        GeneratorHarness.Run(Enum(Names)).Compiles();
        foreach (var name in Names)
            GeneratorHarness.Run(Enum([name, "Other"])).Compiles();
    }

    /// <summary>Names of what emitted code has for itself: what counts elements, its parameters, variables and methods.</summary>
    [Fact]
    public void Arrays_may_have_any_name()
    {
        string[] names = ["i", "I", "j", "k", "K", "i2", "i3", "i4", "x", "y", "input", "output", "elements", "probabilities", "probability", "value", "member", "IndexOf", "@class", "nameof"];
        var members = string.Concat(names.Select(name => $"[FixedLength(2)] public TYPE[] {name} {{ get; set; }}\n"));
        GeneratorHarness.Run($$"""
            #pragma warning disable CS1591
            using System.Runtime.CompilerServices;
            public enum E { A, B }
            public struct In { {{members.Replace("TYPE", "E", StringComparison.Ordinal)}} public Nested D; }
            public struct Out { {{members.Replace("TYPE", "float", StringComparison.Ordinal)}} public Deep D; }
            public struct Nested { {{members.Replace("TYPE", "Half", StringComparison.Ordinal)}} }
            [InlineArray(2)] public struct Deep { Deeper i; }
            [InlineArray(2)] public struct Deeper { Deepest j; }
            [InlineArray(2)] public struct Deepest { Nested i3; }
            [Network<In, Out>(4)] public partial class Net;
            [Network<Deep, Out>(4)] public partial class Other;
            """).Compiles();
    }

    /// <summary>Of emitted members, parameters and namespaces, of accessors, and the user's own.</summary>
    [Fact]
    public void Heads_may_have_any_name()
    {
        string[] names =
        [
            "value", "Clone", "get_X", "set_Y", "Item", "op_Equality", "Deconstruct", "Range", "System", "GenNet", "Runtime", "Simd", "Net", "Trainer", "Architecture", "Layer1",
            "Shape1", "Policy", "x", "a", "p", "TOptimizer", "V", "Own", "Höhe", "政策",
        ];
        var heads = string.Concat(names.Select(name => $"[Head(\"{name}\")] [Dense(1)] "));
        using var program = GeneratorHarness.Run($$"""
            #pragma warning disable CS1591
            [Network(2)] [Dense(3)] {{heads}} public partial class Net { public class Policy; public static int Own() => Heads.Own.Start.Value; }
            """).CompileAndLoad();
        Assert.Equal(Array.IndexOf(names, "Own"), program.Call<int>("Net", "Own"));
    }

    /// <summary>Of emitted members and variables, types of probabilities included, in each of the three kinds.</summary>
    [Theory]
    [InlineData("E")]
    [InlineData("Large")]
    [InlineData("bool")]
    [InlineData("Bools")]
    [InlineData("float")]
    public void Members_with_heads_may_have_any_name(string type)
    {
        string[] names =
        [
            "value", "Clone", "get_X", "Item", "Deconstruct", "Range", "System", "GenNet", "Runtime", "Simd", "Net", "Trainer", "Layer1", "Shape1", "x", "y", "p", "V", "input", "output", "probabilities",
            "Move", "MoveProbabilities", "Values1", "IndexOf", "WriteTargets", "Höhe", "i",
        ];
        GeneratorHarness.Run($$"""
            #pragma warning disable CS1591
            public enum E { A, B, Equals }
            public enum Large { {{string.Join(", ", Enumerable.Range(0, 70).Select(i => $"L{i}"))}} }
            public struct Bools { public bool A { get; set; } public bool value { get; set; } }
            public struct Out { {{string.Concat(names.Select(name => $"public {type} {name} {{ get; set; }} "))}} }
            [Network<float, Out>(4)] {{string.Concat(names.Select(name => $"[Head(\"{name}\")] "))}} public partial class Net { static int IndexOf(object a, string b) => 0; static int WriteTargets => 0; }
            """).Compiles();
    }

    [Fact]
    public void Members_with_one_name_after_flattening_keep_apart()
    {
        using var program = GeneratorHarness.Run("""
            #pragma warning disable CS1591
            public record struct Bools(Pair A, bool A_B, bool A_B_);
            public record struct Pair(bool B, bool value);
            [Network<Half, Bools>(4)] public partial class Net;
            public static class Probe
            {
                public static bool Same()
                {
                    var net = new Net(1);
                    var y = new float[4];
                    net.Forward([0.5f], y);
                    net.Predict((Half)0.5, out var p);
                    return y.AsSpan().SequenceEqual([p.A_B, p.A_value, p.A_B_, p.A_B__]);
                }
            }
            """).CompileAndLoad();
        Assert.True(program.Call<bool>("Probe", "Same"));
    }

    /// <summary>Each overload fits better than the emitted method for some way of calling it.</summary>
    [Fact]
    public void Overloads_of_the_users_are_never_called_by_emitted_code()
    {
        using var program = GeneratorHarness.Run("""
            #pragma warning disable CS1591, CS0169, IDE0051
            public enum E { A, B, C }
            public record struct F(float X, E Y);
            [Network<F, E>(4)]
            public partial class Net
            {
                public void Forward(Span<float> a, Span<float> b) => throw new InvalidOperationException("Forward");
                public void Forward(InputArray a, Span<float> b) => throw new InvalidOperationException("Forward");
                public void Forward(InputArray a, OutputArray b) => throw new InvalidOperationException("Forward");
                public void Forward<T>(ReadOnlySpan<T> a, Span<T> b) => throw new InvalidOperationException("Forward");
                public void ForwardBatch(Span<float> a, Span<float> b) => throw new InvalidOperationException("ForwardBatch");
                public E Predict(in F f, out object o) => throw new InvalidOperationException("Predict");
                public E Predict<T>(in F f, out T o) => throw new InvalidOperationException("Predict");
                public static void WriteFeatures<T>(in T f, Span<float> x) => throw new InvalidOperationException("WriteFeatures");
                public static void WriteFeatures(F f, Span<float> x) => throw new InvalidOperationException("WriteFeatures");
                public object CreateTrainer(Sgd o, int b) => throw new InvalidOperationException("CreateTrainer");
                static void WriteSamples(ReadOnlySpan<(F, E)> a, float[] b, int[] c) => throw new InvalidOperationException("WriteSamples");
                static void WriteSamples(ReadOnlySpan<(F, E)> a, Span<float> b, Span<int> c) => throw new InvalidOperationException("WriteSamples");
                static int IndexOf(E value, string member) => throw new InvalidOperationException("IndexOf");
                static void ForwardLayers<A>(ref float p, ref readonly float x, ref float a) => throw new InvalidOperationException("ForwardLayers");
                static Layer[] DescribeLayers() => throw new InvalidOperationException("DescribeLayers");
                static readonly int Shape1 = 3;
                int Shape2 => Shape1;
            }
            public static class Probe
            {
                public static string Run()
                {
                    var net = new Net(1);
                    (F, E)[] samples = [(new(1, E.A), E.B), (new(2, E.B), E.C)];
                    float[] x = new float[4], y = new float[3];
                    Net.WriteFeatures(in samples[1].Item1, x.AsSpan());
                    net.Forward((ReadOnlySpan<float>)x, y);
                    Net.InputArray input = default;
                    x.CopyTo(input);
                    var output = net.Forward(in input);
                    net.Predict(in samples[1].Item1, out Net.Probabilities p);
                    var same = y.AsSpan().SequenceEqual(output) && y.AsSpan().SequenceEqual([p.A, p.B, p.C]) && net.Predict(samples[1].Item1) == (E)Metrics.ArgMax(y);
                    net.CreateTrainer<Sgd>(new Sgd(0.1f), 2).Step(samples);
                    ((INetwork)net).CreateTrainer(new Sgd(0.1f), 2).Step(new float[] { 0, 1, 0, 0 }, new int[] { 1 });
                    return same + " " + Net.CreateDataset(samples).Count + Net.Architecture.Layers.Count;
                }
            }
            """).CompileAndLoad();
        Assert.Equal("True 22", program.Call<string>("Probe", "Run"));
    }

    [Theory]
    [InlineData("public Net(ulong? seed) : this(seed ?? 0) { }")]
    [InlineData("public Net(in ulong seed) : this(seed: (byte)1) { } Net(byte seed) : this((ulong)seed) { }")]
    [InlineData("public E Predict(in F? f) => default;")]
    [InlineData("public E Predict(F f) => default;")]
    [InlineData("public void ForwardBatch(ReadOnlySpan<float?> a, Span<float> b) { }")]
    [InlineData("public void ForwardBatch(in ReadOnlySpan<float> a, Span<float> b) { }")]
    [InlineData("public static void CreateDataset(ReadOnlySpan<(F?, E)> s) { }")]
    [InlineData("public static void CreateDataset(ReadOnlySpan<(E, F)> s) { }")]
    [InlineData("public void Forward(InputArray x, OutputArray y) { } public void Forward(in Other.InputArray x) { }")]
    [InlineData("public class Trainer; public void Forward(in Trainer x) { }")]
    [InlineData("static int Shape1; int WriteSamples => Shape1++; class PretrainedNetwork; class IndexOf;")]
    public void A_member_of_another_signature_is_no_collision(string member) => GeneratorHarness.Run(Typed(member)).Compiles();

    [Theory]
    [InlineData("public Net(ulong other) { }")]
    [InlineData("public E Predict(in F? f) => default; public E Predict(in F f) => default;")]
    [InlineData("public void Forward(ReadOnlySpan<float> a, Span<float> b) { }")]
    [InlineData("public static Dataset CreateDataset(ReadOnlySpan<(F a, E b)> s) => null!;")]
    [InlineData("public static Dataset CreateDataset(ReadOnlySpan<System.ValueTuple<F, E>> s) => null!;")]
    [InlineData("public OutputArray Forward(in InputArray x) => default;")]
    [InlineData("public Net.OutputArray Forward(in A.Net.InputArray x) => default;")]
    [InlineData("public E Predict(ref readonly F f, out Probabilities p) { p = default; return default; }")]
    [InlineData("public object CreateTrainer<T>(T o, int size, bool gradients) => this;")]
    public void A_member_of_the_same_signature_is_one(string member) =>
        Assert.Equal(["GN0012"], GeneratorHarness.Run(Typed(member)).Diagnostics.Select(diagnostic => diagnostic.Id));

    [Fact]
    public void A_number_of_the_machine_has_one_name() => Assert.Equal(["GN0012"], GeneratorHarness.Run("""
        #pragma warning disable CS1591
        [Network<nint, nuint>(3)] public partial class Net { public nuint Predict(in IntPtr f) => default; }
        """).Diagnostics.Select(diagnostic => diagnostic.Id));

    static string Enum(string[] names) => $$"""
        #pragma warning disable CS1591, CS8981
        public enum E { {{string.Join(", ", names)}} }
        public record struct F(float X, [IgnoreFeature] int Y);
        [Network<F, E>(3)] public partial class Net;
        """;

    static string Typed(string member) => $$"""
        #pragma warning disable CS1591, CS0169, CS0414, CS0649
        namespace A
        {
            public enum E { A, B, C }
            public record struct F(float X, float Y);
            public static class Other { public struct InputArray; }
            [Network<F, E>(3)] public partial class Net { {{member}} }
        }
        """;
}
