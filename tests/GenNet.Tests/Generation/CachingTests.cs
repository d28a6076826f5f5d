using System.Collections;
using System.Reflection;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Generation;

/// <summary>What the generator does again after an edit.</summary>
public class CachingTests
{
    const string Source = "using GenNet; [Network(3, 8, 2)] partial class Net { }";

    [Fact]
    public void An_unrelated_edit_recomputes_nothing()
    {
        // Roslyn calls the parser again because symbols may have changed elsewhere; its result is the same, so nothing follows.
        var reasons = ReasonsAfter(compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", InMemoryCompiler.ParseOptions)));
        Assert.Equal(IncrementalStepRunReason.Unchanged, reasons["Parse"]);
        Assert.Equal(IncrementalStepRunReason.Cached, reasons["Specification"]);
        Assert.Equal(IncrementalStepRunReason.Cached, reasons["Plan"]);
        Assert.Equal(IncrementalStepRunReason.Cached, reasons["Source"]);
    }

    [Fact]
    public void A_comment_in_the_class_goes_no_further_than_the_parser()
    {
        var reasons = ReasonsAfter(compilation => Replace(compilation, Source.Replace("{ }", "{ /* comment */ }", StringComparison.Ordinal)));
        Assert.Equal(IncrementalStepRunReason.Unchanged, reasons["Parse"]);
        Assert.Equal(IncrementalStepRunReason.Cached, reasons["Specification"]);
        Assert.Equal(IncrementalStepRunReason.Cached, reasons["Plan"]);
        Assert.Equal(IncrementalStepRunReason.Cached, reasons["Source"]);
    }

    [Fact]
    public void Another_size_changes_every_step() =>
        Assert.All(ReasonsAfter(compilation => Replace(compilation, Source.Replace("8", "9", StringComparison.Ordinal))).Values,
            reason => Assert.Equal(IncrementalStepRunReason.Modified, reason));

    [Fact]
    public void The_model_keeps_no_part_of_a_compilation_alive()
    {
        var run = InMemoryCompiler.Driver().RunGenerators(InMemoryCompiler.Compilation(Source + " [Network(0, 2)] partial class Wrong;")).GetRunResult().Results.Single();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var name in new[] { "Parse", "Specification", "Plan", "Source", "Diagnostics" })
            foreach (var output in run.TrackedSteps[name].SelectMany(step => step.Outputs))
                Walk(output.Value, seen);
        Assert.Contains(seen, value => value is NetworkSpec);
        Assert.Contains(seen, value => value is NetworkPlan);
    }

    static void Walk(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || value is DiagnosticDescriptor || !seen.Add(value))
            return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or SemanticModel, $"{value.GetType()} is reachable from the model.");
        if (value is IEnumerable items)
            foreach (var item in items)
                Walk(item, seen);
        for (var type = value.GetType(); type != null; type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), seen);
    }

    static CSharpCompilation Replace(CSharpCompilation compilation, string source) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], CSharpSyntaxTree.ParseText(source, InMemoryCompiler.ParseOptions, path: "Test.cs"));

    /// <summary>Why each tracked step's output is what it is, after an edit.</summary>
    static Dictionary<string, IncrementalStepRunReason> ReasonsAfter(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var compilation = InMemoryCompiler.Compilation(Source);
        var driver = InMemoryCompiler.Driver().RunGenerators(compilation).RunGenerators(edit(compilation));
        var steps = driver.GetRunResult().Results.Single().TrackedSteps;
        return new[] { "Parse", "Specification", "Plan", "Source" }.ToDictionary(name => name, name => steps[name].Single().Outputs.Single().Reason);
    }
}
