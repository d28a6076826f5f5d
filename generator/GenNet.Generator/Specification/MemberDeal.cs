using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>
/// Deals the members of an output out to heads: a head predicts the member that it is named after, and one with a name of its own those that no head is named after.
/// So each member is predicted by one head, whatever the names.
/// </summary>
sealed class MemberDeal
{
    readonly FeatureSpec _output;
    readonly List<FeatureSpec>[] _dealt;

    /// <param name="output">A struct.</param>
    /// <param name="heads">The heads' names as declared, in order.</param>
    public MemberDeal(FeatureSpec output, IReadOnlyList<string> heads)
    {
        _output = output;
        _dealt = [.. heads.Select(_ => new List<FeatureSpec>())];
        Left = [.. output.Members.Where(member => member.Size > 0)];
        for (var h = 0; h < heads.Count; h++)
            if (Left.Find(member => PlainName(member) == heads[h]) is { } own)
            {
                _dealt[h].Add(own);
                Left.Remove(own);
            }
        Unnamed = [.. Enumerable.Range(0, heads.Count).Where(h => _dealt[h].Count == 0)];
        if (Unnamed.Count == 0)
            return;
        _dealt[Unnamed[0]].AddRange(Left);
        Left.Clear();
    }

    /// <summary>The members that no head predicts.</summary>
    public List<FeatureSpec> Left { get; }

    /// <summary>The heads, from 0, that no member is named like: the first predicts what the others left.</summary>
    public IReadOnlyList<int> Unnamed { get; }

    /// <summary>What a head predicts: the output with fewer members.</summary>
    public FeatureSpec Of(int head) => _output with { Members = _dealt[head].ToEquatableArray() };

    /// <summary>Why one loss does not do for what a head predicts: what there is of several kinds; null where it does.</summary>
    public string? ObstacleOf(int head)
    {
        var kinds = Of(head).Leaves.Select(leaf => leaf.Kind).ToList();
        var enums = kinds.Count(kind => kind == FeatureKind.Enum);
        var words = new[]
        {
            _dealt[head].Exists(HasArrayOfEnums) ? "an array of enums" : enums > 1 ? "several enums" : enums == 1 ? "an enum" : null,
            kinds.Contains(FeatureKind.Number) ? "numbers" : null,
            kinds.Contains(FeatureKind.Bool) ? "bools" : null,
        }.Where(word => word is not null).ToList();
        return words.Count == 1 && words[0] is "an enum" or "numbers" or "bools" || words.Count == 0 ? null : string.Join(" and ", words);
    }

    /// <summary>The members of a head as messages have them.</summary>
    public string MembersOf(int head) => Listed(_dealt[head]);

    public static string Listed(IReadOnlyList<FeatureSpec> members) => string.Join(" and ", new[]
    {
        string.Join(", ", members.Take(members.Count - 1).Select(Quoted)),
        string.Join("", members.Skip(members.Count - 1).Select(Quoted)),
    }.Where(part => part.Length > 0));

    public static string PlainName(FeatureSpec member) => member.Name.TrimStart('@');

    static string Quoted(FeatureSpec member) => $"'{PlainName(member)}'";

    static bool HasArrayOfEnums(FeatureSpec feature) => feature.IsArray ? feature.Leaves.Any(leaf => leaf.Kind == FeatureKind.Enum) : feature.Members.Any(HasArrayOfEnums);
}
