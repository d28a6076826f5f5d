using System.Globalization;
using System.Text;

namespace GenNet.Tool.Models;

/// <summary>Writes the C# declaration of a network.</summary>
static class Declaration
{
    static readonly NetworkAttribute Defaults = new(1);

    /// <summary>The declaration that a file fits, ready to compile.</summary>
    public static string Of(ModelFile file, string? name)
    {
        var source = new StringBuilder("using GenNet;\n\n");
        var network = file.Architecture;
        if (network is null)
        {
            network = file.Guessed;
            source.Append(CultureInfo.InvariantCulture, $"// The file has weights alone: the activations are a guess{(network.Heads is [{ Name: "" }] ? "" : ", and so is the order of the heads")}.\n");
        }
        foreach (var untold in network.Layers.Select(layer => layer.Untold).OfType<string>().Distinct())
            source.Append(CultureInfo.InvariantCulture, $"// The file does not tell {untold}, which matters in training alone.\n");
        if (network.Heads is not [{ Name: "" }])
            source.Append("// The file does not tell the losses of heads and their weights, which matter in training alone.\n");
        var heads = HeadNames.Of(network.Heads);
        foreach (var (head, called) in network.Heads.Zip(heads).Where(pair => pair.First.Name != pair.Second))
            source.Append(CultureInfo.InvariantCulture, $"// Head {called} is called {head.Name} in the file, which no head can be{(file is SafeTensorsModel ? ": pass names to Load" : "")}.\n");
        source.Append(IsUniform(network) ? Uniform(network) : string.Concat(Attributes(network, heads).Select(attribute => $"[{attribute}]\n")));
        return source.Append(CultureInfo.InvariantCulture, $"public sealed partial class {Identifier(name ?? (network.Name.Length > 0 ? network.Name : Path.GetFileNameWithoutExtension(file.Path)))};\n").ToString();
    }

    /// <summary>Whether all layers are dense, and all but the last alike, so that one attribute is enough.</summary>
    static bool IsUniform(NetworkArchitecture network) =>
        network.Heads is [{ Name: "" }] && network.Layers.All(layer => layer is DenseLayer && layer.Activation.BuiltIn is not null) && network.Layers.SkipLast(1).Select(layer => layer.Activation).Distinct().Count() <= 1;

    static string Uniform(NetworkArchitecture network)
    {
        var arguments = network.Layers.Select(layer => layer.Outputs.ToString(CultureInfo.InvariantCulture)).Prepend(network.InputSize.ToString(CultureInfo.InvariantCulture)).ToList();
        if (network.Layers.Count > 1 && network.Layers[0].Activation != (LayerActivation)Defaults.Hidden)
            arguments.Add($"Hidden = {Name(network.Layers[0].Activation)}");
        if (network.Layers[^1].Activation != (LayerActivation)Defaults.Output)
            arguments.Add($"Output = {Name(network.Layers[^1].Activation)}");
        return $"[Network({string.Join(", ", arguments)})]\n";
    }

    static IEnumerable<string> Attributes(NetworkArchitecture network, IReadOnlyList<string> heads)
    {
        if (network.Layers.Select(layer => layer.ImageTaken).FirstOrDefault(image => image is not null) is var (height, width))
        {
            yield return "Network";
            yield return string.Create(CultureInfo.InvariantCulture, $"Image({height}, {width}{(network.Layers[0].Inputs == 1 ? "" : $", {network.Layers[0].Inputs}")})");
        }
        else if (network.Positions > 1 || network.Layers.Any(layer => layer.GoesAlongSteps))
        {
            yield return "Network";
            yield return string.Create(CultureInfo.InvariantCulture, $"Sequence({network.Positions}, {network.Layers[0].Inputs})");
        }
        else
            yield return string.Create(CultureInfo.InvariantCulture, $"Network({network.InputSize})");
        for (var index = 0; index < network.Layers.Count; index++)
        {
            for (var head = 0; head < heads.Count; head++)
                if (heads[head].Length > 0 && network.Heads[head].Layers.Start.Value == index)
                    yield return $"Head(\"{heads[head]}\")";
            var layer = network.Layers[index];
            if (IsGlobal(layer) && network.Layers.Skip(index + 1).All(behind => behind.PositionsChange is null))
            {
                yield return $"Global{layer.Kind}";
                continue;
            }
            var (before, behind) = layer.Arguments;
            string[] arguments = [.. new[] { before, layer.Activation.IsIdentity ? null : Name(layer.Activation), behind }.OfType<string>()];
            yield return arguments.Length == 0 ? layer.Kind : $"{layer.Kind}({string.Join(", ", arguments)})";
        }
    }

    /// <summary>Whether a layer is a pool with a window over all of an image of several pixels. What a global pool gives is no image any more, which one of one pixel may have to stay.</summary>
    static bool IsGlobal(Layer layer) => layer is PoolLayer { Window: { Stride: { Height: 1, Width: 1 }, Top: 0, Left: 0, OutputHeight: 1, OutputWidth: 1 } window }
        && (window.Height, window.Width) == (window.InputHeight, window.InputWidth) && (window.Height, window.Width) != (1, 1);

    static string Name(LayerActivation activation) => activation.BuiltIn is { } known ? $"Activation.{known}" : $"typeof({activation.Name})";

    /// <summary>The text as the name of a class.</summary>
    static string Identifier(string text)
    {
        var name = string.Concat(text.Split([' ', '-', '.', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(char.IsLetterOrDigit)))
            .Where(word => word.Length > 0)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return name.Length > 0 && char.IsLetter(name[0]) ? name : $"Network{name}";
    }
}
