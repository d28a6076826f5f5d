using System.Text;
using GenNet.Shared;
using GenNet.Tests.Documentation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Tests.Architecture;

/// <summary>Which folders of a project use which: folder a uses b where a file in a names a type, or a member, that a file in b declares.</summary>
sealed class FolderGraph
{
    readonly SortedDictionary<string, SortedSet<string>> _uses = new(StringComparer.Ordinal);
    readonly Dictionary<(string From, string To), SortedSet<string>> _reasons = [];

    /// <param name="files">Paths, and their texts.</param>
    public FolderGraph(IEnumerable<(string Path, string Text)> files)
    {
        var options = InMemoryCompiler.ParseOptions.WithPreprocessorSymbols("NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER");
        SyntaxTree[] trees = [.. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Path)), CSharpSyntaxTree.ParseText(ImplicitUsings, options)];
        var compilation = CSharpCompilation.Create("Folders", trees, Framework(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        foreach (var tree in trees.Where(tree => tree.FilePath.Length > 0))
            Read(compilation.GetSemanticModel(tree));
    }

    const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>The graph of a project of the repository.</summary>
    /// <param name="project">The project's folder, from the repository's.</param>
    public static FolderGraph Of(string project) => new(Repository.Files(project, "*.cs").Select(path => (path, Repository.Read(project + "/" + path))));

    public IEnumerable<string> Folders => _uses.Keys;

    public IReadOnlyCollection<string> UsedBy(string folder) => _uses[folder];

    /// <summary>Groups of folders each of which uses, directly or not, all others of its group.</summary>
    public IEnumerable<string[]> Cycles =>
        Folders.Select(folder => Folders.Where(other => other == folder || (Reaches(folder, other) && Reaches(other, folder))).ToArray())
            .Where(group => group.Length > 1)
            .DistinctBy(group => group[0]);

    /// <summary>The files that make one folder use another, for messages.</summary>
    public string Reasons(IEnumerable<string> folders) =>
        string.Join('\n', from a in folders from b in folders where _reasons.ContainsKey((a, b)) select $"{a} → {b}: {string.Join(", ", _reasons[(a, b)])}");

    /// <summary>A flowchart in Mermaid's notation, what is used below its users. Edges that follow from others are left out.</summary>
    public string Mermaid()
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var folder in Folders)
        {
            var uses = _uses[folder];
            foreach (var used in uses.Where(used => !uses.Any(other => other != used && Reaches(other, used) && !Reaches(used, other) && !Reaches(other, folder))))
                text.Append($"    {NodeOf(folder)} --> {NodeOf(used)}\n");
        }
        return text.ToString();
    }

    /// <summary>Mermaid knows a node by a word, and shows what stands in brackets.</summary>
    static string NodeOf(string folder) => folder.Contains('/') ? $"{folder.Replace("/", "")}[{folder}]" : folder;

    bool Reaches(string from, string to)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var folder))
            foreach (var used in _uses[folder])
            {
                if (used == to)
                    return true;
                if (seen.Add(used))
                    open.Push(used);
            }
        return false;
    }

    void Read(SemanticModel model)
    {
        var from = FolderOf(model.SyntaxTree);
        Node(from);
        foreach (var name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            if (model.GetSymbolInfo(name).Symbol is { } symbol and not INamespaceSymbol && Declaration(symbol) is { } declaration && FolderOf(declaration) is var to && to != from)
            {
                Node(to);
                _uses[from].Add(to);
                if (!_reasons.TryGetValue((from, to), out var reasons))
                    _reasons[(from, to)] = reasons = new(StringComparer.Ordinal);
                reasons.Add($"{NameOf(model.SyntaxTree)} names {NameOf(declaration)}");
            }
    }

    void Node(string folder)
    {
        if (!_uses.ContainsKey(folder))
            _uses[folder] = new(StringComparer.Ordinal);
    }

    static IEnumerable<MetadataReference> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == folder)
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    static SyntaxTree? Declaration(ISymbol symbol) =>
        (symbol.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault() ?? symbol.ContainingType?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault())?.SyntaxTree;

    static string FolderOf(SyntaxTree tree) => tree.FilePath.Contains('/') ? tree.FilePath[..tree.FilePath.LastIndexOf('/')] : "";

    static string NameOf(SyntaxTree tree) => Path.GetFileName(tree.FilePath).Split('.')[0];
}
