using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Generator.Emission;

/// <summary>Names for the local variables of one emitted method.</summary>
/// <param name="taken">Those that it has already.</param>
sealed class LocalNames(params string[] taken)
{
    readonly HashSet<string> _taken = [.. taken];

    /// <summary>A new name that says what it is: <c>petals</c> for <c>.Flower.Petals</c>.</summary>
    public string Create(string path)
    {
        var last = path.Substring(path.LastIndexOf('.') + 1).Replace("@", "");
        var end = last.IndexOf('[');
        var wanted = end >= 0 ? last.Substring(0, end) : last;
        wanted = wanted.Length == 0 ? "elements" : char.ToLowerInvariant(wanted[0]) + wanted.Substring(1);
        if (FeaturePlace.IsVariable(wanted))
            wanted += "Elements";
        var name = wanted;
        for (var number = 2; !IsFree(name); number++)
            name = wanted + number.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    bool IsFree(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None && _taken.Add(name);
}
