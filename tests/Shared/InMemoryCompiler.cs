using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using GenNet.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Shared;

/// <summary>Compiles networks in memory, with the generator.</summary>
static class InMemoryCompiler
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
        return run.Exception is null
            ? (result, run.Diagnostics, run.GeneratedSources)
            : throw new InvalidOperationException("The generator threw.", run.Exception);
    }

    /// <summary>Generates, compiles and loads.</summary>
    /// <exception cref="InvalidOperationException">There is an error or a warning.</exception>
    public static Assembly Load(string source, OptimizationLevel optimization = OptimizationLevel.Release)
    {
        var (compilation, diagnostics, _) = Run(Compilation(source, optimization: optimization));
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        if (!emitted.Success || !diagnostics.IsEmpty)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Concat(diagnostics)));
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    /// <summary>The network of a type of the assembly.</summary>
    public static INetwork Create(Assembly assembly, string name, ulong seed) =>
        (INetwork)Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!, seed)!;
}
