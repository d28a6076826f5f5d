using System.Collections.Immutable;
using GenNet.CodeFixes;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenNet.Tests.Diagnostics;

/// <summary>The fixes of a broken program, one after the other, make a program that compiles, as its file <c>.fixed.txt</c> has it.</summary>
public class CodeFixTests
{
    static readonly ImmutableArray<CodeFixProvider> Providers =
        [new MakePartialFix(), new MakePlainFix(), new RemoveSecondFormFix(), new DefaultLossFix(), new HiddenReLUFix(), new UseSizeFix(), new CallSeedFix()];

    static IEnumerable<string> FixableIds => Providers.SelectMany(provider => provider.FixableDiagnosticIds);

    public static TheoryData<string> Programs => new(BrokenProgram.Names.Where(name => FixableIds.Any(id => name.StartsWith(id, StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Fixes_make_a_program_that_compiles(string name)
    {
        var program = BrokenProgram.Read(name);
        var (source, fixes) = await FixOneByOne(program, program.Source);
        if (fixes == 0)
            Assert.Null(program.Fixed);
        else
            BrokenProgram.VerifyFixed(name, source);
    }

    public static TheoryData<string, string> Styles
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in BrokenProgram.Names.Where(name => BrokenProgram.Read(name).Fixed is not null))
                foreach (var style in SourceStyle.Names)
                    data.Add(name, style);
            return data;
        }
    }

    /// <summary>However the program is written: comments and directives stay, no blanks are left, and all fixes at once are the fixes one by one.</summary>
    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Fixes_touch_nothing_else(string name, string style)
    {
        var program = BrokenProgram.Read(name);
        var source = SourceStyle.Apply(style, program.Source);
        if (program.Run(source).Compilation.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) // a file-local class cannot be nested
            return;
        var (changed, fixes) = await FixOneByOne(program, source);
        Assert.NotEqual(0, fixes);
        Assert.Equal(SourceStyle.Trivia(source), SourceStyle.Trivia(changed));
        Assert.DoesNotContain(changed.Split('\n'), line => line.TrimEnd('\r').EndsWith(' '));
        Assert.Equal(changed, await FixAll(program, source));
    }

    [Theory]
    [InlineData("static class C { public const Activation Softmax = Activation.Softmax; } [Network(2, 3, 1, Hidden = C.Softmax)] partial class Net;", "Hidden = Activation.ReLU")]
    [InlineData("[Network(2, 3, 1, Hidden = global::GenNet.Activation.Softmax)] partial class Net;", "Hidden = global::GenNet.Activation.ReLU")]
    [InlineData("[Network(2, 3, 1, Hidden = (Activation.Softmax))] partial class Net;", "Hidden = (Activation.ReLU)")]
    [InlineData("[Network(2, 3, 1, Hidden = Hot)] partial class Net { const Activation Hot = Activation.Softmax; }", "Hidden = Activation.ReLU")]
    [InlineData("[Network(2, 3, 1, Hidden = A.Softmax)] partial class Net;", "Hidden = A.ReLU", "using A = GenNet.Activation; ")]
    [InlineData("[Network(2, 3, 1, Hidden = Softmax)] partial class Net;", "Hidden = ReLU", "using static GenNet.Activation; ")]
    [InlineData("[Network(2, 3, 4, 5)] [Dense(1)] partial class Net;", "[Network(2)]")]
    [InlineData("[Network(2, 3,\n    // hidden\n    4)] [Dense(1)] partial class Net;", "[Network(2\n    // hidden\n    )]")]
    [InlineData("[Network(\n    2, // inputs\n    3, // hidden\n    4, // more\n    Init = Initializer.Zeros)] [Dense(1)] partial class Net;", "[Network(\n    2, // inputs\n    // hidden\n    // more\n    Init = Initializer.Zeros)]")]
    [InlineData("[Network(2,\n#if true\n    3,\n#endif\n    Init = Initializer.Zeros)] [Dense(1)] partial class Net;", "[Network(2,\n#if true\n#endif\n    Init")]
    [InlineData("[Network(2, 3 /* hidden */ + 1, 4, Init = Initializer.Zeros)] [Dense(1)] partial class Net;", "[Network(2, /* hidden */ Init = Initializer.Zeros)]")]
    [InlineData("[Network(2, 3, 1, Hidden = (Activation) /* softmax */ 11)] partial class Net;", "Hidden = Activation.ReLU /* softmax */)]")]
    [InlineData("[Network(3, 1)] partial class Net { void M(Span<float> y) => Forward(new float[1 /* a */ + /* b */ 1], y); }", "new float[Net.InputSize /* a */ /* b */]")]
    [InlineData("[Network(2, 1)]\n#if true\nstatic\n#endif\npartial class Net;", "[Network(2, 1)]\n#if true\n#endif\npartial class")]
    [InlineData("[Network(2, 1)] public /* a */ static /* b */ partial class Net;", "public /* a */ /* b */ partial class")]
    [InlineData("#pragma warning disable CS1591\n[Network(2, 1)] public\n#if true\nsealed\n#endif\nclass Net;", "\n#endif\npartial class Net")]
    [InlineData("namespace A { [Network(3, 1)] partial class Net; } namespace B { class C { public static readonly float[] X = new float[2]; void D(A.Net net, Span<float> y) { net.Forward(X, y); net.Forward(X, y); } } }", "new float[A.Net.InputSize]")]
    public async Task A_fix_changes_what_is_wrong(string source, string expected, string usings = "")
    {
        var program = new BrokenProgram(usings + source, [], [], null);
        var (changed, _) = await FixOneByOne(program, program.Source);
        Assert.Contains(expected, changed, StringComparison.Ordinal);
        Assert.Equal(SourceStyle.Trivia(program.Source), SourceStyle.Trivia(changed));
        Assert.Equal(changed, await FixAll(program, program.Source));
    }

    [Fact]
    public void Every_fix_of_the_assembly_is_tested()
    {
        var all = typeof(CodeFix).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false));
        Assert.Equal(all.ToHashSet(), Providers.Select(provider => provider.GetType()).ToHashSet());
        Assert.All(FixableIds, id => Assert.Contains(BrokenProgram.Names, name => name.StartsWith(id, StringComparison.Ordinal) && BrokenProgram.Read(name).Fixed is not null));
    }

    /// <summary>The program after the fixes that are offered, each the first, until none is.</summary>
    static async Task<(string Source, int Fixes)> FixOneByOne(BrokenProgram program, string source)
    {
        var (run, fixes) = (program.Run(source), 0);
        while (await Fix(run, source) is { } changed)
        {
            Assert.InRange(++fixes, 1, 10);
            (source, run) = (changed, program.Run(changed));
        }
        if (fixes > 0)
            run.Compiles();
        return (source, fixes);
    }

    /// <summary>Fails if a fix of any diagnostic does, whether or not what it gives compiles.</summary>
    internal static async Task<int> TryEach(GeneratorRun run, string source)
    {
        var fixes = 0;
        using var workspace = new AdhocWorkspace();
        Document? document = null;
        foreach (var diagnostic in run.Diagnostics.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == "File0.cs"))
            foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
                if (await Offered(provider, document ??= Open(workspace, run, source), diagnostic) is { } action)
                    fixes += await Apply(action, document) == source ? 0 : 1;
        return fixes;
    }

    /// <summary>The program after the first fix that is offered.</summary>
    static async Task<string?> Fix(GeneratorRun run, string source)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, run, source);
        foreach (var diagnostic in run.Diagnostics)
            foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
                if (await Offered(provider, document, diagnostic) is { } action)
                    return await Apply(action, document);
        return null;
    }

    /// <summary>The program after all fixes of each kind at once.</summary>
    static async Task<string> FixAll(BrokenProgram program, string source)
    {
        foreach (var provider in Providers)
        {
            var run = program.Run(source);
            var diagnostics = run.Diagnostics.Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)).ToList();
            using var workspace = new AdhocWorkspace();
            var document = Open(workspace, run, source);
            CodeAction? offered = null;
            foreach (var diagnostic in diagnostics)
                offered ??= await Offered(provider, document, diagnostic);
            if (offered is null)
                continue;
            var context = new FixAllContext(document, provider, FixAllScope.Document, offered.EquivalenceKey!, provider.FixableDiagnosticIds, new Found(diagnostics), default);
            source = await Apply((await provider.GetFixAllProvider()!.GetFixAsync(context))!, document);
            Assert.DoesNotContain(program.Run(source).Diagnostics, diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id));
        }
        return source;
    }

    static Document Open(AdhocWorkspace workspace, GeneratorRun run, string source)
    {
        var project = workspace.CurrentSolution.AddProject("Program", "Program", LanguageNames.CSharp)
            .WithMetadataReferences(run.Compilation.References)
            .WithCompilationOptions(run.Compilation.Options)
            .WithParseOptions(run.Compilation.SyntaxTrees.First().Options);
        foreach (var tree in run.Compilation.SyntaxTrees.Skip(1))
            project = project.AddDocument(Path.GetFileName(tree.FilePath), tree.GetText()).Project;
        return project.AddDocument("File0.cs", source);
    }

    static async Task<CodeAction?> Offered(CodeFixProvider provider, Document document, Diagnostic diagnostic)
    {
        CodeAction? offered = null;
        await provider.RegisterCodeFixesAsync(new(document, diagnostic, (action, _) => offered ??= action, default));
        return offered;
    }

    static async Task<string> Apply(CodeAction action, Document document)
    {
        var applied = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        return (await applied.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    sealed class Found(IEnumerable<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(diagnostics);
    }
}
