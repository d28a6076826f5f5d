using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenNet.Tests.Reference;

/// <summary>A network that PyTorch ran and trained in double precision; tests/torch/make_references.py writes them.</summary>
sealed record TorchReference : NetworkCase
{
    const string Folder = "torch/";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>[samples, outputs] with the initial weights, row by row.</summary>
    public required double[] Outputs { get; init; }

    /// <summary>The mean loss before each step of training.</summary>
    public required double[] Losses { get; init; }

    /// <summary>The gradients with the initial weights, for each layer [out, in].</summary>
    public required double[][] WeightGradients { get; init; }

    /// <summary>The gradients with the initial weights, for each layer [out].</summary>
    public required double[][] BiasGradients { get; init; }

    /// <summary>The weights after the last step.</summary>
    public required double[][] FinalWeights { get; init; }

    /// <summary>The biases after the last step.</summary>
    public required double[][] FinalBiases { get; init; }

    /// <summary>All names, for <c>[MemberData(nameof(TorchReference.Names), MemberType = typeof(TorchReference))]</c>.</summary>
    public static TheoryData<string> Names => new(SortedNames());

    public static TorchReference[] All() => SortedNames().Select(Load).ToArray();

    public static TorchReference Load(string name)
    {
        using var stream = typeof(TorchReference).Assembly.GetManifestResourceStream($"{Folder}{name}.json")
            ?? throw new ArgumentException($"There is no reference {name}: run tests/torch/make_references.py.", nameof(name));
        return JsonSerializer.Deserialize<TorchReference>(stream, Options)!;
    }

    static IEnumerable<string> SortedNames() =>
        typeof(TorchReference).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^".json".Length])
            .Order(StringComparer.Ordinal);
}
