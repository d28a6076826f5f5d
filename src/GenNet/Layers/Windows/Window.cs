using System.ComponentModel;
using System.Globalization;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>How a kernel or a pool goes over an image: output (y, x) reads the pixels (y·Stride − Top + i·Dilation, x·Stride − Left + j·Dilation), i &lt; Height, j &lt; Width.</summary>
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
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Window(
    int InputHeight, int InputWidth, int Height, int Width, int Stride, int Dilation, int Top, int Left, int OutputHeight, int OutputWidth)
{
    /// <summary>The same for people.</summary>
    internal ImageWindow Described => new(InputHeight, InputWidth, Height, Width, Stride, Dilation, Top, Left, OutputHeight, OutputWidth);

    /// <summary>Sizes of the images that the layer takes and gives.</summary>
    internal ((int Height, int Width) Taken, (int Height, int Width) Given) Images => ((InputHeight, InputWidth), (OutputHeight, OutputWidth));

    /// <summary>Pixels that the layer takes.</summary>
    internal int Inputs => InputHeight * InputWidth;

    /// <summary>Windows, each of which makes one pixel.</summary>
    internal int Outputs => OutputHeight * OutputWidth;

    /// <summary>Pixels that a window reads.</summary>
    internal int Size => Height * Width;

    /// <summary>Rows that windows read, zeros included.</summary>
    internal int PaddedHeight => (OutputHeight - 1) * Stride + WindowLayout.Reach(Height, Dilation);

    /// <summary>Pixels that windows read of a row, zeros included.</summary>
    internal int PaddedWidth => (OutputWidth - 1) * Stride + WindowLayout.Reach(Width, Dilation);

    /// <summary>A layer with these windows, in words.</summary>
    internal string Schema(string kind, int inputs, int outputs, string activation) =>
        SchemaText.Image(kind, InputHeight, InputWidth, inputs, OutputHeight, OutputWidth, outputs, SchemaText.Window(Height, Width, Stride, Dilation, Top, Left), activation);

    /// <summary>The size as attributes have it: <c>3</c> or <c>3, 5</c>.</summary>
    internal string SizeText => Height == Width ? Text(Height) : $"{Text(Height)}, {Text(Width)}";

    /// <summary>The settings as attributes have them, null where all are usual.</summary>
    /// <param name="stride">The usual stride.</param>
    internal string? Settings(int stride)
    {
        var settings = new List<string>();
        if (Stride != stride)
            settings.Add($"Stride = {Text(Stride)}");
        if (Dilation != 1)
            settings.Add($"Dilation = {Text(Dilation)}");
        if (Top == Left && HasPadding(Top))
            settings.AddRange(Top == 0 ? [] : [$"PaddingSize = {Text(Top)}"]);
        else
            settings.Add("Padding = Padding.Same");
        return settings.Count == 0 ? null : string.Join(", ", settings);
    }

    bool HasPadding(int padding) =>
        WindowLayout.Place(InputHeight, Height, Stride, Dilation, padding).Count == OutputHeight && WindowLayout.Place(InputWidth, Width, Stride, Dilation, padding).Count == OutputWidth;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
