using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds residual connections.</summary>
public static class ResidualLayers
{
    /// <summary>Adds a residual connection around the last <paramref name="back"/> layers.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="back">Layers of the block.</param>
    /// <param name="activation">Activation of the sum.</param>
    /// <param name="projection">Whether the input of the block goes through a layer of its own, as with <see cref="ResidualAttribute.Projection"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many layers, or the network would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">No projection makes values of the block's output of its input.</exception>
    public static ArchitectureBuilder Residual(this ArchitectureBuilder builder, int back, LayerActivation activation, bool projection = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(back);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(back, builder.Depth);
        return builder.Add(new ResidualLayer(builder.Units, back, activation, projection ? Projection(builder, back) : null));
    }

    static Layer Projection(ArchitectureBuilder builder, int back)
    {
        var (inputs, image, pixels) = builder.TakenBack(back);
        var outputs = builder.Units;

        // What has one pixel is a row as well.
        if ((image ?? (1, 1)) == (1, 1) && builder is { Height: 0 or 1, Width: 0 or 1, Steps: 0 or 1, Pixels: 1 })
            return new DenseLayer(new DenseShape(inputs, outputs, 1, Place(builder, inputs, outputs)), Activation.Identity) { Pixels = pixels };
        if (builder.IsSequence && image is var (_, steps) && builder.Steps > 0)
            return WindowLayout.StrideFor(steps, builder.Steps) is var each and > 0 && ImageWindow.Along(steps, 1, each, 1, 0) is { } along
                ? new Conv1DLayer(new ConvolutionShape(along, inputs, outputs, Place(builder, inputs, outputs)), Activation.Identity)
                : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No convolution of one step makes {builder.Steps} steps of {steps}."));
        if (image is not var (height, width) || builder.Height == 0)
            throw new InvalidOperationException("A residual connection with a projection is around a block that takes and gives images, or sequences, or neither.");
        var stride = new Size2D(WindowLayout.StrideFor(height, builder.Height), WindowLayout.StrideFor(width, builder.Width));
        return stride is { Height: > 0, Width: > 0 } && ImageWindow.Of(height, width, 1, 1, stride, 1, default(Size2D)) is { } window
            ? new Conv2DLayer(new ConvolutionShape(window, inputs, outputs, Place(builder, inputs, outputs)), Activation.Identity)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No 1×1 convolution makes {builder.Height}×{builder.Width} pixels of {height}×{width}."));
    }

    static int Place(ArchitectureBuilder builder, int inputs, int outputs)
    {
        // The padded length, in numbers that cannot overflow, before the layout works it out exactly.
        var atMost = (outputs + (long)PanelLayout.Width) * (inputs + 1L) + PanelLayout.Line;
        return builder.PlaceTrained(atMost > int.MaxValue ? atMost : PanelLayout.LayerLength(inputs, outputs));
    }
}
