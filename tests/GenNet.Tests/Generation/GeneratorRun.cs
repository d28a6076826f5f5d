using System.Collections.Immutable;
using System.Runtime.Loader;
using GenNet.Generator;
using GenNet.Generator.Specification;
using GenNet.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenNet.Tests.Generation;

/// <summary>What the generator made of a compilation.</summary>
sealed class GeneratorRun(GeneratorDriver driver, Compilation compilation, params AdditionalText[] texts)
{
    /// <summary>The program with the generated files.</summary>
    public Compilation Compilation => compilation;

    /// <summary>Generated text by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>What compiler, generator and analysers say that is not hidden, in the order of the source.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics =>
    [
        .. WithAnalyzers.GetAllDiagnosticsAsync().GetAwaiter().GetResult()
            .Concat(Result.Diagnostics)
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)
            .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path).ThenBy(diagnostic => diagnostic.Location.SourceSpan),
    ];

    /// <summary>Exceptions of generator and analysers.</summary>
    public IEnumerable<Diagnostic> Crashes =>
        WithAnalyzers.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .Concat(Result.Diagnostics)
            .Where(diagnostic => diagnostic.Id is "AD0001" or "CS8785");

    /// <summary>The networks that were found.</summary>
    public IReadOnlyList<NetworkSpec> Networks =>
        [.. Steps(NetworkGenerator.SpecificationStep).SelectMany(step => step.Outputs).Select(output => (NetworkSpec)output.Value)];

    public ImmutableArray<IncrementalGeneratorRunStep> Steps(string name) =>
        Result.TrackedSteps.TryGetValue(name, out var steps) ? steps : [];

    /// <summary>Why each file and diagnostic was, or was not, written anew.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Outputs =>
        [.. Result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Reason)];

    /// <summary>Runs again after an edit of the first file.</summary>
    public GeneratorRun Edit(string source) => Edit("File0.cs", source);

    /// <summary>Runs again after an edit.</summary>
    public GeneratorRun Edit(string path, string source)
    {
        var written = (CSharpCompilation)compilation.RemoveSyntaxTrees(Result.GeneratedSources.Select(source => source.SyntaxTree));
        var old = written.SyntaxTrees.Single(tree => tree.FilePath == path);
        return GeneratorHarness.Run(driver, written.ReplaceSyntaxTree(old, GeneratorHarness.Parse(source, path)));
    }

    /// <summary>Fails unless generator, compiler and analysers found nothing to complain about.</summary>
    public GeneratorRun Compiles()
    {
        Assert.Null(Result.Exception);
        Assert.Empty(Diagnostics);
        return this;
    }

    /// <summary>Loads the program.</summary>
    public LoadedProgram CompileAndLoad()
    {
        Compiles();
        return Load();
    }

    /// <summary>Loads the program, whatever analysers say of it.</summary>
    public LoadedProgram Load()
    {
        using var image = Emit();
        return new LoadedProgram(image);
    }

    /// <summary>The assembly, whatever analysers say of it.</summary>
    public MemoryStream Emit()
    {
        var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        return image;
    }

    CompilationWithAnalyzers WithAnalyzers => compilation.WithAnalyzers(InMemoryCompiler.Analyzers, new AnalyzerOptions([.. texts]));

    GeneratorRunResult Result => driver.GetRunResult().Results.Single();
}

/// <summary>A compiled program in memory, gone after disposal.</summary>
sealed class LoadedProgram : IDisposable
{
    readonly AssemblyLoadContext _context = new(name: null, isCollectible: true);
    readonly System.Reflection.Assembly _assembly;

    public LoadedProgram(Stream image) => _assembly = _context.LoadFromStream(image);

    /// <summary>Creates an object of a class, named as in <c>My.App.Outer+Net</c>.</summary>
    public T Create<T>(string type, params object?[] arguments) =>
        (T)Activator.CreateInstance(_assembly.GetType(type, throwOnError: true)!, arguments)!;

    /// <summary>Calls a static method.</summary>
    public T Call<T>(string type, string method, params object?[] arguments) =>
        (T)_assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments)!;

    public void Dispose() => _context.Unload();
}
