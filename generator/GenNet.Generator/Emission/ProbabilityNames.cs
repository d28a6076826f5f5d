using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Generator.Emission;

/// <summary>The properties of <c>Probabilities</c>, named like the user's members as far as a record struct may have such names.</summary>
static class ProbabilityNames
{
    /// <summary>What a record struct with an indexer has anyway, may not have, or means by the name.</summary>
    static readonly string[] Taken =
    [
        "Clone", "Deconstruct", "Equals", "Finalize", "GetHashCode", "GetType", "Item", "MemberwiseClone", "PrintMembers", "Probabilities", "ReferenceEquals", "ToString",
        "get_Item", "set_Item", "op_Equality", "op_Inequality", "field", "value", "_",
    ];

    /// <summary>A name for each member, as C# source has it.</summary>
    /// <param name="sources">The members, as in <c>Rose</c>, <c>@new</c> or <c>Sides.Left</c>.</param>
    public static List<string> Of(IEnumerable<string> sources)
    {
        var taken = new HashSet<string>(Taken);
        var names = new List<string>();
        foreach (var source in sources)
        {
            var name = UniqueName.Of(Plain(source), candidate => Reserved(candidate).Any(taken.Contains));
            taken.UnionWith(Reserved(name));
            names.Add(SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name);
        }
        return names;
    }

    static string Plain(string source) => string.Concat(source.Replace("@", "").Replace("]", "").Select(c => c is '.' or '[' ? '_' : c));

    /// <summary>A property reserves the names of its accessors.</summary>
    static IEnumerable<string> Reserved(string name) => [name, "get_" + name, "set_" + name];
}
