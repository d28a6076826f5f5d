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
    /// of other case gets a dash before each capital letter. A name that is too long for a file ends in a number that stands for the rest.
    /// </summary>
    public static string HintNameOf(INamedTypeSymbol type)
    {
        var name = Of(type);
        return Shorten(HasSiblingOfOtherCase(type) ? MarkCapitals(name) : name) + ".g.cs";
    }

    /// <summary>File systems count bytes or characters, up to 255; folders and what Roslyn adds want some.</summary>
    static string Shorten(string name)
    {
        const int Longest = 120, Kept = 100;
        if (Encoding.UTF8.GetByteCount(name) <= Longest)
            return name;
        var (end, bytes) = (0, 0);
        while (true)
        {
            var next = end + (char.IsSurrogatePair(name, end) ? 2 : 1);
            bytes += Encoding.UTF8.GetByteCount(name.Substring(end, next - end));
            if (bytes > Kept)
                return $"{name.Substring(0, end)}-{Hash(name):x16}";
            end = next;
        }
    }

    /// <summary>FNV-1a: the same in every build and on every machine, as <c>GetHashCode</c> is not.</summary>
    static ulong Hash(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in Encoding.UTF8.GetBytes(name))
            hash = unchecked((hash ^ unit) * 0x100000001B3);
        return hash;
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
