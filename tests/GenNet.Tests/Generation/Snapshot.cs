using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace GenNet.Tests.Generation;

/// <summary>
/// Compares generated files with those that were read and accepted before, which lie beside the test as
/// <c>Type.Method#File.verified.cs</c>. What differs is written to <c>Type.Method#File.received.cs</c>.
/// </summary>
static class Snapshot
{
    public static void Verify(
        IReadOnlyDictionary<string, string> sources, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        var folder = Path.GetDirectoryName(testFile)!;
        var prefix = $"{Path.GetFileNameWithoutExtension(testFile)}.{method}#";
        string FileOf(string hintName, string state) => Path.Combine(folder, $"{prefix}{Path.GetFileNameWithoutExtension(hintName)}.{state}.cs");

        foreach (var leftover in Directory.EnumerateFiles(folder, $"{prefix}*.received.cs"))
            File.Delete(leftover);

        var problems = new List<string>();
        foreach (var (hintName, text) in sources)
        {
            var verified = FileOf(hintName, "verified");
            if (Difference(verified, Normalize(text)) is not { } difference)
                continue;
            var received = FileOf(hintName, "received");
            File.WriteAllText(received, Normalize(text));
            problems.Add($"{Path.GetFileName(verified)} {difference}. Compare it with {received}; to accept, rename that to *.verified.cs.");
        }

        var expected = sources.Keys.Select(hintName => FileOf(hintName, "verified")).ToHashSet();
        problems.AddRange(Directory.EnumerateFiles(folder, $"{prefix}*.verified.cs")
            .Where(file => !expected.Contains(file))
            .Select(file => $"{Path.GetFileName(file)} is no longer generated. To accept, delete it."));

        if (problems.Count > 0)
            throw new XunitException(string.Join("\n", problems));
    }

    static string? Difference(string verified, string received)
    {
        if (!File.Exists(verified))
            return "does not exist";
        var was = Normalize(File.ReadAllText(verified)).Split('\n');
        var isNow = received.Split('\n');
        for (var line = 0; line < Math.Max(was.Length, isNow.Length); line++)
        {
            var (old, now) = (was.ElementAtOrDefault(line), isNow.ElementAtOrDefault(line));
            if (old != now)
                return $"differs in line {line + 1}: had '{old}', got '{now}'";
        }
        return null;
    }

    static string Normalize(string text) => text.ReplaceLineEndings("\n");
}
