using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>An image that becomes larger.</summary>
/// <param name="Height">Rows of pixels of the image.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="Down">Rows that each row becomes.</param>
/// <param name="Across">Pixels that each pixel of a row becomes.</param>
/// <param name="Interpolation">Where their values come from.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct UpSamplingShape(int Height, int Width, int Channels, int Down, int Across, Interpolation Interpolation = Interpolation.Nearest)
{
    internal int Inputs => Height * Width;

    internal int OutputHeight => Height * Down;

    internal int OutputWidth => Width * Across;

    internal int Outputs => OutputHeight * OutputWidth;
}
