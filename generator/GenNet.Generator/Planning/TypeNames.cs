namespace GenNet.Generator.Planning;

/// <summary>Activations and losses are members of an enum or full names of types of the user's own.</summary>
static class TypeNames
{
    const string Own = "global::";

    public static string Activation(string name) => IsOwn(name) ? name : "global::GenNet.Activations." + name;

    public static string Loss(string name) => IsOwn(name) ? name : "global::GenNet.Losses." + name;

    public static bool IsOwn(string name) => name.StartsWith(Own, StringComparison.Ordinal);

    /// <summary>global::My.Loss → Loss.</summary>
    public static string Short(string name) => IsOwn(name) ? name.Substring(name.LastIndexOfAny(['.', ':']) + 1) : name;

    /// <summary>MeanSquaredError → mean squared error.</summary>
    public static string Words(string name) => IsOwn(name)
        ? Short(name)
        : string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
