namespace GenNet.Generator.Planning;

/// <summary>Activations and losses are members of an enum or full names of types of the user's own.</summary>
static class TypeNames
{
    const string Own = "global::";

    public static string Activation(string name) => IsOwn(name) ? name : "global::GenNet.Activations." + name;

    public static string Loss(string name) => IsOwn(name) ? name : "global::GenNet.Losses." + name;

    /// <summary>How weights start: as declared, or as suits an activation.</summary>
    public static string Initializer(string declared, string activation) => (declared, activation) switch
    {
        ("Default", "Softmax") => "global::GenNet.Initializer.GlorotUniform",
        ("Default", _) => Activation(activation) + ".DefaultInitializer",
        _ => "global::GenNet.Initializer." + declared,
    };

    public static bool IsOwn(string name) => name.StartsWith(Own, StringComparison.Ordinal);

    /// <summary>global::My.Loss → Loss, global::My.Power&lt;global::My.Two&gt; → Power.</summary>
    public static string Short(string name) => Split(name).Name;

    /// <summary>global::My.Power&lt;global::My.Two&gt; → Power`1, the name by which reflection knows the type.</summary>
    public static string Reflected(string name) => Split(name) is { Arity: > 0 } type ? $"{type.Name}`{type.Arity}" : Short(name);

    /// <summary>MeanSquaredError → mean squared error.</summary>
    public static string Words(string name) => IsOwn(name)
        ? Short(name)
        : string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>The name of a type without namespace, containing types and type arguments, and how many of these there are.</summary>
    static (string Name, int Arity) Split(string name)
    {
        var (end, depth, arity) = (name.Length, 0, 0);
        if (name.EndsWith(">", StringComparison.Ordinal))
            do
            {
                var c = name[--end];
                depth += c == '>' ? 1 : c == '<' ? -1 : 0;
                arity += depth == 1 && (c is '>' or ',') ? 1 : 0;
            }
            while (depth > 0);
        var start = name.LastIndexOfAny(['.', ':'], end - 1) + 1;
        return (name.Substring(start, end - start), arity);
    }
}
