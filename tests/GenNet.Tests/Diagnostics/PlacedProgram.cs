using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Diagnostics;

/// <summary>A wrong program in whose text something is inserted, with the marks where they are then.</summary>
sealed class PlacedProgram
{
    readonly BrokenProgram _program;
    readonly List<(int Position, string Text, bool IsInside)> _inserted = [];

    public PlacedProgram(BrokenProgram program)
    {
        _program = program;
        var root = (CompilationUnitSyntax)GeneratorHarness.Parse(program.Source, "").GetRoot();
        Types = [.. root.Members.OfType<BaseTypeDeclarationSyntax>()];
        Networks = [.. root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(type => type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().Contains("Network", StringComparison.Ordinal)))];
    }

    /// <summary>The classes that are to be networks.</summary>
    public IReadOnlyList<TypeDeclarationSyntax> Networks { get; }

    /// <summary>The types that are in no other.</summary>
    public IReadOnlyList<BaseTypeDeclarationSyntax> Types { get; }

    public int Length => _program.Source.Length;

    /// <summary>Inserts a text; a mark that begins or ends there does without it.</summary>
    public void Insert(int position, string text) => _inserted.Add((position, text, false));

    /// <summary>Inserts a text; a mark that begins or ends there has it.</summary>
    public void InsertInto(int position, string text) => _inserted.Add((position, text, true));

    /// <summary>The program with all that was inserted.</summary>
    public BrokenProgram Create()
    {
        var text = _program.Source;
        foreach (var (position, inserted, _) in _inserted.Select((insertion, i) => (insertion, i)).OrderByDescending(item => item.insertion.Position).ThenByDescending(item => item.i).Select(item => item.insertion))
            text = text.Insert(position, inserted);
        return _program with { Source = text, Marks = [.. _program.Marks.Select(mark => (mark.Id, TextSpan.FromBounds(Moved(mark.Span.Start, isStart: true), Moved(mark.Span.End, isStart: false))))] };
    }

    int Moved(int place, bool isStart) =>
        place + _inserted.Where(insertion => insertion.Position < place || (insertion.Position == place && isStart != insertion.IsInside)).Sum(insertion => insertion.Text.Length);
}
