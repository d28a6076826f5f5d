using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Generation;

/// <summary>A program that declares every name that emitted code uses, at every place where it could hide what is meant, compiles as without.</summary>
public class HostileProgramTests
{
    static readonly string[] Networks =
    [
        "[Network(4, 16, 16, 3, Hidden = global::GenNet.Activation.Tanh, Output = global::GenNet.Activation.Softmax)]",
        "[Network(6, Health = true)] [Dense(12)] [BatchNorm(global::GenNet.Activation.ReLU)] [Dropout(0.5)] [LayerNorm] [Residual(2)] [Dense(2)]",
        "[Network(9000, 3)]",
        "[Network<Leaf, Kind>(4)]",
        "[Network<Leaf, Bools>(4)]",
        "[Network<Kind, Leaf>]",
    ];

    const string Types = """
        public record struct Leaf([Scale(0, 8)] float Length, byte Width);
        public record struct Bools(bool A, bool B);
        public enum Kind { A, B, C }
        """;

    public static TheoryData<string, string> Programs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var network in Networks)
                foreach (var space in new[] { "", "N", "System.N", "GenNet.N" })
                    data.Add(network, space);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_name_in_sight_is_taken(string network, string space)
    {
        var plain = GeneratorHarness.Run(Program(network, space, [], "")).Compiles();
        // Members that are emitted for the user are the only ones that collide.
        var emitted = CSharpSyntaxTree.ParseText(plain.Sources.Values.Single()).GetRoot();
        var members = plain.Compilation.GetTypeByMetadataName(space.Length == 0 ? "Net" : space + ".Net")!.GetMembers()
            .Where(member => member.DeclaredAccessibility != Accessibility.Private).Select(member => member.Name).ToHashSet();
        var names = emitted.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)
            .Where(name => name is not ("var" or "Net" or "nameof" or "Leaf" or "Kind" or "Bools" or "N") && !members.Contains(name))
            .Distinct().ToList();
        Assert.Contains("System", names);
        Assert.Contains("Span", names);
        Assert.Contains("Parameters", members);
        GeneratorHarness.Run(Program(network, space, names, "class")).Compiles();
        GeneratorHarness.Run(Program(network, space, names, "const int")).Compiles();
    }

    /// <summary>The aliases of the emitted files, given by the user for something else.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("namespace N;")]
    public void Every_alias_is_taken(string space)
    {
        var aliases = string.Concat(GenNet.Generator.Emission.NamespaceAliases.Names.Select(name => $"global using {name} = global::System.Text;\n"));
        GeneratorHarness.Run(aliases, $"{space} [Network(4, 8, 2)] partial class Net;", $"{space} enum E {{ A, B }} [Network<Half, E>] partial class Other;").Compiles();
    }

    [Fact]
    public void Names_are_short()
    {
        var source = GeneratorHarness.Run("namespace N; [Network(4, 16, 16, 3, Hidden = Activation.Tanh)] partial class Net;").Compiles().Sources.Values.Single();
        Assert.All(source.Split('\n').Where(line => line.Contains("global::", StringComparison.Ordinal)), line => Assert.StartsWith("using ", line, StringComparison.Ordinal));
    }

    static string Program(string network, string space, List<string> names, string kind)
    {
        // Types hide in the namespace and around the class, members in it; a type and a member cannot have one name.
        string Types(string modifiers) => kind.Length == 0 ? "" : string.Concat(names.Select(name => $"{modifiers} class @{name};\n"));
        var members = kind switch
        {
            "class" => Types("public"),
            "const int" => string.Concat(names.Select(name => $"public const int @{name} = 1;\n")),
            _ => "",
        };
        var around = string.Concat(names.Where(name => space.Length > 0 && name is not ("System" or "GenNet")).Select(name => $"public class @{name};\n"));
        return $$"""
            #pragma warning disable
            {{(space.Length == 0 ? "" : $"namespace {space} {{")}}
            {{HostileProgramTests.Types}}
            {{around}}
            {{network}}
            public partial class Net
            {
            {{members}}
            }
            {{(space.Length == 0 ? "" : "}")}}
            """;
    }
}
