using System.Runtime.CompilerServices;

namespace GenNet.Tests.Documentation;

/// <summary>Finds what the repository keeps outside of the tests.</summary>
static class Repository
{
    /// <summary>The text of a file.</summary>
    /// <param name="path">From the repository's folder.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder(), path));

    /// <summary>Replaces the text of a file.</summary>
    /// <param name="path">From the repository's folder.</param>
    /// <param name="text">Its new text.</param>
    public static void Write(string path, string text) => File.WriteAllText(Path.Combine(Folder(), path), text);

    /// <summary>The Markdown files of a folder, as paths from the repository's.</summary>
    /// <param name="folder">From the repository's folder.</param>
    public static IEnumerable<string> Pages(string folder) =>
        Directory.GetFiles(Path.Combine(Folder(), folder), "*.md").Select(path => folder + "/" + Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Every project, as a path from the repository's folder. The template's is none of them.</summary>
    public static IEnumerable<string> Projects() =>
        Directory.GetFiles(Folder(), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.GetFullPath(Folder()), Path.GetFullPath(path)).Replace('\\', '/'))
            .Where(path => !path.StartsWith("templates/gennet/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>The source files below a folder, as paths from it, with slashes; what a build made is left out.</summary>
    /// <param name="folder">From the repository's folder.</param>
    /// <param name="pattern">Such as <c>*.cs</c>.</param>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var root = Path.Combine(Folder(), folder);
        return Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Whether a file or folder exists.</summary>
    /// <param name="path">From the repository's folder.</param>
    public static bool Has(string path) => Path.Exists(Path.Combine(Folder(), path));

    static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "../../..");
}
