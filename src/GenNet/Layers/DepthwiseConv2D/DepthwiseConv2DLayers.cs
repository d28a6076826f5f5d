namespace GenNet;

/// <summary>Adds convolutions of each channel by itself.</summary>
public static class DepthwiseConv2DLayers
{
    /// <summary>Adds a convolution with a group for each channel, as <see cref="DepthwiseConv2DAttribute"/> declares it.</summary>
    /// <inheritdoc cref="Conv2DLayers.Conv2D(ArchitectureBuilder, int, int, int, LayerActivation, Size2D?, Size2D?, Padding, Size2D, int)"/>
    public static ArchitectureBuilder DepthwiseConv2D(
        this ArchitectureBuilder builder, int height, int width, LayerActivation activation, Size2D? stride = null, Size2D? dilation = null, Padding padding = Padding.Valid, Size2D paddingSize = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Conv2D(builder.Units, height, width, activation, stride, dilation, padding, paddingSize, groups: builder.Units);
    }
}
