using System.ComponentModel;
using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A transposed convolution of images: a = g(z), where each pixel x(y, x, c) adds x·W(c, o, i, j) to z(y·s + i·d − p, x·s + j·d − p, o).</summary>
public sealed record Conv2DTransposeLayer : Layer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Conv2DTransposeLayer(Conv2DTransposeShape shape, LayerActivation activation) : base(shape.Channels, shape.Filters, activation) => Shape = shape;

    internal Conv2DTransposeShape Shape { get; }

    /// <summary>How the kernel of the convolution the other way goes over the image that the layer gives.</summary>
    public ImageWindow Window => Shape.Window;

    /// <summary>Rows and columns that it gives beyond what the kernel reaches.</summary>
    public int OutputPadding => Shape.Window.InputHeight + 2 * Shape.Window.Top - Shape.Window.PaddedHeight;

    internal override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images => ((Shape.Window.OutputHeight, Shape.Window.OutputWidth), (Shape.Window.InputHeight, Shape.Window.InputWidth));

    /// <inheritdoc/>
    public override int ParameterCount => Inputs * Shape.Depth + Outputs;

    /// <inheritdoc/>
    public override long MultiplyAdds => ((long)Inputs * Shape.Depth * Shape.Inputs + Shape.Outputs - 1) / Shape.Outputs;

    internal override (int Taken, int Given)? PositionsChange => (Shape.Inputs, Shape.Outputs);

    internal override long KeptFloats => Shape.Reversed.PackedLength + PanelLayout.Line;

    internal override string Schema
    {
        get
        {
            var ((height, width), (outputHeight, outputWidth)) = Images!.Value;
            var window = Shape.Window;
            return SchemaText.Image(Kind, height, width, Inputs, outputHeight, outputWidth, Outputs,
                SchemaText.Transposed(SchemaText.Window(window.Height, window.Width, (window.Stride.Height, window.Stride.Width), (window.Dilation.Height, window.Dilation.Width), window.Top, window.Left), OutputPadding), Activation.Name);
        }
    }

    internal override (string? Before, string? Behind) Arguments
    {
        get
        {
            var (window, settings) = (Shape.Window, new List<string>());
            foreach (var (name, value, usual) in new[] { ("Stride", window.Stride.Height, 1), ("Dilation", window.Dilation.Height, 1), ("PaddingSize", window.Top, 0), ("OutputPadding", OutputPadding, 0) })
                if (value != usual)
                    settings.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {value}"));
            return (string.Create(CultureInfo.InvariantCulture, $"{Outputs}, {window.SizeText}"), settings.Count == 0 ? null : string.Join(", ", settings));
        }
    }

    internal override unsafe void LimitWeights(float* parameters, float limit) => TransposedConvolution.LimitNorms(Shape, parameters + Shape.Offset, limit);

    internal override TensorPlace[] Tensors =>
    [
        new("weight", ParameterKind.Weight, Shape.Offset, Inputs, Shape.Depth) { Kernel = (Shape.Window.Height, Shape.Window.Width), Positions = Shape.Window.Size },
        new("bias", ParameterKind.Bias, Shape.BiasOffset, Outputs),
    ];
}
