using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Transposed convolutions of images: <c>ConvTranspose</c>.</summary>
sealed class Conv2DTransposeKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is Conv2DTransposeLayer;

    public override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images(Layer layer)
    {
        var (given, taken) = ((Conv2DTransposeLayer)layer).Window.Images();
        return (taken, given);
    }

    public override string Describe(Layer layer) =>
        $"a {TransposedStep.Describe("", layer.Inputs, layer.Outputs, ((Conv2DTransposeLayer)layer).Window)} and the activation {layer.Activation}";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        var transposed = (Conv2DTransposeLayer)layer;
        var window = transposed.Window;
        nodes.AsImage();
        nodes.Add("ConvTranspose", parameters,
            Attributes.Ints("kernel_shape", window.Height, window.Width), Attributes.Ints("pads", window.Top, window.Left, window.Top, window.Left),
            Attributes.Ints("strides", window.Stride.Height, window.Stride.Width), Attributes.Ints("dilations", window.Dilation.Height, window.Dilation.Width),
            Attributes.Ints("output_padding", transposed.OutputPadding, transposed.OutputPadding), Attributes.Int("group", 1));
    }

    protected override LayerStep? Read(Value value) => value.Operator switch
    {
        "ConvTranspose" => Convolution(value),
        "Add" when (value.ConstantAt(0) ?? value.ConstantAt(1)) is { } biases && (value.Computed(0) ?? value.Computed(1)) is { Operator: "ConvTranspose" } convolution => WithBiases(value, Convolution(convolution), biases),
        _ => null,
    };

    static TransposedStep? WithBiases(Value value, TransposedStep? step, Constant biases)
    {
        if (step is null)
            return null;
        var added = biases.BroadcastToChannels(step.Filters);
        return step with { Node = value, Biases = [.. step.Biases.Zip(added, (own, other) => own + other)] };
    }

    static TransposedStep? Convolution(Value value)
    {
        if (value.Computed(0) is not { } x || value.ConstantAt(1) is not { } weights || value.Computed(2) is not null)
            return null;
        if (x.Rank != 4)
            throw new InvalidDataException($"{value.Description} takes a value of {x.Rank} axes; GenNet's convolutions go over images, [samples, channels, height, width]. Export the model with such an input.");
        if (value.Int("group", 1) is not 1 and var groups)
            throw new InvalidDataException($"{value.Description} has {groups} groups of channels, which GenNet's transposed convolutions do not have. Train the model with groups=1.");
        x.SetChannelsLast(false, value);
        var (channels, filters, height, width, elements) = weights.Kernels();
        if (x.Features > 0 && x.Features != channels)
            throw new InvalidDataException($"{value.Description} takes {channels} channels, and \"{Messages.Short(x.Name)}\" {x.Words} has {x.Features}.");
        if (TransposedAttributes.Fault(value, x, height, width, out var window) is { } fault)
            throw new InvalidDataException(fault);
        return new TransposedStep(value, x, weights.Name, channels, filters, window, elements, value.ConstantAt(2)?.Vector(filters) ?? new float[filters]);
    }
}

/// <summary>The gradient of a convolution by its inputs, with biases.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
/// <param name="Tensor">The weights' name.</param>
/// <param name="Channels">Channels that it takes.</param>
/// <param name="Filters">Channels that it gives.</param>
/// <param name="Window">How the kernel of that convolution goes over the image that it gives.</param>
/// <param name="Weights">W, [channels, filters, height, width].</param>
/// <param name="Biases">b.</param>
sealed record TransposedStep(Value Node, Value Input, string Tensor, int Channels, int Filters, ImageWindow Window, float[] Weights, float[] Biases) : LayerStep(Node, Input)
{
    public override string What => Describe($" \"{Messages.Short(Tensor)}\"", Channels, Filters, Window);

    public override IReadOnlyList<float[]> Parameters => [Weights, Biases];

    public override int Takes => Channels;

    public override int? PositionsTaken => Window.OutputHeight * Window.OutputWidth;

    public override (int Height, int Width)? Image => (Window.OutputHeight, Window.OutputWidth);

    public static string Describe(string name, int channels, int filters, ImageWindow window) => string.Create(CultureInfo.InvariantCulture,
        $"transposed convolution with weights{name} [{channels}, {filters}, {window.Height}, {window.Width}] from {window.OutputHeight}×{window.OutputWidth} to {window.InputHeight}×{window.InputWidth} pixels, stride {window.Stride}, dilation {window.Dilation}, padding {window.Top}");

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        Conv2DTransposeLayer other when (other.Inputs, other.Outputs) == (Channels, Filters) && other.Window.Reads(Window) => null,
        Conv2DTransposeLayer => "Declare the layer so, or load a model that has the network's there.",
        _ => OtherLayers,
    };

    public override LayerStep? Scaled(Value node, Layer layer, double[] factors, float[] means, float[] shifts)
    {
        if (layer is not Conv2DTransposeLayer || factors.Length != Filters)
            return null;
        var (size, weights) = (Window.Height * Window.Width, new float[Weights.Length]);
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)(factors[i / size % Filters] * Weights[i]);
        return this with { Node = node, Weights = weights, Biases = Scaling.OfBiases(Biases, factors, means, shifts) };
    }

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) =>
        builder.Conv2DTranspose(Filters, Window.Height, Window.Width, activation, Window.Stride.Height, Window.Dilation.Height, Window.Top, TransposedAttributes.More(Window));
}
