using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Finds and adds transposed convolutions.</summary>
public static class Conv2DTransposeLayers
{
    /// <summary>The parameters of the transposed convolution number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is no transposed convolution.</exception>
    public static Conv2DTransposeParameters Conv2DTranspose(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<Conv2DTransposeLayer>(layer).Shape);
    }

    /// <summary>Adds a transposed convolution, as <see cref="Conv2DTransposeAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="filters">Channels of what the layer gives.</param>
    /// <param name="height">Height of the kernel, in pixels.</param>
    /// <param name="width">Width of the kernel.</param>
    /// <param name="activation">Activation of the layer.</param>
    /// <param name="stride">Pixels from where the kernel lies for one pixel to where it lies for the next.</param>
    /// <param name="dilation">Pixels from one that the kernel adds to, to the next.</param>
    /// <param name="paddingSize">Rows and columns that are cut off on every side.</param>
    /// <param name="outputPadding">Rows and columns more below and on the right, fewer than <paramref name="stride"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, nothing is left of the image, or the network would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no image.</exception>
    public static ArchitectureBuilder Conv2DTranspose(
        this ArchitectureBuilder builder, int filters, int height, int width, LayerActivation activation, int stride = 1, int dilation = 1, int paddingSize = 0, int outputPadding = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(filters);
        var (rows, columns) = builder.ImageAtHand;
        if (outputPadding < 0 || outputPadding >= stride)
            throw new ArgumentOutOfRangeException(nameof(outputPadding), outputPadding, "An output padding is a number of at least 0 and less than the stride.");
        var (down, across) = (WindowLayout.Spread(rows, height, stride, dilation, paddingSize, outputPadding), WindowLayout.Spread(columns, width, stride, dilation, paddingSize, outputPadding));
        var window = paddingSize >= 0 && down is > 0 and <= WindowLayout.MostPixels && across is > 0 and <= WindowLayout.MostPixels ? ImageWindow.Of((int)down, (int)across, height, width, stride, dilation, paddingSize) : null;
        if (window is not { } reversed)
            throw new ArgumentOutOfRangeException(nameof(height), string.Create(CultureInfo.InvariantCulture,
                $"A {height}×{width} kernel with stride {stride}, dilation {dilation} and padding {paddingSize} makes no image that a layer can give of one of {rows}×{columns} pixels."));

        // In numbers that cannot overflow, before the layout works it out exactly.
        var depth = (long)reversed.Size * filters;
        if (depth > Array.MaxLength || (long)reversed.Inputs * filters > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(filters), filters, "A kernel, or what the layer gives of an image, does not fit into an array.");
        var atMost = (builder.Units + (long)PanelLayout.Width) * depth + filters + 2L * PanelLayout.Width;
        var shape = new Conv2DTransposeShape(reversed, builder.Units, filters, 0);
        var offset = builder.PlaceTrained(atMost > int.MaxValue ? atMost : shape.Length);
        return builder.Add(new Conv2DTransposeLayer(shape with { Offset = offset }, activation));
    }
}
