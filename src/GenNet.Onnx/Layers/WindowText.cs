using System.Globalization;

namespace GenNet.Onnx.Layers;

/// <summary>Windows over images in words and numbers.</summary>
static class WindowText
{
    /// <summary>As messages have them.</summary>
    public static string Words(this ImageWindow window) => window.IsAlongSteps
        ? string.Create(CultureInfo.InvariantCulture, $"{window.Width} of {window.InputWidth} steps, stride {window.Stride.Width}, dilation {window.Dilation.Width}, pads [{window.Pads()[1]}, {window.Pads()[3]}]")
        : string.Create(CultureInfo.InvariantCulture, $"{window.Height}×{window.Width} pixels of {window.InputHeight}×{window.InputWidth}, stride {window.Stride}, dilation {window.Dilation}, pads [{string.Join(", ", window.Pads())}]");

    /// <summary>Whether a layer has windows that go along the steps of sequences.</summary>
    public static bool GoesAlongSteps(Layer layer) => layer is ConvolutionLayer { Window.IsAlongSteps: true } or PoolLayer { Window.IsAlongSteps: true }
        || (layer is ResidualLayer { Projection: { } projection } && GoesAlongSteps(projection));

    /// <summary>Its size as a tensor's shape has it.</summary>
    public static string SizeWords(this ImageWindow window) => window.IsAlongSteps ? $"{window.Width}" : $"{window.Height}, {window.Width}";

    /// <summary>Sizes of the images that it goes over and makes.</summary>
    public static ((int Height, int Width) Taken, (int Height, int Width) Given) Images(this ImageWindow window) => ((window.InputHeight, window.InputWidth), (window.OutputHeight, window.OutputWidth));

    /// <summary>Whether both read the same pixels: what numbers say of one window, or of one pixel, does not matter.</summary>
    public static bool Reads(this ImageWindow window, ImageWindow other) => Usual(window) == Usual(other);

    static ImageWindow Usual(ImageWindow window) => window with
    {
        IsAlongSteps = false,
        Stride = new(window.OutputHeight == 1 ? 1 : window.Stride.Height, window.OutputWidth == 1 ? 1 : window.Stride.Width),
        Dilation = new(window.Height == 1 ? 1 : window.Dilation.Height, window.Width == 1 ? 1 : window.Dilation.Width),
    };

    /// <summary>Pixels above, on the left, below and on the right, as ONNX has them.</summary>
    public static int[] Pads(this ImageWindow window)
    {
        var (bottom, right) = window.IsPadded()
            ? (window.Top, window.Left)
            : (Math.Max(0, window.EndRow() - window.InputHeight), Math.Max(0, window.EndColumn() - window.InputWidth));
        return [window.Top, window.Left, bottom, right];
    }

    /// <summary>Whether it reads any pixel that is added around the image.</summary>
    public static bool ReadsPadding(this ImageWindow window) =>
        window.Top > 0 || window.Left > 0 || window.EndRow() > window.InputHeight || window.EndColumn() > window.InputWidth;

    /// <summary>The row behind the last that it reads, from the image's first.</summary>
    static int EndRow(this ImageWindow window) => (window.OutputHeight - 1) * window.Stride.Height + (window.Height - 1) * window.Dilation.Height + 1 - window.Top;

    static int EndColumn(this ImageWindow window) => (window.OutputWidth - 1) * window.Stride.Width + (window.Width - 1) * window.Dilation.Width + 1 - window.Left;

    /// <summary>Whether there is as much padding behind the image as before it.</summary>
    static bool IsPadded(this ImageWindow window) => ImageWindow.Of(
        window.InputHeight, window.InputWidth, window.Height, window.Width, window.Stride, window.Dilation, new(window.Top, window.Left)) == window with { IsAlongSteps = false };

    /// <summary>The padding as a declaration has it.</summary>
    public static (Padding Padding, Size2D Size) Declared(this ImageWindow window) => window.IsPadded() ? (Padding.Valid, new(window.Top, window.Left)) : (Padding.Same, default);
}
