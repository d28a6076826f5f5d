using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds average pools.</summary>
public static class AveragePool2DLayers
{
    /// <summary>Adds an average pool, as <see cref="AveragePool2DAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="height">Height of a window, in pixels.</param>
    /// <param name="width">Width of a window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">What is added around the image.</param>
    /// <param name="paddingSize">Rows added above and below, and columns on either side, in the place of <paramref name="padding"/>.</param>
    /// <param name="countsPadding">Whether what was added counts in a mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive or too large, or the window does not fit the image.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no image.</exception>
    public static ArchitectureBuilder AveragePool2D(this ArchitectureBuilder builder, int height, int width, Size2D stride, Padding padding = Padding.Valid, Size2D paddingSize = default, bool countsPadding = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new AveragePool2DLayer(new PoolShape(builder.PoolWindow(height, width, stride, padding, paddingSize), builder.Units, countsPadding)));
    }
}
