using System.Globalization;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Sizes of images that the layers of a description give.</summary>
static class ImageLayers
{
    /// <summary>Throws where a layer would give images that do not fit into an array, or have no pixel.</summary>
    public static void CheckImage(this ArchitectureBuilder builder, long height, long width, int channels, string parameter)
    {
        if (height is < 1 or > WindowLayout.MostPixels || width is < 1 or > WindowLayout.MostPixels || height * width > Array.MaxLength / channels)
            throw new ArgumentOutOfRangeException(parameter, string.Create(CultureInfo.InvariantCulture,
                $"Of a {builder.Height}×{builder.Width} image the layer would give one of {height}×{width} pixels of {channels}, which is none or does not fit into an array."));
    }
}
