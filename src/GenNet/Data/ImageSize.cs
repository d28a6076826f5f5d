namespace GenNet;

/// <summary>How large an image is whose features lie row by row of pixels, the channels of a pixel side by side, as <see cref="ImageAttribute"/> has them.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Channels">Features of a pixel: 1 for shades of grey, 3 for red, green and blue.</param>
public sealed record ImageSize(int Height, int Width, int Channels = 1)
{
    /// <summary>Features of the image.</summary>
    internal int Features => Height * Width * Channels;

    /// <summary>A size of an image that fits an array.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or the image has more features than fit an array.</exception>
    internal static ImageSize Of(int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        return (Int128)height * width * channels <= Array.MaxLength ? new(height, width, channels)
            : throw new ArgumentOutOfRangeException(nameof(height), height, $"An image of {height} × {width} × {channels} does not fit into an array.");
    }

    /// <summary>The size in words: <c>28 × 28 × 1</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Height} × {Width} × {Channels}");
}
