namespace GenNet;

/// <summary>
/// Says that a sample of a <see cref="NetworkAttribute"/> class is an image: [height, width, channels], row by row of pixels, the channels of a pixel side by side.
/// Convolutions and pools take images; other layers work on each pixel by itself until <see cref="FlattenAttribute"/> or a global pool makes one row of all.
/// </summary>
/// <param name="height">Rows of pixels.</param>
/// <param name="width">Pixels of a row.</param>
/// <param name="channels">Numbers of a pixel: 1 for shades of grey, 3 for colours.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ImageAttribute(int height, int width, int channels = 1) : Attribute
{
    /// <summary>Rows of pixels.</summary>
    public int Height { get; } = height;

    /// <summary>Pixels of a row.</summary>
    public int Width { get; } = width;

    /// <summary>Numbers of a pixel.</summary>
    public int Channels { get; } = channels;
}
