using System.Globalization;
using System.Text.RegularExpressions;

namespace GenNet.Tool.Models;

/// <summary>Reads descriptions of networks, <c>784-128-10 relu softmax</c> or what <see cref="NetworkArchitecture.Schema"/> gives.</summary>
static partial class NetworkText
{
    /// <summary>What no description says: it matters in training alone.</summary>
    const float Momentum = 0.1f;

    /// <inheritdoc cref="Momentum"/>
    const double DropoutRate = 0.5;

    /// <summary>How a layer of each kind is added. A new kind is listed here.</summary>
    static readonly Dictionary<string, Action<ArchitectureBuilder, Described>> Kinds = new()
    {
        ["Dense"] = (network, layer) => network.Dense(layer.Outputs, layer.Activation),
        ["BatchNorm"] = (network, layer) => network.BatchNorm(layer.Activation, Momentum, layer.Epsilon),
        ["LayerNorm"] = (network, layer) => network.LayerNorm(layer.Activation, layer.Epsilon),
        ["Dropout"] = (network, _) => network.Dropout(DropoutRate),
        ["Residual"] = (network, layer) => network.Residual(layer.Back, layer.Activation),
        ["Flatten"] = (network, layer) => network.Flatten(layer.Positions),
    };

    /// <summary>The described network.</summary>
    /// <exception cref="UserErrorException">The text is no description.</exception>
    /// <param name="text">The description.</param>
    /// <param name="name">What to call the network.</param>
    /// <param name="inputs">What its inputs mean, if anybody knows.</param>
    /// <param name="outputs">What its outputs mean.</param>
    public static NetworkArchitecture Parse(string text, string name = "the network", string? inputs = null, string? outputs = null)
    {
        try
        {
            var builder = text.Contains('→', StringComparison.Ordinal) || text.Contains("->", StringComparison.Ordinal) ? Layers(text) : Sizes(text);
            (builder.InputSchema, builder.OutputSchema) = (inputs, outputs);
            return builder.Build(name, "");
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            throw new UserErrorException($"\"{text}\": {e.Message}");
        }
    }

    /// <summary>Sizes, then the activations of the hidden layers and of the output layer, as <see cref="NetworkAttribute"/> has them.</summary>
    static ArchitectureBuilder Sizes(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 3)
            throw new UserErrorException($"\"{text}\" should be sizes, the hidden and the output activation, such as \"784-128-10 relu softmax\".");
        var sizes = words[0].Split('-').Select(size => Number(size, text)).ToArray();
        if (sizes.Length < 2)
            throw new UserErrorException($"\"{text}\" should have at least two sizes, such as \"784-10\".");
        LayerActivation hidden = words.Length > 1 ? Known(words[1]) : Activation.ReLU;
        LayerActivation output = words.Length > 2 ? Known(words[2]) : Activation.Identity;
        var builder = new ArchitectureBuilder(sizes[0]);
        for (var i = 1; i < sizes.Length; i++)
            builder.Dense(sizes[i], i == sizes.Length - 1 ? output : hidden);
        return builder;
    }

    static ArchitectureBuilder Layers(string text)
    {
        ArchitectureBuilder? builder = null;
        foreach (var layer in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (LayerPattern().Match(layer) is not { Success: true } match)
                throw new UserErrorException($"\"{layer}\" should be a layer, such as \"Dense 784→128 ReLU\".");
            var (inputs, outputs) = (Number(match.Groups["inputs"].Value, layer), Number(match.Groups["outputs"].Value, layer));
            builder ??= new ArchitectureBuilder(inputs);
            if (inputs != builder.Units)
                throw new UserErrorException($"\"{layer}\" takes {inputs} values, the layer before it gives {builder.Units}.");
            Add(builder, match, outputs);
            if (outputs != builder.Units)
                throw new UserErrorException($"\"{layer}\" gives as many values as it takes.");
        }
        return builder!;
    }

    static void Add(ArchitectureBuilder builder, Match layer, int outputs)
    {
        var name = layer.Groups["activation"];
        LayerActivation activation = !name.Success ? Activation.Identity : Enum.TryParse<Activation>(name.Value, out var known) ? known : new LayerActivation(null, name.Value);
        if (!Kinds.TryGetValue(layer.Groups["kind"].Value, out var add))
            throw new UserErrorException($"\"{layer.Value}\": there is no layer {layer.Groups["kind"].Value}; there are {string.Join(", ", Kinds.Keys)}.");
        add(builder, new(outputs, activation, Epsilon(), layer.Groups["back"] is { Success: true } back ? Number(back.Value, layer.Value) : 1,
            layer.Groups["positions"] is { Success: true } positions ? Number(positions.Value, layer.Value) : 1));

        float Epsilon() => layer.Groups["epsilon"] is not { Success: true } epsilon ? 1e-5f
            : float.TryParse(epsilon.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && float.IsFinite(value) ? value
            : throw new UserErrorException($"\"{layer.Value}\": ε should be a positive number.");
    }

    /// <summary>What a description says of a layer.</summary>
    readonly record struct Described(int Outputs, LayerActivation Activation, float Epsilon, int Back, int Positions);

    static Activation Known(string name) => Enum.TryParse<Activation>(name, ignoreCase: true, out var activation) && Enum.IsDefined(activation) && !char.IsAsciiDigit(name[0])
        ? activation
        : throw new UserErrorException($"there is no activation {name}; there are {string.Join(", ", Enum.GetNames<Activation>())}.");

    static int Number(string text, string within) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new UserErrorException($"\"{within}\": \"{text}\" should be a size, a whole number of at least 1.");

    [GeneratedRegex(@"^(?<kind>\p{L}+) ((?<positions>\d+)(×|x))?(?<inputs>\d+)(→|->)(?<outputs>\d+)( (?<activation>\p{L}\w*))?( (ε|eps)=(?<epsilon>\S+))?( over (?<back>\d+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex LayerPattern();
}
