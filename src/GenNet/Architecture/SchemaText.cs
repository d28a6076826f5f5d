using System.Globalization;
using System.Text;

namespace GenNet;

/// <summary>What a network computes in inference, in words, and the fingerprint of them.</summary>
/// <remarks>The generator compiles this file too: it compares a network with the one that wrote its weights.</remarks>
static class SchemaText
{
    const int LongestLine = 200;

    public static string Layer(string kind, int inputs, int outputs, string activation) => $"{kind} {inputs}→{outputs} {activation}";

    /// <summary>A layer that puts values of a thing in the place of its index.</summary>
    public static string Looked(string kind, int inputs, int outputs, int count, int size, int feature) =>
        $"{kind} {Text(inputs)}→{Text(outputs)} of {Text(count)}×{Text(size)}{(feature == 0 ? "" : $" at {Text(feature)}")}";

    public static string Norm(string layer, float epsilon) => $"{layer} ε={epsilon.ToString("R", CultureInfo.InvariantCulture)}";

    /// <summary>A residual connection.</summary>
    /// <param name="layer">It without its block.</param>
    /// <param name="back">Layers of the block.</param>
    /// <param name="projection">The layer through which the block's input goes, or null.</param>
    public static string Over(string layer, int back, string? projection = null) => $"{layer} over {back}{(projection is null ? "" : $" through {projection}")}";

    /// <param name="kind">The layer's kind.</param>
    /// <param name="positions">Steps of a sequence.</param>
    /// <param name="features">Features of each.</param>
    /// <param name="outputs">Values in all.</param>
    /// <param name="byFeature">Whether files have such a row feature by feature, as behind layers that go along the steps.</param>
    public static string Joined(string kind, int positions, int features, int outputs, bool byFeature = false) => $"{kind} {positions}×{features}→{outputs}{(byFeature ? " by feature" : "")}";

    /// <summary>An image, whose row files have in another order than that of steps.</summary>
    public static string Joined(string kind, int height, int width, int channels, int outputs) => $"{kind} {height}×{width}×{channels}→{outputs}";

    /// <summary>A layer that goes over an image.</summary>
    public static string Image(string kind, int height, int width, int channels, int outputHeight, int outputWidth, int outputs, string window, string activation) =>
        $"{kind} {height}×{width}×{channels}→{outputHeight}×{outputWidth}×{outputs} {window}{(activation == "Identity" ? "" : " " + activation)}";

    /// <summary>A layer that goes along the steps of a sequence.</summary>
    public static string Steps(string kind, int steps, int features, int outputSteps, int outputs, string window, string activation) =>
        $"{kind} {steps}×{features}→{outputSteps}×{outputs} {window}{(activation == "Identity" ? "" : " " + activation)}";

    /// <summary>A layer that goes through a sequence step by step.</summary>
    public static string StepByStep(string kind, int steps, int features, int outputSteps, int outputs, string? settings = null) => $"{kind} {steps}×{features}→{outputSteps}×{outputs}{(settings is null ? "" : " " + settings)}";

    /// <summary>A recurrent layer.</summary>
    public static string Recurrent(string kind, int steps, int features, int units, bool bidirectional, string? settings) =>
        StepByStep(kind, steps, features, steps, bidirectional ? 2 * units : units, bidirectional ? $"bidirectional{(settings is null ? "" : " " + settings)}" : settings);

    /// <summary>How its windows lie; what is usual is left out.</summary>
    public static string Along(int size, int stride, int dilation, int before, int groups = 1) =>
        $"of {Text(size)}{Steps("stride", (stride, stride))}{Steps("dilation", (dilation, dilation))}{(before == 0 ? "" : $" padding {Text(before)}")}{(groups == 1 ? "" : $" groups {Text(groups)}")}";

    /// <summary>How its windows lie; what is usual is left out.</summary>
    public static string Window(int height, int width, (int Height, int Width) stride, (int Height, int Width) dilation, int top, int left, int groups = 1) =>
        $"{height}×{width}{Steps("stride", stride)}{Steps("dilation", dilation)}{(top == 0 && left == 0 ? "" : $" padding {Text(top)},{Text(left)}")}{(groups == 1 ? "" : $" groups {Text(groups)}")}";

    static string Steps(string name, (int Height, int Width) steps) => steps == (1, 1) ? "" : $" {name} {Size(steps)}";

    /// <summary><c>2</c>, or <c>2×1</c>.</summary>
    public static string Size((int Height, int Width) size) => size.Height == size.Width ? Text(size.Height) : $"{Text(size.Height)}×{Text(size.Width)}";

    /// <summary>What is added around an image.</summary>
    public static string Sides(int top, int bottom, int left, int right) => $"padding {Text(top)},{Text(bottom)},{Text(left)},{Text(right)}";

    /// <summary>By what the sides of an image are multiplied, and how; what is usual is left out.</summary>
    public static string Times(int height, int width, string interpolation) => $"{Text(height)}×{Text(width)}{(interpolation == "Nearest" ? "" : " " + interpolation)}";

    /// <summary>The windows of a transposed convolution, and the rows and columns beyond them.</summary>
    public static string Transposed(string window, int outputPadding) => window + (outputPadding == 0 ? "" : $" output padding {Text(outputPadding)}");

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>All branches: <c>Dense 8→64 Tanh, Policy.Dense 64→4 Softmax</c>.</summary>
    public static string Network(IEnumerable<(string Prefix, IEnumerable<string> Layers)> branches) =>
        string.Join(", ", branches.SelectMany(branch => branch.Layers.Select(layer => (branch.Prefix == Trunk ? "" : branch.Prefix) + layer)));

    /// <summary>What stands before the names of the tensors that all heads share.</summary>
    public const string Trunk = "trunk.";

    /// <summary>How what the inputs or outputs of the network in a file mean differs from what those of a network mean; null where it does not, or where one of the two does not say.</summary>
    public static string? Difference(string? file, string? network)
    {
        if (string.IsNullOrEmpty(file) || string.IsNullOrEmpty(network) || file == network)
            return null;
        var (theirs, ours) = (file!.Split('\n'), network!.Split('\n'));
        var line = 0;
        while (line < theirs.Length && line < ours.Length && theirs[line] == ours[line])
            line++;
        return $"{At(theirs, line)} in the file, but {At(ours, line)} in the network";

        static string At(string[] lines, int line) => line < lines.Length ? Shorten(lines[line]) : "nothing more";
    }

    /// <summary>A file may say anything.</summary>
    static string Shorten(string line) => line.Length <= LongestLine ? line : line.Substring(0, LongestLine) + "…";

    /// <summary>FNV-1a (Fowler, Noll and Vo) of the UTF-8 bytes.</summary>
    public static ulong Hash(string network)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var value in Encoding.UTF8.GetBytes(network))
            hash = (hash ^ value) * 0x100000001B3;
        return hash;
    }
}
