using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A convolution, of images or along the steps of sequences.</summary>
public abstract record ConvolutionLayer : Layer
{
    private protected ConvolutionLayer(ConvolutionShape shape, LayerActivation activation) : base(shape.Channels, shape.Filters, activation) => Shape = shape;

    internal ConvolutionShape Shape { get; }

    /// <summary>How the kernel goes over the image, or along the steps.</summary>
    public ImageWindow Window => Shape.Window;

    internal override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images => Shape.Window.Images;

    /// <inheritdoc/>
    public override int ParameterCount => Outputs * (Shape.Depth + 1);

    /// <summary>Groups into which channels and filters are divided: a filter takes the channels of its own.</summary>
    public int Groups => Shape.Groups;

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Outputs * Shape.Depth;

    internal override bool GoesAlongSteps => Shape.Window.IsAlongSteps;

    internal override (int Taken, int Given)? PositionsChange => (Shape.Window.Inputs, Shape.Window.Outputs);

    internal override long KeptFloats => Shape.KeptLength + Shape.GroupLength(Math.Max(Shape.Window.Inputs, Shape.Window.Outputs)) + PanelLayout.Line;

    internal override string Schema => Shape.Window.Schema(Kind, Inputs, Outputs, Activation.Name, Shape.Groups);

    internal override (string? Before, string? Behind) Arguments =>
        (string.Create(CultureInfo.InvariantCulture, $"{Outputs}, {Shape.Window.SizeText}"),
        Shape.Groups == 1 ? Shape.Window.Settings(1) : string.Join(", ", ((string?[])[Shape.Window.Settings(1), string.Create(CultureInfo.InvariantCulture, $"Groups = {Shape.Groups}")]).Where(setting => setting is not null)));

    internal override unsafe void LimitWeights(float* parameters, float limit) => PanelKernels.LimitNorms(parameters + Shape.Offset, Shape.Depth, Outputs, limit);

    internal override TensorPlace[] Tensors =>
    [
        new("weight", ParameterKind.Weight, Shape.Offset, Outputs, Shape.Depth) { Kernel = (Shape.Window.Height, Shape.Window.Width), IsAlongSteps = Shape.Window.IsAlongSteps, Positions = Shape.Window.Size },
        new("bias", ParameterKind.Bias, Shape.BiasOffset, Outputs),
    ];
}
