using System.Text;
using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Specification;

static class MetadataName
{
    /// <summary>As in <c>My.App.Outer`1+Net</c>.</summary>
    public static string Of(INamespaceOrTypeSymbol symbol) => symbol.ContainingSymbol switch
    {
        INamedTypeSymbol outer => $"{Of(outer)}+{symbol.MetadataName}",
        INamespaceSymbol { IsGlobalNamespace: false } outer => $"{Of(outer)}.{symbol.MetadataName}",
        _ => symbol.MetadataName,
    };

    /// <summary>
    /// Name of the generated file. Roslyn and some file systems ignore case where C# does not, so a name that has a sibling
    /// of other case gets a dash before each capital letter.
    /// </summary>
    public static string HintNameOf(INamedTypeSymbol type)
    {
        var name = Of(type);
        return (HasSiblingOfOtherCase(type) ? MarkCapitals(name) : name) + ".g.cs";
    }

    static bool HasSiblingOfOtherCase(INamespaceOrTypeSymbol symbol) =>
        symbol.ContainingSymbol is INamespaceOrTypeSymbol parent
        && (parent.GetMembers().OfType<INamespaceOrTypeSymbol>().Any(
                sibling => sibling.Name != symbol.Name && sibling.Name.Equals(symbol.Name, StringComparison.OrdinalIgnoreCase))
            || HasSiblingOfOtherCase(parent));

    static string MarkCapitals(string name)
    {
        var marked = new StringBuilder();
        foreach (var c in name)
            marked.Append(char.IsUpper(c) ? "-" : "").Append(c);
        return marked.ToString();
    }
}
