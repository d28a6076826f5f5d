namespace GenNet.Shared;

/// <summary>A project with many networks, of every activation, from small and unrolled to large.</summary>
static class ManyNetworks
{
    static readonly string[] Activations = ["ReLU", "Tanh", "Sigmoid", "GELU", "SiLU", "ELU", "LeakyReLU", "Softplus"];

    /// <summary>One file a network: <c>Net0</c>, <c>Net1</c> and so on, each with two to six layers.</summary>
    public static string[] Sources(int count) => [.. Enumerable.Range(0, count).Select(Source)];

    /// <summary>A network of that many layers.</summary>
    public static string Source(string name, int inputs, IEnumerable<int> layers) => $$"""
        using GenNet;

        namespace Many;

        /// <summary>A network.</summary>
        [Network({{inputs}}, {{string.Join(", ", layers)}})]
        public sealed partial class {{name}}
        {
        }
        """;

    static string Source(int index)
    {
        var hidden = Enumerable.Range(0, 1 + index % 5).Select(layer => 4 + (index * 7 + layer * 13) % 90);
        var source = Source($"Net{index}", 2 + index * 3 % 40, hidden.Append(1 + index % 10));
        return source.Replace(")]", $", Hidden = Activation.{Activations[index % Activations.Length]})]", StringComparison.Ordinal);
    }
}
