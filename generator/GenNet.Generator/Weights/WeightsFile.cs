using System.Globalization;
using GenNet.Generator.Infrastructure;
using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Weights;

/// <summary>What the build says of a file of weights: the generator itself reads no files.</summary>
/// <param name="Name">Its path from the project, with slashes.</param>
/// <param name="Length">Bytes of the resource that it becomes.</param>
/// <param name="SchemaHash">The fingerprint of the network that wrote it, as hexadecimal digits; empty where it does not say.</param>
/// <param name="Inputs">What the inputs of that network meant; empty where it does not say.</param>
/// <param name="Outputs">The same of its outputs.</param>
/// <param name="Fault">Why it cannot be read; empty where it can.</param>
/// <param name="Tensors">What is in it.</param>
sealed record WeightsFile(string Name, long Length, string SchemaHash, string Inputs, string Outputs, string Fault, EquatableArray<WeightsTensor> Tensors)
{
    /// <summary>Ends the names of the build's descriptions, which GenNet.Weights writes.</summary>
    const string Extension = ".gennet-weights.txt";

    /// <summary>Whether the build says there what is in a file of weights.</summary>
    public static bool IsDescription(AdditionalText text) => text.Path.EndsWith(Extension, StringComparison.Ordinal);

    /// <summary>Reads what the build says.</summary>
    public static WeightsFile Read(AdditionalText text, CancellationToken cancellationToken) => Parse(text.GetText(cancellationToken)?.ToString() ?? "");

    /// <summary>Reads a description: a line for each fact, its name first.</summary>
    public static WeightsFile Parse(string text)
    {
        var facts = text.Split('\n').Select(line => line.TrimEnd('\r').Split([' '], 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1]);
        var tensors = facts["tensor"].Select(WeightsTensor.Parse).ToList();
        return new(
            Unescape(facts["name"].FirstOrDefault() ?? ""),
            long.TryParse(facts["length"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0,
            Unescape(facts["schema"].FirstOrDefault() ?? ""),
            Unescape(facts["inputs"].FirstOrDefault() ?? ""),
            Unescape(facts["outputs"].FirstOrDefault() ?? ""),
            Unescape(facts["fault"].FirstOrDefault() ?? (tensors.Contains(null) ? "the description that the build wrote of it is damaged; rebuild the project" : "")),
            tensors.OfType<WeightsTensor>().ToEquatableArray());
    }

    /// <summary>Whether a network that names weights may mean these: it gives the path, or its end.</summary>
    public bool IsMeantBy(string weights)
    {
        var path = weights.Replace('\\', '/');
        if (path.StartsWith("./", StringComparison.Ordinal))
            path = path.Substring(2);
        return Name == path || Name.EndsWith("/" + path, StringComparison.Ordinal);
    }

    internal static string Unescape(string text) => Uri.UnescapeDataString(text);
}

/// <summary>A tensor of such a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Offset">Its first byte in the resource.</param>
/// <param name="Shape">Its dimensions, as in <c>[128, 784]</c>.</param>
sealed record WeightsTensor(string Name, string Type, long Offset, string Shape)
{
    /// <summary>F32 1104 128,784 0.weight; null for anything else.</summary>
    public static WeightsTensor? Parse(string text)
    {
        var parts = text.Split([' '], 4);
        return parts.Length == 4 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? new(WeightsFile.Unescape(parts[3]), parts[0], offset, $"[{parts[2].Replace(",", ", ")}]")
            : null;
    }

    public override string ToString() => $"{Name} {Shape}";
}
