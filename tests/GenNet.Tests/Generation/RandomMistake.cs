using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Generation;

/// <summary>Makes mistakes in a right program.</summary>
/// <param name="random">Chooses them.</param>
sealed class RandomMistake(Random random)
{
    readonly HashSet<string> _ids = [];
    int _members;

    /// <summary>The diagnostics that the mistakes so far may have; a compiler alone finds nothing wrong.</summary>
    public IReadOnlySet<string> Ids => _ids;

    /// <summary>Whether one of the mistakes is one in any program.</summary>
    public bool IsSure { get; private set; }

    /// <summary>Kinds of mistakes.</summary>
    public const int Kinds = 36;

    /// <summary>The program with one mistake more.</summary>
    /// <param name="program">The program.</param>
    /// <param name="kind">Which mistake, of <see cref="Kinds"/>.</param>
    public string Make(string program, int kind)
    {
        var types = GeneratorHarness.Parse(program, "").GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().ToList();
        var networks = types.OfType<ClassDeclarationSyntax>().Where(type => type.AttributeLists.Count > 0).ToList();
        var network = networks[random.Next(networks.Count)];
        var attribute = network.AttributeLists[0].Attributes[0];
        var behind = network.AttributeLists.Last().Span.End;
        var (structs, enums) = (types.OfType<StructDeclarationSyntax>().Where(IsData).ToList(), types.OfType<EnumDeclarationSyntax>().Where(IsData).ToList());
        var heads = network.AttributeLists.Where(list => list.Attributes[0].Name.ToString().EndsWith(".Head", StringComparison.Ordinal)).ToList();
        var isSure = true;
        string Insert(int position, string text, params string[] ids) => Change(position, 0, text, ids);
        string Perhaps(string changed)
        {
            isSure = false;
            return changed;
        }
        string Change(int position, int length, string text, params string[] ids)
        {
            _ids.UnionWith(ids);
            return program.Remove(position, length).Insert(position, text);
        }
        string Member(string text, params string[] ids) => Insert(network.OpenBraceToken.Span.End, "\n" + text + "\n", ids);
        string Layer(string text, params string[] ids) => Insert(behind, $"[global::GenNet.{text}]", [.. ids, "GN0006", "GN0010"]);
        string Setting(string text, params string[] ids) => attribute.ArgumentList is { } list
            ? Insert(list.CloseParenToken.SpanStart, (list.Arguments.Count > 0 ? ", " : "") + text, ids)
            : Insert(attribute.Span.End, $"({text})", ids);
        string Base(string text, params string[] ids) =>
            Change(network.Identifier.Span.End, 0, " : global::Base", ids) is var derived ? derived + $"\npublic class Base {{ {text} }}\n" : "";
        string Data(string text, params string[] ids) => structs.Count == 0 ? Perhaps(Member("class Nothing;")) : Insert(structs[random.Next(structs.Count)].OpenBraceToken.Span.End, text.Replace("Bad", $"Bad{_members++}", StringComparison.Ordinal), ids);
        string Enum(string text, params string[] ids) => enums.Count == 0 ? Perhaps(Member("class Nothing;")) : Insert(enums[random.Next(enums.Count)].SpanStart, text, ids);

        var made = kind switch
        {
            0 => Change(network.Modifiers.Single(modifier => modifier.IsKind(SyntaxKind.PartialKeyword)).SpanStart, "partial".Length, "", "GN0001"),
            1 when !network.Modifiers.Any(SyntaxKind.SealedKeyword) => Insert(network.Modifiers[0].SpanStart, "abstract ", "GN0002"),
            2 => Member("public void Forward(global::System.ReadOnlySpan<float> a, global::System.Span<float> b) { }", "GN0012"),
            3 => Member("public int Summary => 1;", "GN0012"),
            4 => Member("public class Trainer<A> { }", "GN0012"),
            5 => Member("public string get_Parameters() => \"\";", "GN0012"),
            6 => Layer("Dense(0)", "GN0003"),
            7 => Layer("Dropout(2)", "GN0031", "GN0005"),
            8 => Layer("Residual(99)", "GN0032", "GN0005"),
            9 => Layer("BatchNorm(Epsilon = 0)", "GN0031"),
            10 => Layer("Dense(3, (global::GenNet.Activation)99)", "GN0011"),
            11 => Layer("Dense(3, typeof(string))", "GN0030"),
            12 => Layer("Dense(3, global::GenNet.Activation.Softmax), global::GenNet.Dense(2)", "GN0008"),
            13 => Setting("Loss = (global::GenNet.Loss)77", "GN0011", "GN0100"),
            14 => Setting("Weights = \"none.safetensors\"", "GN0050"),
            15 => Setting("LossType = typeof(int)", "GN0030", "GN0100"),
            16 => Member($"public {network.Identifier}(string a, int b) {{ }}", "GN0075"),
            17 => Insert(network.Identifier.Span.End, "(int primary)", "GN0015"),
            18 => Base("public Base(int a) { }", "GN0015"),
            19 => Base("public int InputSize => 1;", "GN0014"),
            20 => Data(" public char Bad; ", "GN0040", "GN0046"),
            21 => Data(" [global::System.Obsolete(\"\", true)] public float Bad; ", "GN0081", "GN0046"),
            22 => Data(" [global::GenNet.Scale(1, 0)] public float Bad; ", "GN0043", "GN0046"),
            23 => Data(" [global::GenNet.FixedLength(0)] public float[] Bad; ", "GN0080", "GN0046"),
            24 => Layer("Flatten", "GN0093", "GN0005"),
            25 => Enum("[global::System.Flags] ", "GN0042"),
            26 when heads.Count > 0 => Insert(heads[^1].Span.End, "[global::GenNet.Head(\"Nobody\")]", "GN0103"),
            27 when heads.Count > 0 => Perhaps(Change(heads[0].SpanStart, heads[0].Span.Length, "", "GN0102", "GN0104", "GN0046", "GN0006")),
            29 => Layer("Conv1D(3, 2)", "GN0112"),
            30 => Layer("MaxPool1D(0)", "GN0112", "GN0031"),
            31 => Layer("Conv2D(3, 2)", "GN0107"),
            32 => Layer("Dense(3), global::GenNet.GlobalAveragePool1D", "GN0112"),
            33 => Layer("GRU(3)", "GN0112"),
            34 => Layer("LSTM(0)", "GN0112", "GN0003"),
            35 => Layer("LastStep", "GN0112"),
            _ => Perhaps(Setting("Output = global::GenNet.Activation.Tanh", "GN0047", "GN0006", "GN0100")),
        };
        IsSure |= isSure;
        return made;
    }

    static bool IsData(BaseTypeDeclarationSyntax type) => type is EnumDeclarationSyntax ? type.Parent is NamespaceDeclarationSyntax : type.Parent is CompilationUnitSyntax && !type.Modifiers.Any(SyntaxKind.PartialKeyword);
}
