using GenNet.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Generation;

/// <summary>A project in memory that uses GenNet: every warning is an error, documentation comments are checked, C# 12.</summary>
static class GeneratorHarness
{
    /// <summary>Compiles with the generator.</summary>
    public static GeneratorRun Run(params string[] sources) => Run(CreateCompilation(sources));

    public static GeneratorRun Run(CSharpCompilation compilation) => Run(InMemoryCompiler.Driver(), compilation);

    /// <summary>Runs a driver that may have run before, which reuses what did not change.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="compilation">The program.</param>
    /// <param name="texts">Files that are no source.</param>
    public static GeneratorRun Run(GeneratorDriver driver, CSharpCompilation compilation, params AdditionalText[] texts)
    {
        driver = driver.AddAdditionalTexts([.. texts]).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorRun(driver, output, texts);
    }

    /// <summary>The sources as File0.cs, File1.cs and so on.</summary>
    public static CSharpCompilation CreateCompilation(
        string[] sources,
        NullableContextOptions nullable = NullableContextOptions.Enable,
        OptimizationLevel optimization = OptimizationLevel.Release,
        CSharpParseOptions? options = null) =>
        InMemoryCompiler.Compilation(
            [.. sources.Select((source, i) => Parse(source, $"File{i}.cs", options)), Parse("global using System; global using GenNet;", "Usings.cs", options)],
            nullable,
            optimization);

    public static SyntaxTree Parse(string source, string path, CSharpParseOptions? options = null) =>
        CSharpSyntaxTree.ParseText(source, options ?? InMemoryCompiler.ParseOptions, path);
}
