using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Finds and adds convolutions.</summary>
public static class Conv2DLayers
{
    /// <summary>The parameters of the convolution number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is no convolution.</exception>
    public static ConvolutionParameters Conv2D(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<Conv2DLayer>(layer).Shape);
    }

    /// <summary>Adds a convolution, as <see cref="Conv2DAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="filters">Channels of what the layer gives.</param>
    /// <param name="height">Height of the kernel, in pixels.</param>
    /// <param name="width">Width of the kernel.</param>
    /// <param name="activation">Activation of the layer.</param>
    /// <param name="stride">Pixels from one place of the kernel to the next, 1 unless given.</param>
    /// <param name="dilation">Pixels from one that the kernel reads to the next, 1 unless given.</param>
    /// <param name="padding">Which zeros are added around the image.</param>
    /// <param name="paddingSize">Rows of zeros above and below, and columns on either side, in the place of <paramref name="padding"/>.</param>
    /// <param name="groups">Groups into which channels and filters are divided: a filter takes the channels of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive or too large, the groups are not equal, the kernel does not fit the image, or the network would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no image.</exception>
    public static ArchitectureBuilder Conv2D(
        this ArchitectureBuilder builder, int filters, int height, int width, LayerActivation activation, Size2D? stride = null, Size2D? dilation = null, Padding padding = Padding.Valid, Size2D paddingSize = default, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(filters);
        var shape = builder.Convolution(builder.Window("kernel", height, width, stride ?? 1, dilation ?? 1, padding, paddingSize), filters, groups);
        return builder.Add(new Conv2DLayer(shape, activation));
    }

    /// <summary>Places a convolution with such windows.</summary>
    internal static ConvolutionShape Convolution(this ArchitectureBuilder builder, ImageWindow window, int filters, int groups)
    {
        if (groups <= 0 || builder.Units % groups > 0 || filters % groups > 0)
            throw new ArgumentOutOfRangeException(nameof(groups), groups, $"The groups of {builder.Units} channels and {filters} filters have equally many of each.");

        // In numbers that cannot overflow, before the layout works it out exactly.
        var depth = (long)window.Size * (builder.Units / groups);
        if (depth > Array.MaxLength || (long)window.Outputs * filters > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(filters), filters, "A kernel, or what the layer gives of a sample, does not fit into an array.");
        var atMost = (filters + (long)PanelLayout.Width) * (depth + 1) + PanelLayout.Line;
        var offset = builder.PlaceTrained(atMost > int.MaxValue ? atMost : PanelLayout.LayerLength((int)depth, filters));
        return new ConvolutionShape(window, builder.Units, filters, offset, groups);
    }
}
