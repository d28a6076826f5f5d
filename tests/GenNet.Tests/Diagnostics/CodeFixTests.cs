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
        var (source, fixes) = (program.Source, 0);
        var run = program.Run();
        while (await Fix(source, run.Diagnostics) is { } changed)
        {
            Assert.InRange(++fixes, 1, 10);
            (source, run) = (changed, program.Run(changed));
        }
        if (fixes == 0)
        {
            Assert.Null(program.Fixed);
            return;
        }
        run.Compiles();
        BrokenProgram.VerifyFixed(name, source);
    }

    [Fact]
    public void Every_fix_of_the_assembly_is_tested()
    {
        var all = typeof(CodeFix).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false));
        Assert.Equal(all.ToHashSet(), Providers.Select(provider => provider.GetType()).ToHashSet());
        Assert.All(FixableIds, id => Assert.Contains(BrokenProgram.Names, name => name.StartsWith(id, StringComparison.Ordinal) && BrokenProgram.Read(name).Fixed is not null));
    }

    /// <summary>The program after the first fix that is offered.</summary>
    static async Task<string?> Fix(string source, IReadOnlyList<Diagnostic> diagnostics)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Program", LanguageNames.CSharp).AddDocument("File0.cs", source);
        foreach (var diagnostic in diagnostics)
            foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var offered = new List<CodeAction>();
                await provider.RegisterCodeFixesAsync(new(document, diagnostic, (action, _) => offered.Add(action), default));
                if (offered.Count == 0)
                    continue;
                var applied = (await offered[0].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
                return (await applied.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
            }
        return null;
    }
}
