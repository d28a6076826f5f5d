using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds zeros around images.</summary>
public static class ZeroPadding2DLayers
{
    /// <summary>Adds rows and columns of zeros around the image, as <see cref="ZeroPadding2DAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="top">Rows above.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="left">Columns on the left.</param>
    /// <param name="right">Columns on the right.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or too large, or the image would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no image.</exception>
    public static ArchitectureBuilder ZeroPadding2D(this ArchitectureBuilder builder, int top, int bottom, int left, int right)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var (number, name) in new[] { (top, nameof(top)), (bottom, nameof(bottom)), (left, nameof(left)), (right, nameof(right)) })
            if (number is < 0 or > WindowLayout.MostPixels)
                throw new ArgumentOutOfRangeException(name, number, $"A padding is a number from 0 to {WindowLayout.MostPixels}.");
        var (height, width) = builder.ImageAtHand;
        builder.CheckImage((long)top + height + bottom, (long)left + width + right, builder.Units, nameof(top));
        return builder.Add(new ZeroPadding2DLayer(new ZeroPaddingShape(height, width, builder.Units, top, bottom, left, right)));
    }
}
