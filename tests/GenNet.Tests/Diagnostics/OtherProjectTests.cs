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

    public static TheoryData<string> Programs => new(BrokenProgram.Names.Where(name => Parts(BrokenProgram.Read(name)).Any()));

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_mistake_is_found_across_projects(string name)
    {
        var program = BrokenProgram.Read(name);
        foreach (var part in Parts(program))
            foreach (var asAssembly in new[] { true, false })
                Check(program, part, asAssembly);
    }

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

    [Fact]
    public void Most_lengths_are_tried_across_projects() =>
        Assert.All(BrokenProgram.Names.Where(name => name.StartsWith("GN0018", StringComparison.Ordinal)), name => Assert.Contains(name, Programs.Select<object[], string>(row => (string)row[0])));

    /// <summary>Compiles a part of the program as a project of its own, and the rest with it.</summary>
    static void Check(BrokenProgram program, Func<MemberDeclarationSyntax, bool> part, bool asAssembly)
    {
        var library = GeneratorHarness.Run(GeneratorHarness.CreateCompilation([Without(program.Source, member => !part(member)), Friend]).WithAssemblyName("Library"));
        var ofLibrary = library.Diagnostics;
        if (ofLibrary.Any(IsOfCompiler) || asAssembly && ofLibrary.Count > 0) // it cannot stand alone, or not become an assembly
            return;
        var rest = Without(program.Source, part);
        var run = GeneratorHarness.Run(GeneratorHarness.CreateCompilation([rest]).WithAssemblyName("Program").AddReferences(Reference(library, asAssembly)));
        var diagnostics = run.Diagnostics;
        Assert.DoesNotContain(diagnostics.Concat(ofLibrary), diagnostic => diagnostic.Id is "AD0001" or "CS8785");
        if (diagnostics.Any(IsOfCompiler))
            return;
        var moved = program.Marks.Where(mark => string.IsNullOrWhiteSpace(rest.Substring(mark.Span.Start, mark.Span.Length))).ToList();
        if (moved.Count == 0)
            Assert.Equal(program.Marks, diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        else
            Assert.Subset(program.Marks.Select(mark => mark.Id).ToHashSet(), diagnostics.Select(diagnostic => diagnostic.Id).ToHashSet());
    }

    static MetadataReference Reference(GeneratorRun library, bool asAssembly) =>
        asAssembly ? MetadataReference.CreateFromStream(library.Emit()) : library.Compilation.ToMetadataReference();

    static bool IsOfCompiler(Diagnostic diagnostic) => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal) && diagnostic.Severity == DiagnosticSeverity.Error;

    /// <summary>All networks, and all types that are none; a class in several parts stays whole.</summary>
    static IEnumerable<Func<MemberDeclarationSyntax, bool>> Parts(BrokenProgram program)
    {
        if (program.Source.Contains("//#", StringComparison.Ordinal)) // a project of another kind
            yield break;
        var networks = Members(program.Source).Where(member => member.AttributeLists.Count > 0).Select(Name).ToHashSet();
        if (Members(program.Source).All(member => networks.Contains(Name(member))))
            yield break;
        yield return member => networks.Contains(Name(member));
        yield return member => !networks.Contains(Name(member));
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
