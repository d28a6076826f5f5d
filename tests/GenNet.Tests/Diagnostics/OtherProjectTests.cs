using GenNet.Shared;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Diagnostics;

/// <summary>A mistake is the same mistake where a part of the program stands in another project, seen as an assembly or as the project itself.</summary>
public class OtherProjectTests
{
    const string Friend = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Program\")]";

    /// <summary>What cannot be across projects, and why.</summary>
    static readonly Dictionary<string, string> Alone = new()
    {
        ["GN0001"] = "the mistake is the class and those around it",
        ["GN0010"] = "the mistake is the class alone",
        ["GN0013"] = "the mistake is the name of the class",
        ["GN0016"] = "the mistake is the language of the project",
        ["GN0017"] = "the mistake is the framework of the project",
        ["GN0041"] = "the mistake is the class alone",
        ["GN0048"] = "what is private stands around its network",
        ["GN0050"] = "the build describes weights to the project of their network",
        ["GN0051"] = "the build describes weights to the project of their network",
        ["GN0052"] = "the build describes weights to the project of their network",
        ["GN0076"] = "the build describes weights to the project of their network",
        ["GN0082"] = "the build describes weights to the project of their network",
    };

    public static TheoryData<string> Diagnostics => new(BrokenProgram.Names.Select(IdOf).Distinct());

    /// <summary>Each diagnostic is tried in some way, or named as one that cannot be.</summary>
    [Theory]
    [MemberData(nameof(Diagnostics))]
    public void A_mistake_is_found_across_projects(string id)
    {
        var tried = 0;
        foreach (var program in BrokenProgram.Names.Where(name => IdOf(name) == id).Select(BrokenProgram.Read))
            foreach (var part in Parts(program))
                foreach (var asAssembly in new[] { true, false })
                    tried += Check(program, part, asAssembly) ? 1 : 0;
        Assert.True(tried > 0 != Alone.ContainsKey(id), $"{id} was tried in {tried} ways.");
    }

    static string IdOf(string program) => program[..6];

    [Fact]
    public void A_mistake_in_the_other_project_is_reported_there_alone()
    {
        var library = GeneratorHarness.Run("[Network(0, 10)] partial class Net;", Friend);
        Assert.Equal(["GN0003"], library.Diagnostics.Select(diagnostic => diagnostic.Id));
        var run = GeneratorHarness.Run(GeneratorHarness.CreateCompilation(["class P { void Run(Net net, Span<float> y) { net.Forward(new float[784], y); } }"])
            .WithAssemblyName("Program").AddReferences(Reference(library, asAssembly: false)));
        Assert.Empty(run.Diagnostics);
    }

    /// <summary>A base class's internal members are inherited where its project lets this one see them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_friend_inherits_collides(bool asAssembly)
    {
        var library = GeneratorHarness.Run(GeneratorHarness.CreateCompilation(["class Base { internal int Layer1 = 1; }", Friend]));
        var run = GeneratorHarness.Run(GeneratorHarness.CreateCompilation(["[Network(2, 1)] partial class Net : Base;"])
            .WithAssemblyName("Program").AddReferences(Reference(library, asAssembly)));
        Assert.Equal(["GN0014"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    /// <summary>Compiles a part of the program as a project of its own, and the rest with it; false if one of the two does not compile by itself.</summary>
    static bool Check(BrokenProgram program, Func<MemberDeclarationSyntax, bool> part, bool asAssembly)
    {
        var library = GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Without(program.Source, member => !part(member)), Friend]).WithAssemblyName("Library"));
        var ofLibrary = library.Diagnostics;
        if (ofLibrary.Any(IsOfCompiler) || asAssembly && ofLibrary.Count > 0) // it cannot stand alone, or not become an assembly
            return false;
        var rest = Without(program.Source, part);
        var run = GeneratorHarness.Run(GeneratorHarness.CreateCompilation([rest]).WithAssemblyName("Program").AddReferences(Reference(library, asAssembly)));
        var diagnostics = run.Diagnostics;
        Assert.DoesNotContain(diagnostics.Concat(ofLibrary), diagnostic => diagnostic.Id is "AD0001" or "CS8785");
        if (diagnostics.Any(IsOfCompiler))
            return false;
        var moved = program.Marks.Where(mark => string.IsNullOrWhiteSpace(rest.Substring(mark.Span.Start, mark.Span.Length))).ToList();
        if (moved.Count == 0)
            Assert.Equal(program.Marks, diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        else
            Assert.Subset(program.Marks.Select(mark => mark.Id).ToHashSet(), diagnostics.Select(diagnostic => diagnostic.Id).ToHashSet());
        return true;
    }

    static MetadataReference Reference(GeneratorRun library, bool asAssembly) =>
        asAssembly ? MetadataReference.CreateFromStream(library.Emit()) : library.Compilation.ToMetadataReference();

    static bool IsOfCompiler(Diagnostic diagnostic) => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal) && diagnostic.Severity == DiagnosticSeverity.Error;

    /// <summary>All networks, all types that are none, and each type; a class in several parts stays whole.</summary>
    static IEnumerable<Func<MemberDeclarationSyntax, bool>> Parts(BrokenProgram program)
    {
        if (program.NeedsOwnProject)
            return [];
        var names = Members(program.Source).Select(Name).Distinct().ToList();
        var networks = Members(program.Source).Where(member => member.AttributeLists.Count > 0).Select(Name).ToList();
        return names.Select(name => new[] { name }).Append([.. names.Intersect(networks)]).Append([.. names.Except(networks)])
            .Where(part => part.Length > 0 && part.Length < names.Count).DistinctBy(part => string.Join(' ', part))
            .Select(part => (Func<MemberDeclarationSyntax, bool>)(member => part.Contains(Name(member))));
    }

    static string Name(MemberDeclarationSyntax member) => (member as BaseTypeDeclarationSyntax)?.Identifier.Text ?? "";

    static IEnumerable<MemberDeclarationSyntax> Members(string source) =>
        ((CompilationUnitSyntax)GeneratorHarness.Parse(source, "").GetRoot()).Members;

    /// <summary>The source with blanks for some of its members, so that the others stay where they are.</summary>
    static string Without(string source, Func<MemberDeclarationSyntax, bool> part)
    {
        var text = source.ToCharArray();
        foreach (var member in Members(source).Where(part))
            for (var i = member.SpanStart; i < member.Span.End; i++)
                if (text[i] is not '\n')
                    text[i] = ' ';
        return new(text);
    }
}
