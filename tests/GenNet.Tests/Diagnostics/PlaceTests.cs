using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Diagnostics;

/// <summary>One mistake is one error wherever the network stands.</summary>
/// <remarks>A few of the programs are tried in each place, and with the environment variable GENNET_RANDOM all of them in all.</remarks>
public class PlaceTests
{
    const int OneOf = 10;

    /// <summary>It is a framework of its own, whose namespaces stand nowhere else.</summary>
    const string ItsOwnFramework = "GN0017_framework";

    /// <summary>What C# refuses of a place, whatever GenNet does: there the mistake cannot be made.</summary>
    static readonly Dictionary<string, string> Impossible = new()
    {
        ["CS0416"] = "an attribute cannot name a type within a generic one",
        ["CS8968"] = "a generic attribute cannot name a type within a generic one",
        ["CS9054"] = "a type within another is not file-local",
        ["CS9052"] = "what is file-local is not public or internal besides",
        ["CS0260"] = "a class of which one part is not partial has no other part",
        ["CS8427"] = "an interface with variance has no types within it",
        ["CS9174"] = "a collection expression makes no type within a generic one",
        ["CS9058"] = "classes have primary constructors only in a later version of the language",
    };

    public static TheoryData<string> Places => new(Place.All.Select(place => place.Name));

    [Theory]
    [MemberData(nameof(Places))]
    public void A_mistake_is_the_same_in_every_place(string name)
    {
        var place = Place.All.Single(place => place.Name == name);
        var programs = BrokenProgram.Names.Where(program => program != ItsOwnFramework).Where((_, i) => LongForm.Times > 1 || (i + Place.All.ToList().IndexOf(place)) % OneOf == 0)
            .Select((program, i) => (Name: program, Program: Put(BrokenProgram.Read(program), place, i))).ToList();
        var together = programs.Where(item => !item.Program.NeedsOwnProject).ToList();
        var run = GeneratorHarness.Run([.. together.Select(item => item.Program.Source), "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]"]);
        var said = run.Diagnostics.ToLookup(diagnostic => diagnostic.Location.SourceTree?.FilePath);
        var failures = new List<string>();
        for (var i = 0; i < together.Count; i++)
            Compare(together[i].Name, together[i].Program, said[$"File{i}.cs"], failures);
        foreach (var (alone, program) in programs.Where(item => item.Program.NeedsOwnProject))
        {
            var diagnostics = program.Run().Diagnostics;
            Compare(alone, program, diagnostics.Where(IsWritten), failures);
            failures.AddRange(diagnostics.Where(diagnostic => !IsWritten(diagnostic)).Select(diagnostic => $"{alone}: {diagnostic}"));
        }
        failures.AddRange(run.Diagnostics.Where(diagnostic => !IsWritten(diagnostic)).Select(diagnostic => diagnostic.ToString()));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    static BrokenProgram Put(BrokenProgram program, Place place, int number)
    {
        var placed = new PlacedProgram(program);
        place.Insert(placed, number);
        return placed.Create();
    }

    static bool IsWritten(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.StartsWith("File", StringComparison.Ordinal) == true;

    static void Compare(string name, BrokenProgram program, IEnumerable<Diagnostic> diagnostics, List<string> failures)
    {
        var said = diagnostics.ToList();
        if (said.Any(diagnostic => Impossible.ContainsKey(diagnostic.Id)))
            return;
        var expected = program.Marks.Select(mark => $"{mark.Id} {mark.Span}").Order();
        var found = said.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceSpan}").Order();
        if (!expected.SequenceEqual(found))
            failures.Add($"{name}: expected {string.Join(", ", expected)}, found\n    {string.Join("\n    ", said)}\n{program.Source}");
    }
}
