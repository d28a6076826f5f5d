using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>How the kernel of a convolution, or a pool, goes over an image: output (y, x) reads the pixels (y·Stride − Top + i·Dilation, x·Stride − Left + j·Dilation), i &lt; Height, j &lt; Width.</summary>
/// <param name="InputHeight">Rows of pixels that the layer takes.</param>
/// <param name="InputWidth">Pixels of a row.</param>
/// <param name="Height">Pixels that a window reads of a column.</param>
/// <param name="Width">Pixels that it reads of a row.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Dilation">Pixels from one that a window reads to the next.</param>
/// <param name="Top">Rows of zeros above the image.</param>
/// <param name="Left">Zeros before each row.</param>
/// <param name="OutputHeight">Rows of windows.</param>
/// <param name="OutputWidth">Windows of a row.</param>
public readonly record struct ImageWindow(
    int InputHeight, int InputWidth, int Height, int Width, int Stride, int Dilation, int Top, int Left, int OutputHeight, int OutputWidth)
{
    /// <summary>The windows of a layer, or null where not one fits, or a number is none that a layer can have.</summary>
    /// <param name="inputHeight">Rows of pixels of the image.</param>
    /// <param name="inputWidth">Pixels of a row.</param>
    /// <param name="height">Pixels that a window reads of a column.</param>
    /// <param name="width">Pixels that it reads of a row.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="dilation">Pixels from one that a window reads to the next.</param>
    /// <param name="padding">Pixels added on every side, negative for as many as <see cref="Padding.Same"/> adds.</param>
    public static ImageWindow? Of(int inputHeight, int inputWidth, int height, int width, int stride, int dilation, int padding)
    {
        ReadOnlySpan<int> numbers = [inputHeight, inputWidth, height, width, stride, dilation];
        foreach (var number in numbers)
            if (number is < 1 or > WindowLayout.MostPixels)
                return null;
        if ((Math.Max(height, width) - 1L) * dilation >= WindowLayout.MostPixels || padding >= WindowLayout.Reach(Math.Min(height, width), dilation))
            return null;
        var (rows, columns) = (WindowLayout.Place(inputHeight, height, stride, dilation, padding), WindowLayout.Place(inputWidth, width, stride, dilation, padding));
        if (rows.Count == 0 || columns.Count == 0 || Math.Max((long)inputHeight * inputWidth, (long)rows.Count * columns.Count) > Array.MaxLength)
            return null;
        return new(inputHeight, inputWidth, height, width, stride, dilation, rows.Before, columns.Before, rows.Count, columns.Count);
    }

    /// <summary>The same for emitted code.</summary>
    internal Window Compiled => new(InputHeight, InputWidth, Height, Width, Stride, Dilation, Top, Left, OutputHeight, OutputWidth);
}
