using System.Text.RegularExpressions;

namespace GenNet.Generator.Emission;

/// <summary>
/// Short names for namespaces in an emitted file: <c>Simd::Simd128</c> instead of <c>global::GenNet.Simd.Simd128</c>. Before <c>::</c> C# looks for aliases
/// alone, so that no type, member or namespace of the user's can come between.
/// </summary>
static class NamespaceAliases
{
    /// <summary>Where they stand in the text.</summary>
    public const string Place = "// The alias before '::' cannot be hidden by a type, a member or a namespace.";

    const string Full = "global::";

    static readonly (string Alias, string Namespace)[] All =
    [
        ("GenNet", "GenNet"),
        ("Activations", "GenNet.Activations"),
        ("Losses", "GenNet.Losses"),
        ("Runtime", "GenNet.Runtime"),
        ("Simd", "GenNet.Simd"),
        ("System", "System"),
        ("Compiler", "System.Runtime.CompilerServices"),
        ("Interop", "System.Runtime.InteropServices"),
    ];

    /// <summary>The aliases.</summary>
    public static IEnumerable<string> Names { get; } = All.Select(pair => pair.Alias).ToArray();

    static readonly Dictionary<string, string> Aliases = All.ToDictionary(pair => pair.Namespace, pair => pair.Alias);

    // The longest namespace is tried first.
    static readonly Regex Reference = new(
        $@"\bglobal::({string.Join("|", All.Select(pair => pair.Namespace).OrderByDescending(name => name.Length).Select(Regex.Escape))})\.", RegexOptions.CultureInvariant);

    /// <summary>The text with short names and the lines that give them.</summary>
    /// <param name="text">With full names.</param>
    /// <param name="areAllowed">Whether there may be any.</param>
    public static string Apply(string text, bool areAllowed)
    {
        if (!areAllowed)
            return text.Replace(Place + "\n\n", "");
        var used = new HashSet<string>();
        var shortened = Reference.Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            used.Add(name);
            return Aliases[name] + "::";
        });
        var lines = All.Where(pair => used.Contains(pair.Namespace)).Select(pair => $"using {pair.Alias} = {Full}{pair.Namespace};\n");
        return shortened.Replace(Place + "\n", Place + "\n" + string.Concat(lines));
    }
}
