using System.Globalization;

namespace GenNet.Onnx.Layers;

/// <summary>Windows over images in words and numbers.</summary>
static class WindowText
{
    /// <summary>As messages have them.</summary>
    public static string Words(this ImageWindow window) => string.Create(CultureInfo.InvariantCulture,
        $"{window.Height}×{window.Width} pixels of {window.InputHeight}×{window.InputWidth}, stride {window.Stride}, dilation {window.Dilation}, pads [{string.Join(", ", window.Pads())}]");

    /// <summary>Whether both read the same pixels: what numbers say of one window, or of one pixel, does not matter.</summary>
    public static bool Reads(this ImageWindow window, ImageWindow other) => Usual(window) == Usual(other);

    static ImageWindow Usual(ImageWindow window) => window with
    {
        Stride = (window.OutputHeight, window.OutputWidth) == (1, 1) ? 1 : window.Stride,
        Dilation = (window.Height, window.Width) == (1, 1) ? 1 : window.Dilation,
    };

    /// <summary>Pixels above, on the left, below and on the right, as ONNX has them.</summary>
    public static int[] Pads(this ImageWindow window)
    {
        var (bottom, right) = ImageWindow.Of(window.InputHeight, window.InputWidth, window.Height, window.Width, window.Stride, window.Dilation, window.Top) == window
            ? (window.Top, window.Left)
            : (Behind(window.InputHeight, window.Height, window.OutputHeight, window.Top), Behind(window.InputWidth, window.Width, window.OutputWidth, window.Left));
        return [window.Top, window.Left, bottom, right];

        int Behind(int pixels, int size, int outputs, int before) => Math.Max(0, (outputs - 1) * window.Stride + (size - 1) * window.Dilation + 1 - pixels - before);
    }

    /// <summary>Whether it reads any pixel that is added around the image.</summary>
    public static bool ReadsPadding(this ImageWindow window) =>
        window.Top > 0 || window.Left > 0
        || (window.OutputHeight - 1) * window.Stride + (window.Height - 1) * window.Dilation + 1 > window.InputHeight
        || (window.OutputWidth - 1) * window.Stride + (window.Width - 1) * window.Dilation + 1 > window.InputWidth;

    /// <summary>The padding as a declaration has it.</summary>
    public static (Padding Padding, int Size) Declared(this ImageWindow window) =>
        ImageWindow.Of(window.InputHeight, window.InputWidth, window.Height, window.Width, window.Stride, window.Dilation, window.Top) == window ? (Padding.Valid, window.Top) : (Padding.Same, 0);
}
