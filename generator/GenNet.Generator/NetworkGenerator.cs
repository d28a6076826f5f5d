using System.Text;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Generator;

/// <summary>Attributed class → specification → plan → source. Each step's result compares by value, so that an edit elsewhere goes no further.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName("GenNet.NetworkAttribute", static (node, _) => node is ClassDeclarationSyntax, NetworkParser.Parse)
            .WithTrackingName("Parse");

        context.RegisterSourceOutput(
            parsed.SelectMany(static (network, _) => network.Diagnostics).WithTrackingName("Diagnostics"),
            static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));

        // A Debug build of the user's program leaves emitted code unoptimised.
        var optimize = context.CompilationProvider
            .Select(static (compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Release).WithTrackingName("Optimization");

        var sources = parsed
            .Where(static network => network.Spec != null)
            .Select(static (network, _) => network.Spec!).WithTrackingName("Specification")
            .Combine(optimize)
            .Select(static (pair, _) => Planner.Create(pair.Left, pair.Right)).WithTrackingName("Plan")
            .Select(static (plan, _) => new EmittedSource(plan.Spec.HintName, NetworkEmitter.Emit(plan))).WithTrackingName("Source");
        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.HintName, SourceText.From(source.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))));
    }

    sealed record EmittedSource(string HintName, string Text);
}
