using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A convolution's place among the network's parameters, and how its kernel goes over the image. Weights lie as a dense layer's of Depth inputs: [kernel row][kernel column][channel] for each filter.</summary>
/// <param name="Window">How the kernel goes over the image.</param>
/// <param name="Channels">Numbers of a pixel that the layer takes.</param>
/// <param name="Filters">Numbers of a pixel that it gives.</param>
/// <param name="Offset">Where the layer's parameters start in the <see cref="ParameterBlock"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ConvolutionShape(Window Window, int Channels, int Filters, int Offset)
{
    /// <summary>Terms of each sum.</summary>
    internal int Depth => Window.Size * Channels;

    internal int BiasOffset => Offset + PanelLayout.BiasOffset(Depth, Filters);

    /// <summary>Floats of an image with the zeros around it, without any between its pixels.</summary>
    internal int PackedLength => Window.PaddedHeight * Window.PaddedWidth * Channels;
}
