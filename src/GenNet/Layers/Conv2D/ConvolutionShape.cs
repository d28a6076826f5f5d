using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A convolution's place among the network's parameters, and how its kernel goes over the image. Weights lie as a dense layer's of Depth inputs: [kernel row][kernel column][channel of the group] for each filter.</summary>
/// <param name="Window">How the kernel goes over the image.</param>
/// <param name="Channels">Numbers of a pixel that the layer takes.</param>
/// <param name="Filters">Numbers of a pixel that it gives.</param>
/// <param name="Offset">Where the layer's parameters start in the <see cref="ParameterBlock"/>.</param>
/// <param name="Groups">Groups into which channels and filters are divided: a filter takes the channels of its own.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ConvolutionShape(ImageWindow Window, int Channels, int Filters, int Offset, int Groups = 1)
{
    /// <summary>Channels that a filter takes.</summary>
    internal int GroupChannels => Channels / Groups;

    /// <summary>Filters that take the same channels.</summary>
    internal int GroupFilters => Filters / Groups;

    /// <summary>Whether each filter takes one channel, and each channel has one filter.</summary>
    internal bool IsDepthwise => Groups > 1 && Groups == Channels && Groups == Filters;

    /// <summary>Terms of each sum.</summary>
    internal int Depth => Window.Size * GroupChannels;

    internal int BiasOffset => Offset + PanelLayout.BiasOffset(Depth, Filters);

    /// <summary>Whether each pixel is made of one: the image is read where it lies.</summary>
    internal bool IsPointwise => Window is { Height: 1, Width: 1, Stride: { Height: 1, Width: 1 }, Top: 0, Left: 0 } && !IsDepthwise && Window.Outputs == Window.Inputs;

    /// <summary>Floats of a pixel of a packed image: its channels, and with vectors of them zeros.</summary>
    internal int Pixel => IsDepthwise ? PanelLayout.PaddedOutputs(Channels) : Channels;

    /// <summary>Floats of an image with the zeros around it.</summary>
    internal int PackedLength => Window.PaddedHeight * Window.PaddedWidth * Pixel;

    /// <summary>Those that are packed before they are read.</summary>
    internal int KeptLength => IsPointwise ? 0 : PanelLayout.RoundUp(PackedLength, PanelLayout.Line);

    /// <summary>Floats of what a group's filters make of so many pixels, before they are put beside the others'.</summary>
    internal int GroupLength(int pixels) => Groups == 1 || IsDepthwise ? 0 : checked(pixels * PanelLayout.Width);
}
