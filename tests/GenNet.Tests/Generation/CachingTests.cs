using System.Collections;
using System.Reflection;
using GenNet.Generator;
using GenNet.Shared;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Generation;

/// <summary>An edit costs only what it changes: the generator runs at every key stroke.</summary>
public class CachingTests
{
    const string Net = "[Network(4, 8, 2)] partial class Net;";

    static readonly string[] Steps = [NetworkGenerator.SpecificationStep, NetworkGenerator.PlanStep, NetworkGenerator.SourceStep];

    [Fact]
    public void An_edit_elsewhere_changes_nothing()
    {
        var run = GeneratorHarness.Run(Net, "class A;").Edit("File1.cs", "class A { int b; }");
        AssertReasons(run, IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_body_or_comment_in_the_class_ends_at_the_parser()
    {
        var run = GeneratorHarness.Run("[Network(4, 8, 2)] partial class Net { int A() => 1; }")
            .Edit("// moved down\n[Network(4, /* hidden */ 8, 2)] partial class Net { int A() => 2; }");
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(run, NetworkGenerator.ParseStep));
        AssertReasons(run, IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_mistake_that_moves_changes_nothing()
    {
        const string Wrong = "[Network(0, 1)] partial class Wrong; [Network(2, 1)] class Hopeless;";
        var run = GeneratorHarness.Run(Net, Wrong).Edit("File1.cs", "\n" + Wrong);
        Assert.All(Reasons(run, NetworkGenerator.ParseStep), reason => Assert.NotEqual(IncrementalStepRunReason.Modified, reason));
        AssertReasons(run, IncrementalStepRunReason.Cached);
    }

    [Theory]
    [InlineData("[Network(4, 9, 2)] partial class Net;")]
    [InlineData("[Network(4, 8, 2, Hidden = Activation.Tanh)] partial class Net;")]
    [InlineData("[Network(4, 8, 2, Loss = Loss.Huber)] partial class Net;")]
    [InlineData("[Network(4, 8, 2, Init = Initializer.Zeros)] partial class Net;")]
    public void A_change_of_the_network_is_followed(string changed)
    {
        var run = GeneratorHarness.Run(Net).Edit(changed);
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(run, NetworkGenerator.SpecificationStep));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(run, NetworkGenerator.PlanStep));
    }

    [Fact]
    public void A_change_of_one_network_leaves_the_others_alone()
    {
        const string Other = " [Network(3, 1)] partial class Other;";
        var run = GeneratorHarness.Run(Net + Other).Edit(Net.Replace('8', '9') + Other);
        foreach (var step in Steps.Take(2))
            Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(run, step));
    }

    [Fact]
    public void A_key_stroke_elsewhere_in_a_large_project_ends_at_the_parser()
    {
        const int Networks = 50;
        var run = GeneratorHarness.Run(["class A;", .. ManyNetworks.Sources(Networks)]).Edit("class A { int b; }").Edit("class A { int bc; }");
        Assert.Equal(Enumerable.Repeat(IncrementalStepRunReason.Unchanged, Networks), Reasons(run, NetworkGenerator.ParseStep));
        foreach (var step in Steps)
            Assert.Equal(Enumerable.Repeat(IncrementalStepRunReason.Cached, Networks), Reasons(run, step));
        Assert.Equal(Networks, run.Sources.Count);
        Assert.All(run.Outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output));
    }

    [Fact]
    public void Nothing_cached_holds_on_to_the_compilation()
    {
        var run = GeneratorHarness.Run(
            "namespace A; partial class B<T> { [Network(4)] [Dense(8)] [Dense(2)] partial class Net; }",
            "[Network(0, 1)] partial class Wrong; [Dense(3)] partial class Stray;");
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var step in Steps.Append(NetworkGenerator.ParseStep))
        {
            Assert.NotEmpty(run.Steps(step));
            foreach (var (value, _) in run.Steps(step).SelectMany(step => step.Outputs))
                AssertPlain(value, step, seen);
        }
        Assert.Contains(seen, value => value is Generator.Specification.NetworkSpec { Error: not null });
    }

    static void AssertPlain(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string or DiagnosticDescriptor || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or SyntaxReference or Compilation or SemanticModel or Location or AttributeData,
            $"{path} holds a {value.GetType()}");
        if (value is Array items)
            foreach (var item in (IEnumerable)items)
                AssertPlain(item, path + "[]", seen);
        else
            for (var type = value.GetType(); type is not null; type = type.BaseType)
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    AssertPlain(field.GetValue(value), $"{path}.{field.Name}", seen);
    }

    static void AssertReasons(GeneratorRun run, IncrementalStepRunReason expected)
    {
        foreach (var step in Steps)
        {
            Assert.NotEmpty(Reasons(run, step));
            Assert.All(Reasons(run, step), reason => Assert.Equal(expected, reason));
        }
    }

    static IReadOnlyList<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        [.. run.Steps(step).SelectMany(step => step.Outputs).Select(output => output.Reason)];
}
