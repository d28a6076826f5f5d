using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Diagnostics;

/// <summary>Where a network may stand, as a change of the text of a whole program.</summary>
/// <param name="Name">Of the place.</param>
/// <param name="Insert">Writes what makes the place; it is given a number that no other program has, for names.</param>
sealed record Place(string Name, Action<PlacedProgram, int> Insert)
{
    public static readonly IReadOnlyList<Place> All =
    [
        Around("file-scoped namespace", "namespace P{0};\n", ""),
        Around("namespace", "namespace A.P{0}\n{{\n", "\n}}\n"),
        Around("namespace within GenNet", "namespace GenNet.P{0}\n{{\n", "\n}}\n"),
        Within("partial class Outer"),
        Within("static partial class Outer"),
        Within("abstract partial class Outer"),
        Within("partial struct Outer"),
        Within("readonly partial struct Outer"),
        Within("ref partial struct Outer"),
        Within("partial record Outer"),
        Within("sealed partial record class Outer"),
        Within("partial record struct Outer"),
        Within("partial interface Outer"),
        Within("partial class Outer", "<TOuter>"),
        Within("partial interface Outer", "<in TOuter> where TOuter : class"),
        Within("partial class Outer", "(int length)", "int _length = length; public int Length() => _length++;\n"),
        Within("partial record Outer", "(int Length)"),
        Within("partial class Outer", "", "partial record struct Middle\n{\n", "}"),
        Accessible("internal"),
        Accessible("public"),
        Accessible("public within public", "public partial class Outer{0}"),
        Accessible("protected within public", "public partial class Outer{0}"),
        Accessible("internal within internal", "partial class Outer{0}"),
        Around("condition", "namespace P{0}\n{{\n#if true\n", "\n#else\n[Network( {{\n#endif\n}}\n"),
        Around("other line", "namespace P{0}\n{{\n#line 7 \"Other.razor\"\n", "\n#line default\n}}\n"),
        new("part before", (program, number) => Part(program, number, isBefore: true)),
        new("part behind", (program, number) => Part(program, number, isBefore: false)),
        new("full attribute", (program, number) =>
        {
            InNamespace(program, number);
            foreach (var attribute in program.Networks.SelectMany(network => network.AttributeLists).SelectMany(list => list.Attributes))
                if (attribute.Name is SimpleNameSyntax name)
                {
                    program.InsertInto(name.SpanStart, "global::GenNet.");
                    program.InsertInto(name.Identifier.Span.End, "Attribute");
                }
        }),
        new("attribute of the type", (program, number) =>
        {
            InNamespace(program, number);
            foreach (var list in program.Networks.SelectMany(network => network.AttributeLists))
                program.Insert(list.Attributes[0].SpanStart, "type: ");
        }),
    ];

    public override string ToString() => Name;

    static Place Around(string name, string before, string after) => new(name, (program, number) => Around(program, number, before, after));

    static Place Within(string type, string parameters = "", string before = "", string after = "") =>
        new($"{type}{parameters}{(before.Length == 0 ? "" : " and more")}", (program, number) => Around(program, number, type + "{0}" + parameters + " {{\n" + Literal(before), "\n" + Literal(after) + "}}\n"));

    /// <summary>A place in which all types are as accessible as the first word says.</summary>
    static Place Accessible(string name, string around = "namespace P{0}") => new(name, (program, number) =>
    {
        Around(program, number, "#pragma warning disable CS1591\n" + around + "\n{{\n", "\n}}\n");
        foreach (var type in program.Types.Where(type => !type.Modifiers.Any(modifier => modifier.Text is "public" or "internal" or "protected" or "private")))
            program.Insert(type.Modifiers.Append(type is EnumDeclarationSyntax named ? named.EnumKeyword : ((TypeDeclarationSyntax)type).Keyword).First().SpanStart, name.Split(' ')[0] + " ");
    });

    /// <summary>Adds a part of the class that says nothing.</summary>
    static void Part(PlacedProgram program, int number, bool isBefore)
    {
        InNamespace(program, number);
        foreach (var network in program.Networks)
            program.Insert(
                isBefore ? network.SpanStart : network.Span.End,
                $" {string.Join(' ', network.Modifiers.Where(modifier => modifier.Text != "partial"))} partial {network.Keyword}{(network is RecordDeclarationSyntax { ClassOrStructKeyword.Text: var kind } ? " " + kind : "")} {network.Identifier}{network.TypeParameterList} {{ }} ");
    }

    static void InNamespace(PlacedProgram program, int number) => Around(program, number, "namespace P{0}\n{{\n", "\n}}\n");

    static void Around(PlacedProgram program, int number, string before, string after)
    {
        program.Insert(0, string.Format(null, before, number));
        program.Insert(program.Length, string.Format(null, after, number));
    }

    static string Literal(string text) => text.Replace("{", "{{").Replace("}", "}}");
}
