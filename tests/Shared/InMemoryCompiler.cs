using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using GenNet.Generator;
using GenNet.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenNet.Shared;

/// <summary>Compiles networks in memory, with the generator. Every warning is an error, documentation comments are checked, C# 12.</summary>
static class InMemoryCompiler
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    static readonly ImmutableArray<MetadataReference> References = [.. ReferencePaths().Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The compilation before generation.</summary>
    public static CSharpCompilation Compilation(IEnumerable<SyntaxTree> sources, NullableContextOptions nullable, OptimizationLevel optimization) =>
        CSharpCompilation.Create(
            $"Generated{Guid.NewGuid():N}",
            sources,
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: nullable,
                optimizationLevel: optimization,
                deterministic: true));

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new NetworkAnalyzer(), new LengthAnalyzer(), new ComplianceSuppressor()];

    /// <summary>The generator, which has not run yet.</summary>
    /// <param name="tracksSteps">Whether it says what each step did.</param>
    public static GeneratorDriver Driver(bool tracksSteps = true) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracksSteps));

    /// <summary>Generates, compiles and loads.</summary>
    /// <param name="source">The program.</param>
    /// <param name="optimization">Whether it is compiled for speed.</param>
    /// <param name="package">A package that it refers to beside GenNet.</param>
    /// <exception cref="InvalidOperationException">There is an error or a warning.</exception>
    public static Assembly Load(string source, OptimizationLevel optimization = OptimizationLevel.Release, Assembly? package = null)
    {
        var written = Compilation([Parse(source)], NullableContextOptions.Enable, optimization);
        if (package is not null)
            written = written.AddReferences(MetadataReference.CreateFromFile(package.Location));
        Driver().RunGeneratorsAndUpdateCompilation(written, out var compilation, out var diagnostics);
        ThrowIfAny(diagnostics);
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(Emit(compilation));
    }

    /// <summary>The assembly of a compilation, with such resources.</summary>
    /// <exception cref="InvalidOperationException">There is an error or a warning.</exception>
    public static MemoryStream Emit(Compilation compilation, IEnumerable<ResourceDescription>? resources = null)
    {
        var stream = new MemoryStream();
        ThrowIfAny(compilation.Emit(stream, manifestResources: resources).Diagnostics);
        stream.Position = 0;
        return stream;
    }

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions);

    /// <summary>The network of a type of the assembly.</summary>
    public static INetwork Create(Assembly assembly, string name, ulong seed) =>
        (INetwork)Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!, seed)!;

    static void ThrowIfAny(ImmutableArray<Diagnostic> diagnostics)
    {
        var seen = diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden).ToArray();
        if (seen.Length > 0)
            throw new InvalidOperationException(string.Join('\n', seen.Select(diagnostic => diagnostic.ToString())));
    }

    /// <summary>The framework, and GenNet alone of the program's own dependencies.</summary>
    static IEnumerable<string> ReferencePaths()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(NetworkAttribute).Assembly.Location);
    }
}
