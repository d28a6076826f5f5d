using GenNet.Tests.Documentation;

namespace GenNet.Tests.Architecture;

/// <summary>What may depend on what.</summary>
public class FolderGraphTests
{
    const string Page = "docs/architecture.md", Start = "<!-- the library's folders -->\n```mermaid\n", End = "```\n";

    /// <summary>Not to be avoided: <c>INetwork.CreateTrainer</c> gives a trainer, and a trainer has its network.</summary>
    static readonly string[] NetworksAndTraining = ["Networks", "Training"];

    static readonly Lazy<FolderGraph> Library = new(() => FolderGraph.Of("src/GenNet"));

    [Fact]
    public void The_librarys_folders_have_no_cycle_but_a_network_and_its_trainer()
    {
        var cycles = Library.Value.Cycles.Where(cycle => !cycle.SequenceEqual(NetworksAndTraining)).ToArray();
        Assert.True(cycles.Length == 0, string.Join("\n\n", cycles.Select(cycle => $"A cycle of {string.Join(", ", cycle)}:\n{Library.Value.Reasons(cycle)}")));
    }

    [Fact]
    public void A_network_and_its_trainer_know_each_other_by_one_file()
    {
        var reasons = Library.Value.Reasons(NetworksAndTraining).Split('\n');
        Assert.Equal("Networks → Training: INetwork names TrainerOfOptimizer", reasons[0]);
    }

    [Fact]
    public void The_picture_in_the_docs_is_of_this_code()
    {
        var page = Repository.Read(Page).ReplaceLineEndings("\n");
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        Assert.Equal(Library.Value.Mermaid(), page[start..page.IndexOf(End, start, StringComparison.Ordinal)]);
    }

    /// <summary>The graph itself, on a small project.</summary>
    [Fact]
    public void A_cycle_over_members_and_generics_is_found()
    {
        var graph = new FolderGraph(
        [
            ("A/One.cs", "namespace N; class One { public int Count; }"),
            ("B/Two.cs", "namespace N; class Two : System.Collections.Generic.List<One> { public static Two Make() => new(); }"),
            ("C/Three.cs", "namespace N; class Three { object o = Two.Make()[0].Count; }"),
            ("A/Four.cs", "namespace N; partial class Four { Three? t; }"),
            ("D/Five.cs", "namespace N; class Five { One? o; Three? t; }"),
        ]);
        Assert.Equal([["A", "B", "C"]], graph.Cycles);
        Assert.Equal(["A", "C"], graph.UsedBy("D"));
        Assert.Contains("A → C: Four names Three", graph.Reasons(["A", "B", "C"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_leaves_out_what_follows()
    {
        var graph = new FolderGraph([("A/One.cs", "class One;"), ("B/Two.cs", "class Two(One o);"), ("C/Three.cs", "class Three(One o, Two t);")]);
        Assert.Empty(graph.Cycles);
        Assert.Equal("flowchart TD\n    B --> A\n    C --> B\n", graph.Mermaid());
    }
}
