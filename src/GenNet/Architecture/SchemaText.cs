using System.Globalization;
using System.Text;

namespace GenNet;

/// <summary>What a network computes in inference, in words, and the fingerprint of them.</summary>
/// <remarks>The generator compiles this file too: it compares a network with the one that wrote its weights.</remarks>
static class SchemaText
{
    public static string Layer(string kind, int inputs, int outputs, string activation) => $"{kind} {inputs}→{outputs} {activation}";

    public static string Norm(string layer, float epsilon) => $"{layer} ε={epsilon.ToString("R", CultureInfo.InvariantCulture)}";

    public static string Residual(string layer, int back) => $"{layer} over {back}";

    public static string Network(IEnumerable<string> layers) => string.Join(", ", layers);

    /// <summary>FNV-1a (Fowler, Noll and Vo) of the UTF-8 bytes.</summary>
    public static ulong Hash(string network)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var value in Encoding.UTF8.GetBytes(network))
            hash = (hash ^ value) * 0x100000001B3;
        return hash;
    }
}
