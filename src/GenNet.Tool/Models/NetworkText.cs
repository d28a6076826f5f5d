using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GenNet.Tool.Models;

/// <summary>Reads descriptions of networks, <c>784-128-10 relu softmax</c> or what <see cref="NetworkArchitecture.Schema"/> gives.</summary>
static partial class NetworkText
{
    /// <summary>The library's methods that add a layer, named as the kind that they add: a description gives their arguments.</summary>
    static readonly SortedDictionary<string, MethodInfo> Kinds = new(typeof(ArchitectureBuilder).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(ArchitectureBuilder) && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(ArchitectureBuilder))
        .ToDictionary(method => method.Name), StringComparer.Ordinal);

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
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new UserErrorException($"\"{text}\": {e.Message}");
        }
    }

    /// <summary>Whether a description can name a head so.</summary>
    public static bool IsHead(string name) => HeadPattern().IsMatch(name);

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
        var layers = SeparatorPattern().Split(text).Select(part => Layer(part.Trim())).ToList();
        var builder = Begin(layers);
        var head = "";
        foreach (var match in layers)
        {
            var layer = match.Value;
            var (inputs, outputs) = (Number(match.Groups["inputs"].Value, layer), Number(match.Groups["outputs"].Value, layer));
            if (match.Groups["head"].Value is var own && own != head)
                builder.Head(head = own.Length > 0 ? own : throw new UserErrorException($"\"{layer}\" stands behind a head's layers, but names no head; all heads share what stands before them."));
            if (inputs != builder.Units)
                throw new UserErrorException($"\"{layer}\" takes {inputs} values, the layer before it gives {builder.Units}.");
            Add(builder, match);
            if (outputs != builder.Units)
                throw new UserErrorException($"\"{layer}\" gives as many values as it takes.");
            if (match.Groups["outputHeight"].Success && (builder.Height, builder.Width) != (Number(match.Groups["outputHeight"].Value, layer), Number(match.Groups["outputWidth"].Value, layer)))
                throw new UserErrorException($"\"{layer}\" gives images of {builder.Height}×{builder.Width} pixels.");
            if (match.Groups["outputSteps"].Success && builder.Steps != Number(match.Groups["outputSteps"].Value, layer))
                throw new UserErrorException($"\"{layer}\" gives {(builder.Steps == 1 ? "one step" : $"sequences of {builder.Steps} steps")}.");
        }
        return builder;
    }

    static Match Layer(string text) => new[] { ImagePattern(), StepsPattern(), StepByStepPattern(), LayerPattern() }.Select(pattern => pattern.Match(text)).FirstOrDefault(match => match.Success)
        ?? throw new UserErrorException($"\"{text}\" should be a layer, such as \"Dense 784→128 ReLU\".");

    /// <summary>What a sample is: the first layer that does not work on each position by itself tells.</summary>
    static ArchitectureBuilder Begin(List<Match> layers)
    {
        var builder = new ArchitectureBuilder(Number(layers[0].Groups["inputs"].Value, layers[0].Value));
        if (layers.Find(layer => layer.Groups["inputHeight"].Success || layer.Groups["positions"].Success) is not { } telling)
            return builder;
        return telling.Groups["inputHeight"].Success ? builder.Image(Number(telling.Groups["inputHeight"].Value, telling.Value), Number(telling.Groups["inputWidth"].Value, telling.Value))
            : telling.Groups["outputSteps"].Success || telling.Groups["byFeature"].Success ? builder.Sequence(Number(telling.Groups["positions"].Value, telling.Value))
            : builder;
    }

    static void Add(ArchitectureBuilder builder, Match layer)
    {
        if (!Kinds.TryGetValue(layer.Groups["kind"].Value, out var add))
            throw new UserErrorException($"\"{layer.Value}\": there is no layer {layer.Groups["kind"].Value}; there are {string.Join(", ", Kinds.Keys)}.");
        add.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [builder, .. add.GetParameters().Skip(1).Select(parameter => Argument(parameter, layer))], null);
    }

    /// <summary>What a description says of a parameter, by its name; else the default, for what matters in training alone is not said.</summary>
    static object? Argument(ParameterInfo parameter, Match layer)
    {
        var said = layer.Groups[parameter.Name!];
        if (parameter.ParameterType == typeof(LayerActivation))
            return !said.Success ? (LayerActivation)Activation.Identity : Enum.TryParse<Activation>(said.Value, out var known) ? known : new LayerActivation(null, said.Value);
        if (parameter.Name == "isCausal")
            return IsCausal(layer);
        if (parameter.Name == "resetAfter")
            return !layer.Groups["resetBefore"].Success;
        if (parameter.ParameterType == typeof(bool))
            return said.Success;
        if (parameter.Name == "units" && layer.Groups["bidirectional"].Success)
            return Number(said.Value, layer.Value) / 2;
        if (parameter.ParameterType == typeof(Interpolation))
            return said.Success ? Interpolation.Bilinear : Interpolation.Nearest;
        if (parameter.ParameterType == typeof(Nonlinearity))
            return said.Success ? Nonlinearity.ReLU : Nonlinearity.Tanh;
        if (parameter.ParameterType == typeof(Padding))
            return IsAlike(layer) || IsCausal(layer) ? Padding.Valid : IsSame(layer) ? Padding.Same : throw new UserErrorException($"\"{layer.Value}\": with no padding do such windows begin so and give as much.");
        if (parameter.Name == "paddingSize")
            return layer.Groups["outputSteps"].Success ? IsAlike(layer) ? Size(layer, "left") : 0 : parameter.ParameterType == typeof(int) ? (object)Size(layer, "top") : IsAlike(layer) ? new Size2D(Size(layer, "top"), Size(layer, "left")) : default;
        if (parameter.Name is "stride" or "dilation" && layer.Groups["outputSteps"].Success)
            return Pair(layer, parameter.Name).Width;
        if (parameter.ParameterType != typeof(int) && parameter.Name is "stride" or "dilation")
            return Pair(layer, parameter.Name);
        if (parameter.Name is "top" or "bottom" or "left" or "right")
            return Size(layer, parameter.Name);
        if (parameter.Name == "positions" && layer.Groups["inputHeight"].Success)
            return (int)Math.Min(int.MaxValue, (long)Number(layer.Groups["inputHeight"].Value, layer.Value) * Number(layer.Groups["inputWidth"].Value, layer.Value));
        if (!said.Success)
            return parameter.HasDefaultValue ? parameter.DefaultValue : 1;
        if (parameter.ParameterType == typeof(int))
            return Number(said.Value, layer.Value);
        return float.TryParse(said.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && float.IsFinite(value)
            ? value
            : throw new UserErrorException($"\"{layer.Value}\": ε should be a positive number.");
    }

    /// <summary>Whether as much is added on every side of an image, or on both of a sequence; a description tells what is added above and on the left, and how many outputs there are.</summary>
    static bool IsAlike(Match layer)
    {
        int Of(string name) => Size(layer, name);
        if (layer.Groups["outputSteps"].Success)
            return ImageWindow.Along(Of("positions"), Of("size"), Pair(layer, "stride").Width, Pair(layer, "dilation").Width, Of("left"))?.OutputWidth == Of("outputSteps");
        return ImageWindow.Of(Of("inputHeight"), Of("inputWidth"), Of("height"), Of("width"), Pair(layer, "stride"), Pair(layer, "dilation"), new(Of("top"), Of("left"))) is { } window
            && (window.OutputHeight, window.OutputWidth) == (Of("outputHeight"), Of("outputWidth"));
    }

    /// <summary>Whether zeros stand before the first step alone.</summary>
    static bool IsCausal(Match layer) =>
        layer.Groups["outputSteps"].Success && layer.Groups["kernelSize"].Success && !IsAlike(layer)
        && ImageWindow.Causal(Size(layer, "positions"), Size(layer, "size"), Pair(layer, "stride").Width, Pair(layer, "dilation").Width) is { IsCausal: true } steps
        && (steps.Left, steps.OutputWidth) == (Size(layer, "left"), Size(layer, "outputSteps"));

    /// <summary>Whether the padding is that of <see cref="Padding.Same"/>.</summary>
    static bool IsSame(Match layer)
    {
        int Of(string name) => Size(layer, name);
        return layer.Groups["outputSteps"].Success
            ? ImageWindow.Along(Of("positions"), Of("size"), Pair(layer, "stride").Width, Pair(layer, "dilation").Width, -1) is { } steps && (steps.Left, steps.OutputWidth) == (Of("left"), Of("outputSteps"))
            : ImageWindow.Of(Of("inputHeight"), Of("inputWidth"), Of("height"), Of("width"), Pair(layer, "stride"), Pair(layer, "dilation"), -1) is { } window
                && (window.Top, window.Left, window.OutputHeight, window.OutputWidth) == (Of("top"), Of("left"), Of("outputHeight"), Of("outputWidth"));
    }

    /// <summary>A stride or a dilation: 1 where a description leaves it out, one number where both sides have the same.</summary>
    static Size2D Pair(Match layer, string name)
    {
        var height = layer.Groups[name].Success ? Number(layer.Groups[name].Value, layer.Value) : 1;
        return new(height, layer.Groups[name + "Width"].Success ? Number(layer.Groups[name + "Width"].Value, layer.Value) : height);
    }

    /// <summary>A number that a description may leave out where it is 0.</summary>
    static int Size(Match layer, string name) => layer.Groups[name] is not { Success: true, Value: var text } ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UserErrorException($"\"{layer.Value}\": \"{text}\" should be a whole number.");

    static Activation Known(string name) => Enum.TryParse<Activation>(name, ignoreCase: true, out var activation) && Enum.IsDefined(activation) && !char.IsAsciiDigit(name[0])
        ? activation
        : throw new UserErrorException($"there is no activation {name}; there are {string.Join(", ", Enum.GetNames<Activation>())}.");

    static int Number(string text, string within) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new UserErrorException($"\"{within}\": \"{text}\" should be a size, a whole number of at least 1.");

    [GeneratedRegex(@"^[\p{L}_]\w*$", RegexOptions.CultureInvariant)]
    private static partial Regex HeadPattern();

    /// <summary>Between layers; within one, a padding's two numbers have a comma between them.</summary>
    [GeneratedRegex(@",(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex SeparatorPattern();

    [GeneratedRegex(@"^((?<head>[\p{L}_]\w*)\.)?(?<kind>\p{L}\w*) (?<inputHeight>\d+)[×x](?<inputWidth>\d+)[×x](?<inputs>\d+)(→|->)(?<outputHeight>\d+)[×x](?<outputWidth>\d+)[×x](?<outputs>(?<filters>\d+))( (?<height>\d+)[×x](?<width>\d+)( stride (?<stride>\d+)([×x](?<strideWidth>\d+))?)?( dilation (?<dilation>\d+)([×x](?<dilationWidth>\d+))?)?( padding (?<top>\d+),(?<left>\d+))?( groups (?<groups>\d+))?( output padding (?<outputPadding>\d+))?(?<interpolation> Bilinear)?| padding (?<top>\d+),(?<bottom>\d+),(?<left>\d+),(?<right>\d+))( (?!counts )(?<activation>\p{L}\w*))?(?<countsPadding> counts padding)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ImagePattern();

    [GeneratedRegex(@"^((?<head>[\p{L}_]\w*)\.)?(?<kind>\p{L}\w*) (?<positions>\d+)[×x](?<inputs>\d+)(→|->)(?<outputSteps>\d+)[×x](?<outputs>(?<filters>\d+)) of (?<size>(?<kernelSize>\d+))( stride (?<stride>\d+))?( dilation (?<dilation>\d+))?( padding (?<left>\d+))?( groups (?<groups>\d+))?( (?!counts )(?<activation>\p{L}\w*))?(?<countsPadding> counts padding)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StepsPattern();

    [GeneratedRegex(@"^((?<head>[\p{L}_]\w*)\.)?(?<kind>\p{L}\w*) (?<positions>\d+)[×x](?<inputs>\d+)(→|->)(?<outputSteps>\d+)[×x](?<outputs>(?<units>\d+))(?<bidirectional> bidirectional)?((?<nonlinearity> ReLU)|(?<resetBefore> reset before))?$", RegexOptions.CultureInvariant)]
    private static partial Regex StepByStepPattern();

    [GeneratedRegex(@"^((?<head>[\p{L}_]\w*)\.)?(?<kind>\p{L}+) ((?<inputHeight>\d+)[×x](?<inputWidth>\d+)[×x]|(?<positions>\d+)[×x])?(?<inputs>\d+)(→|->)(?<outputs>\d+)(?<byFeature> by feature)?( of (?<count>\d+)[×x](?<size>\d+)( at (?<feature>\d+))?)?( (?<activation>\p{L}\w*))?( (ε|eps)=(?<epsilon>\S+))?( over (?<back>\d+))?(?<projection> through .+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex LayerPattern();
}
