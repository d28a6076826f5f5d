using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>How a kernel or a pool goes over an image.</summary>
/// <param name="InputHeight">Rows of pixels that the layer takes.</param>
/// <param name="InputWidth">Pixels of a row.</param>
/// <param name="Height">Pixels that a window reads of a column.</param>
/// <param name="Width">Pixels that it reads of a row.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Dilation">Pixels from one that it reads to the next.</param>
/// <param name="Padding">Pixels added on every side, negative for as many as make ⌈pixels/stride⌉ windows.</param>
sealed record WindowSpec(int InputHeight, int InputWidth, int Height, int Width, int Stride, int Dilation, int Padding)
{
    const int Same = -1;

    (int Count, int Before) Rows => WindowLayout.Place(InputHeight, Height, Stride, Dilation, Padding);

    (int Count, int Before) Columns => WindowLayout.Place(InputWidth, Width, Stride, Dilation, Padding);

    /// <summary>The pixels that it makes, with so many channels.</summary>
    public SampleShape Output(int channels) => SampleShape.Image(Rows.Count, Columns.Count, channels);

    /// <summary>A window over a whole image.</summary>
    public static WindowSpec Whole(SampleShape image) => new(image.Height, image.Width, image.Height, image.Width, 1, 1, 0);

    /// <summary>Whether a layer can stand here, which takes images alone. If not, that is reported.</summary>
    public static bool TakesImage(LayerReader reader, string layer)
    {
        if (!reader.Input.IsImage)
            reader.ReportAlone(Descriptors.NotAnImage, layer, reader.Input.Words);
        return reader.Input.IsImage;
    }

    /// <summary>Reads the window of a layer that takes images; null where it does not fit, which is reported.</summary>
    /// <param name="reader">Reads the attribute.</param>
    /// <param name="layer">The attribute's name.</param>
    /// <param name="what">What goes over the image: <c>kernel</c> or <c>window</c>.</param>
    /// <param name="height">The name of its height.</param>
    /// <param name="width">The name of its width.</param>
    /// <param name="side">The name of both.</param>
    /// <param name="isPool">Whether it is a pool: its windows lie side by side unless told otherwise, and each needs a pixel of the image.</param>
    public static WindowSpec? Read(LayerReader reader, string layer, string what, string height, string width, string side, bool isPool)
    {
        if (!TakesImage(reader, layer))
            return null;
        var image = reader.Input;
        int Size(string name, string words) => reader.Integer(reader.Has(side) ? side : name, 1, 1, WindowLayout.MostPixels, $"a {what} {words}");
        var (rows, columns) = (Size(height, "height"), Size(width, "width"));
        var stride = reader.Integer("Stride", isPool ? rows : 1, 1, WindowLayout.MostPixels, "a stride");
        var dilation = isPool ? 1 : reader.Integer("Dilation", 1, 1, WindowLayout.MostPixels, "a dilation");
        if ((Math.Max(rows, columns) - 1L) * dilation >= WindowLayout.MostPixels)
            dilation = 1; // beyond any image, as the size alone is
        var (reachDown, reach) = (WindowLayout.Reach(rows, dilation), WindowLayout.Reach(columns, dilation));
        var smallest = Math.Min(reachDown, reach);
        var padding = reader.Integer("PaddingSize", 0, 0, isPool ? smallest / 2 : smallest - 1, "a padding");
        if (reader.Member("Padding", "Valid") == "Same")
        {
            if (reader.Has("PaddingSize"))
                reader.ReportArgument(Descriptors.PaddingTwice, "PaddingSize", -1);
            padding = Same;
        }
        var window = new WindowSpec(image.Height, image.Width, rows, columns, stride, dilation, padding);
        if (window.Rows.Count > 0 && window.Columns.Count > 0)
            return window;
        reader.ReportAlone(Descriptors.WindowTooLarge, $"a {Text.Number(reachDown)}×{Text.Number(reach)} {what}",
            $"{Text.Number(image.Height)}×{Text.Number(image.Width)} image{(padding > 0 ? $" with a padding of {Text.Number(padding)}" : "")}");
        return null;
    }

    /// <summary>It in words.</summary>
    public string Words => SchemaText.Window(Height, Width, Stride, Dilation, Rows.Before, Columns.Before);

    /// <summary>A layer with it, as <see cref="SchemaText"/> has that.</summary>
    public string Schema(string kind, SampleShape input, int outputs, string activation) =>
        SchemaText.Image(kind, InputHeight, InputWidth, input.Features, Rows.Count, Columns.Count, outputs, Words, activation);

    /// <summary>The expression that makes it.</summary>
    public string Value => $"new(InputHeight: {Text.Number(InputHeight)}, InputWidth: {Text.Number(InputWidth)}, Height: {Text.Number(Height)}, Width: {Text.Number(Width)}, Stride: {Text.Number(Stride)}, Dilation: {Text.Number(Dilation)}, "
        + $"Top: {Text.Number(Rows.Before)}, Left: {Text.Number(Columns.Before)}, OutputHeight: {Text.Number(Rows.Count)}, OutputWidth: {Text.Number(Columns.Count)})";

    /// <summary>The pixel that place (i, j) of the window reads, as in <c>x(2y + i − 1, 2x + j − 1)</c>.</summary>
    public string Pixel(string x) => $"{x}({Index("y", "i", Rows.Before)}, {Index("x", "j", Columns.Before)}, c)";

    /// <summary>Places of the window, as in <c>i, j &lt; 3</c>.</summary>
    public string Places => Height == Width ? $"i, j < {Text.Number(Height)}" : $"i < {Text.Number(Height)}, j < {Text.Number(Width)}";

    string Index(string output, string place, int before) =>
        $"{(Stride == 1 ? "" : Text.Number(Stride))}{output} + {(Dilation == 1 ? "" : Text.Number(Dilation))}{place}{(before == 0 ? "" : $" − {Text.Number(before)}")}";
}
