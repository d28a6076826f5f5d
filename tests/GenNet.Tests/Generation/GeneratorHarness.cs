using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using GenNet.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Generation;

/// <summary>Compiles C# in memory with the generator.</summary>
static class GeneratorHarness
{
    static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(INetwork).Assembly.Location),
    ];

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    /// <summary>The compilation before generation; every warning is an error.</summary>
    public static CSharpCompilation Compilation(
        string source,
        NullableContextOptions nullable = NullableContextOptions.Enable,
        OptimizationLevel optimization = OptimizationLevel.Release) =>
        CSharpCompilation.Create(
            "Generated" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(source, ParseOptions, path: "Test.cs")],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: nullable,
                optimizationLevel: optimization,
                generalDiagnosticOption: ReportDiagnostic.Error));

    public static GeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator; returns the compilation with the emitted sources, and the generator's diagnostics.</summary>
    public static (Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<GeneratedSourceResult> Sources) Run(CSharpCompilation compilation)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out var result, out _);
        var run = driver.GetRunResult().Results.Single();
        if (run.Exception is not null)
            throw new InvalidOperationException("The generator threw.", run.Exception);
        return (result, run.Diagnostics, run.GeneratedSources);
    }

    /// <summary>Generates, compiles without a warning, and loads.</summary>
    public static Assembly Load(string source, OptimizationLevel optimization = OptimizationLevel.Release)
    {
        var (compilation, diagnostics, _) = Run(Compilation(source, optimization: optimization));
        Assert.Empty(diagnostics);
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    /// <summary>Generates, compiles and creates the network of the given name.</summary>
    public static INetwork Create(string source, string name, ulong seed, OptimizationLevel optimization = OptimizationLevel.Release) =>
        (INetwork)Activator.CreateInstance(Load(source, optimization).GetType(name, throwOnError: true)!, seed)!;
}
