using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Convolutions, of images and along the steps of sequences: <c>Conv</c>.</summary>
sealed class Conv2DKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is ConvolutionLayer;

    public override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images(Layer layer) => ((ConvolutionLayer)layer).Window.Images();

    public override string Describe(Layer layer)
    {
        var window = ((ConvolutionLayer)layer).Window;
        return string.Create(CultureInfo.InvariantCulture, $"a convolution with weights [{layer.Outputs}, {layer.Inputs / ((ConvolutionLayer)layer).Groups}, {window.SizeWords()}] over {window.Words()} and the activation {layer.Activation}");
    }

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        var window = ((ConvolutionLayer)layer).Window;
        nodes.AsImage();
        nodes.Add("Conv", parameters,
            Attributes.Ints("kernel_shape", window.Height, window.Width), Attributes.Ints("pads", window.Pads()),
            Attributes.Ints("strides", window.Stride.Height, window.Stride.Width), Attributes.Ints("dilations", window.Dilation.Height, window.Dilation.Width), Attributes.Int("group", ((ConvolutionLayer)layer).Groups));
    }

    protected override LayerStep? Read(Value value) => value.Operator switch
    {
        "Conv" => Convolution(value),
        "Add" when (value.ConstantAt(0) ?? value.ConstantAt(1)) is { } biases && (value.Computed(0) ?? value.Computed(1)) is { Operator: "Conv" } convolution => WithBiases(value, Convolution(convolution), biases),
        _ => null,
    };

    static ConvolutionStep? WithBiases(Value value, ConvolutionStep? step, Constant biases)
    {
        if (step is null)
            return null;
        var added = biases.BroadcastToChannels(step.Filters);
        return step with { Node = value, Biases = [.. step.Biases.Zip(added, (own, other) => own + other)] };
    }

    static ConvolutionStep? Convolution(Value value)
    {
        if (value.Computed(0) is not { } x || value.ConstantAt(1) is not { } weights || value.Computed(2) is not null)
            return null;
        if (x.Rank != 4)
            throw new InvalidDataException($"{value.Description} takes a value of {x.Rank} axes; GenNet's convolutions go over images, [samples, channels, height, width]. Export the model with such an input.");
        x.SetChannelsLast(false, value);
        var (filters, channels, height, width, elements) = weights.Kernels();
        var groups = value.Int("group", 1);
        if (groups < 1 || filters % groups > 0 || channels * groups > int.MaxValue)
            throw new InvalidDataException($"{value.Description} has {groups} groups for {filters} filters, each of {channels} channels.");
        channels = (int)(channels * groups);
        if (x.Features > 0 && x.Features != channels)
            throw new InvalidDataException($"{value.Description} takes {channels} channels, and \"{Messages.Short(x.Name)}\" {x.Words} has {x.Features}.");
        var window = WindowAttributes.Read(value, x, height, width, isPool: false);
        return new ConvolutionStep(value, x, weights.Name, filters, channels, (int)groups, window, elements, value.ConstantAt(2)?.Vector(filters) ?? new float[filters]);
    }
}

/// <summary>z = x∗W + b.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
/// <param name="Tensor">The weights' name.</param>
/// <param name="Filters">Channels that it gives.</param>
/// <param name="Channels">Channels that it takes.</param>
/// <param name="Groups">Groups into which channels and filters are divided.</param>
/// <param name="Window">How the kernel goes over the image.</param>
/// <param name="Weights">W, [filters, channels of a group, height, width].</param>
/// <param name="Biases">b.</param>
sealed record ConvolutionStep(Value Node, Value Input, string Tensor, int Filters, int Channels, int Groups, ImageWindow Window, float[] Weights, float[] Biases) : LayerStep(Node, Input)
{
    public override string What => string.Create(CultureInfo.InvariantCulture, $"convolution with weights \"{Messages.Short(Tensor)}\" [{Filters}, {Channels / Groups}, {Window.SizeWords()}] over {Window.Words()}");

    public override IReadOnlyList<float[]> Parameters => [Weights, Biases];

    public override int Takes => Channels;

    /// <summary>Of one pixel it is a dense layer.</summary>
    public override LayerStep? AsProjection =>
        (Window.Height, Window.Width, Window.Top, Window.Left, Groups) != (1, 1, 0, 0, 1) ? null
        : Image == (1, 1) ? new DenseStep(Node, Input, Tensor, Filters, Channels, Weights, Biases)
        : this;

    public override int? PositionsTaken => Window.InputHeight * Window.InputWidth;

    public override (int Height, int Width)? Image => (Window.InputHeight, Window.InputWidth);

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        ConvolutionLayer other when (other.Outputs, other.Inputs, other.Groups) == (Filters, Channels, Groups) && other.Window.Reads(Window) => null,
        ConvolutionLayer => "Declare the layer so, or load a model that has the network's there.",
        _ => OtherLayers,
    };

    /// <summary>Zeros around the image are a convolution's own where the network does not have them as a layer.</summary>
    public override LayerStep? FoldedInto(LayerStep before, Layer layer, Layer? next) =>
        before is ZeroPaddingStep zeros && layer is ConvolutionLayer ? WithZeros(zeros) : null;

    public override LayerStep? WithZeros(ZeroPaddingStep zeros) => zeros.Around(Window, int.MaxValue) is { } window ? this with { Input = zeros.Input, Window = window } : null;

    public override LayerStep? Scaled(Value node, Layer layer, double[] factors, float[] means, float[] shifts)
    {
        if (layer is not ConvolutionLayer || factors.Length != Filters)
            return null;
        var (weights, biases) = Scaling.Of(Weights, Biases, factors, means, shifts);
        return this with { Node = node, Weights = weights, Biases = biases };
    }

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back)
    {
        var (padding, size) = Window.Declared();
        if (builder.Steps > 0)
            builder.Conv1D(Filters, Window.Width, activation, Window.Stride.Width, Window.Dilation.Width, Window.IsCausal ? Padding.Valid : padding, Window.IsCausal ? 0 : size.Width, Groups, Window.IsCausal);
        else if (Window.IsCausal)
            throw new InvalidDataException($"{Node.Description} pads images of one row on the left alone: GenNet's convolutions along the steps of sequences do so (Causal = true), those of images do not. Export the model with an input of [samples, features, steps].");
        else
            builder.Conv2D(Filters, Window.Height, Window.Width, activation, Window.Stride, Window.Dilation, padding, size, Groups);
    }
}
