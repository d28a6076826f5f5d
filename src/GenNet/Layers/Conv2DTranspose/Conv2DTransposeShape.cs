using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A transposed convolution's place among the network's parameters, and the convolution whose gradient it is. Weights lie as those of that convolution, which takes what the layer gives: [kernel row][kernel column][filter] for each channel.</summary>
/// <param name="Window">How the kernel of that convolution goes over the image that the layer gives.</param>
/// <param name="Channels">Numbers of a pixel that the layer takes.</param>
/// <param name="Filters">Numbers of a pixel that it gives.</param>
/// <param name="Offset">Where the layer's parameters start in the <see cref="ParameterBlock"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Conv2DTransposeShape(ImageWindow Window, int Channels, int Filters, int Offset)
{
    /// <summary>The convolution the other way.</summary>
    internal ConvolutionShape Reversed => new(Window, Channels: Filters, Filters: Channels, Offset);

    /// <summary>Weights of each channel.</summary>
    internal int Depth => Window.Size * Filters;

    /// <summary>Pixels that the layer takes.</summary>
    internal int Inputs => Window.Outputs;

    /// <summary>Pixels that it gives.</summary>
    internal int Outputs => Window.Inputs;

    internal int BiasOffset => Offset + PanelLayout.BiasOffset(Depth, Channels);

    /// <summary>Floats of its parameters, padding included.</summary>
    internal int Length => BiasOffset + PanelLayout.RowLength(Filters) - Offset;
}
