using Xunit.Sdk;

namespace GenNet.Tests.Generation;

public sealed class SnapshotComparerTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    string Verified => Path.Combine(_folder.FullName, "Tests.Net#A.Net.g.verified.cs");

    string Received => Path.Combine(_folder.FullName, "Tests.Net#A.Net.g.received.cs");

    [Fact]
    public void A_new_file_is_written_for_review()
    {
        Assert.Contains("Tests.Net#A.Net.g.verified.cs does not exist. Compare it with " + Received, Failure("a\n"));
        Assert.Equal("a\n", File.ReadAllText(Received));
    }

    [Fact]
    public void A_file_that_differs_is_written_for_review()
    {
        File.WriteAllText(Verified, "a\nb\n");
        Assert.Contains("differs in line 2: had 'b', got 'c'", Failure("a\r\nc\r\n"));
        Assert.Equal("a\nc\n", File.ReadAllText(Received));
    }

    [Fact]
    public void Line_endings_do_not_count_and_an_old_difference_is_removed()
    {
        File.WriteAllText(Received, "old");
        File.WriteAllText(Verified, "a\r\nb\r\n");
        Verify("a\nb\n");
        Assert.False(File.Exists(Received));
    }

    [Fact]
    public void A_file_that_is_gone_is_missed()
    {
        File.WriteAllText(Verified, "a\n");
        File.WriteAllText(Verified.Replace("A.Net", "B.Net"), "b\n");
        Assert.Contains("Tests.Net#B.Net.g.verified.cs is no longer generated", Failure("a\n"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    string Failure(string text) => Assert.Throws<XunitException>(() => Verify(text)).Message;

    void Verify(string text) => Snapshot.Verify(
        new Dictionary<string, string> { ["A.Net.g.cs"] = text }, Path.Combine(_folder.FullName, "Tests.cs"), "Net");
}
