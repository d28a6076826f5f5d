using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>Zeros around an image.</summary>
/// <param name="Height">Rows of pixels of the image.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="Top">Rows of zeros above.</param>
/// <param name="Bottom">Rows of zeros below.</param>
/// <param name="Left">Zeros before each row.</param>
/// <param name="Right">Zeros behind it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ZeroPaddingShape(int Height, int Width, int Channels, int Top, int Bottom, int Left, int Right)
{
    internal int Inputs => Height * Width;

    internal int OutputHeight => Top + Height + Bottom;

    internal int OutputWidth => Left + Width + Right;

    internal int Outputs => OutputHeight * OutputWidth;
}
