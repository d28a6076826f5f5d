using System.Text.RegularExpressions;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Documentation;

/// <summary>The tables of what is compared with PyTorch name networks that are.</summary>
public sealed partial class ReferenceTableTests
{
    const string Heading = "| option | networks compared with PyTorch |";

    static IEnumerable<string> WithTable => Repository.Pages("docs/layers").Where(page => Repository.Read(page).Contains(Heading, StringComparison.Ordinal));

    public static TheoryData<string> Pages => new(WithTable);

    [Theory, MemberData(nameof(Pages))]
    public void Each_network_of_a_table_has_a_reference(string page)
    {
        var names = new HashSet<string>([.. LayerReference.SortedNames(), .. SequenceReference.Names], StringComparer.Ordinal);
        var rows = Repository.Read(page).Split('\n').SkipWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[2]);
        string[] named = [.. rows.SelectMany(cell => Name().Matches(cell).Select(match => match.Value)).Where(name => name is not ("PyTorch" or "Reference"))];
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !names.Contains(name));
    }

    [Fact]
    public void Sequences_and_recurrent_layers_have_such_tables() =>
        Assert.Superset(new HashSet<string> { "docs/layers/recurrent.md", "docs/layers/sequences.md", "docs/layers/embedding.md" }, WithTable.ToHashSet());

    [GeneratedRegex(@"(?<![\w\[`.])[A-Z]\w+")]
    private static partial Regex Name();
}
