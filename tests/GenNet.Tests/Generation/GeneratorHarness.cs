using System.Collections.Immutable;
using GenNet.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Generation;

/// <summary>A project in memory that uses GenNet: every warning is an error, documentation comments are checked, C# 12.</summary>
static class GeneratorHarness
{
    static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    static readonly ImmutableArray<MetadataReference> References = [.. ReferencePaths().Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles with the generator.</summary>
    public static GeneratorRun Run(params string[] sources) => Run(CreateCompilation(sources));

    public static GeneratorRun Run(CSharpCompilation compilation) => Run(CreateDriver(), compilation);

    /// <summary>Runs a driver that may have run before, which reuses what did not change.</summary>
    public static GeneratorRun Run(GeneratorDriver driver, CSharpCompilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorRun(driver, output);
    }

    /// <summary>The sources as File0.cs, File1.cs and so on.</summary>
    public static CSharpCompilation CreateCompilation(
        string[] sources,
        NullableContextOptions nullable = NullableContextOptions.Enable,
        OptimizationLevel optimization = OptimizationLevel.Release) =>
        CSharpCompilation.Create(
            $"Generated{Guid.NewGuid():N}",
            sources.Select((source, i) => Parse(source, $"File{i}.cs")).Append(Parse("global using System; global using GenNet;", "Usings.cs")),
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: nullable,
                optimizationLevel: optimization,
                deterministic: true));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    static CSharpGeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    // The trusted assemblies are the framework and this test project's own dependencies, of which a program sees GenNet alone.
    static IEnumerable<string> ReferencePaths()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(NetworkAttribute).Assembly.Location);
    }
}
