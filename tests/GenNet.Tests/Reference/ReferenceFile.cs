using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenNet.Tests.Reference;

/// <summary>The JSON files that the scripts in tests/reference wrote, embedded in this assembly.</summary>
static class ReferenceFile
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The names of a folder's files, sorted.</summary>
    public static IEnumerable<string> Names(string folder) =>
        typeof(ReferenceFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => name[folder.Length..^".json".Length])
            .Order(StringComparer.Ordinal);

    public static T Load<T>(string folder, string name, string script)
    {
        using var stream = typeof(ReferenceFile).Assembly.GetManifestResourceStream($"{folder}{name}.json")
            ?? throw new ArgumentException($"There is no reference {name}: run tests/reference/{script}.", nameof(name));
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }
}
