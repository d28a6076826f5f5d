namespace GenNet.Tool.Models;

/// <summary>Names for heads in C#, which has words of its own, of outputs and tensors that may be called anything.</summary>
static class HeadNames
{
    /// <summary>The words of C# 12, also those that are one at times, and what emitted code needs.</summary>
    static readonly HashSet<string> Taken =
    [
        "abstract", "add", "alias", "allows", "and", "annotations", "as", "ascending", "assembly", "async", "await", "base", "bool", "break", "by", "byte", "case", "catch", "char", "checked",
        "class", "const", "continue", "decimal", "default", "delegate", "descending", "disable", "do", "double", "else", "enable", "enum", "equals", "event", "explicit", "extension", "extern", "false", "field", "file",
        "finally", "fixed", "float", "for", "foreach", "from", "get", "global", "goto", "group", "if", "implicit", "in", "init", "int", "interface", "internal", "into", "is",
        "join", "let", "lock", "long", "managed", "method", "module", "nameof", "namespace", "new", "not", "null", "object", "on", "operator", "or", "orderby", "out",
        "override", "param", "params", "partial", "private", "property", "protected", "public", "readonly", "record", "ref", "remove", "required", "restore", "return", "sbyte",
        "scoped", "sealed", "select", "set", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "type", "typeof",
        "typevar", "uint", "ulong", "unchecked", "unmanaged", "unsafe", "ushort", "using", "value", "var", "virtual", "void", "volatile", "warnings", "when", "where", "while", "with", "yield",
        "__arglist", "__makeref", "__reftype", "__refvalue", "_",
        "Heads", "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize",
    ];

    /// <summary>A name for each head: its own where it can have it.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<NetworkHead> heads)
    {
        var names = new List<string>();
        foreach (var head in heads)
        {
            var name = Taken.Contains(head.Name) ? char.ToUpperInvariant(head.Name[0]) + head.Name[1..] : head.Name;
            while (Taken.Contains(name) || names.Exists(other => AreAlike(other, name)) || heads.Any(other => other != head && other.Name != head.Name && AreAlike(other.Name, name)))
                name += "_";
            names.Add(name);
        }
        return names;
    }

    /// <summary>As GN0099 has it: but for the case of letters the same, or what C# keeps for an accessor.</summary>
    static bool AreAlike(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase) || IsAccessor(name, other) || IsAccessor(other, name);

    static bool IsAccessor(string name, string property) => name == $"get_{property}" || name == $"set_{property}";
}
