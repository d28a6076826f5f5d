using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Windows on the image, or along the sequence, that the layers of a description give.</summary>
static class WindowLayers
{
    /// <summary>The windows of a layer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not fit.</exception>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    public static ImageWindow Window(this ArchitectureBuilder builder, string what, int height, int width, Size2D stride, Size2D dilation, Padding padding, Size2D paddingSize)
    {
        var (rows, columns) = builder.ImageAtHand;
        CheckPadding(padding, paddingSize);
        return ImageWindow.Of(rows, columns, height, width, stride, dilation, padding == Padding.Same ? WindowLayout.Same : paddingSize)
            ?? throw new ArgumentOutOfRangeException(nameof(height), string.Create(CultureInfo.InvariantCulture,
                $"A {height}×{width} {what} with stride {stride}, dilation {dilation} and padding {(padding == Padding.Same ? nameof(Padding.Same) : paddingSize.ToString())} does not fit a {rows}×{columns} image."));
    }

    static void CheckPadding(Padding padding, Size2D paddingSize)
    {
        if (padding is not (Padding.Valid or Padding.Same))
            throw new ArgumentOutOfRangeException(nameof(padding), padding, "There is no such padding.");
        if (paddingSize.Height < 0 || paddingSize.Width < 0 || (paddingSize != default && padding == Padding.Same))
            throw new ArgumentOutOfRangeException(nameof(paddingSize), paddingSize, "A padding is Same, or a number of at least 0.");
    }

    /// <summary>The windows of a pool, each of which has a pixel of the image.</summary>
    /// <inheritdoc cref="Window" path="/exception"/>
    public static ImageWindow PoolWindow(this ArchitectureBuilder builder, int height, int width, Size2D stride, Padding padding, Size2D paddingSize) =>
        paddingSize.Height > height / 2 || paddingSize.Width > width / 2
            ? throw new ArgumentOutOfRangeException(nameof(paddingSize), paddingSize, string.Create(CultureInfo.InvariantCulture, $"The padding of a {height}×{width} window is at most half of it."))
            : builder.Window("window", height, width, stride, 1, padding, paddingSize);

    /// <summary>The windows of a layer along the steps of a sequence.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not fit.</exception>
    /// <exception cref="InvalidOperationException">There is no sequence.</exception>
    public static ImageWindow StepsWindow(this ArchitectureBuilder builder, string what, int size, int stride, int dilation, Padding padding, int paddingSize, bool isCausal = false)
    {
        var steps = builder.StepsAtHand;
        CheckPadding(padding, new(0, paddingSize));
        if (isCausal && (padding != Padding.Valid || paddingSize != 0))
            throw new ArgumentOutOfRangeException(nameof(paddingSize), paddingSize, "A causal layer has no other padding.");
        return ImageWindow.Along(steps, size, stride, dilation, isCausal ? WindowLayout.Causal : padding == Padding.Same ? WindowLayout.Same : paddingSize)
            ?? throw new ArgumentOutOfRangeException(nameof(size), string.Create(CultureInfo.InvariantCulture,
                $"A {what} of {size} steps with stride {stride}, dilation {dilation} and padding {(padding == Padding.Same ? nameof(Padding.Same) : paddingSize)} does not fit a sequence of {steps}."));
    }

    /// <summary>The windows of a pool along the steps of a sequence, each of which has a step of it.</summary>
    /// <inheritdoc cref="StepsWindow" path="/exception"/>
    public static ImageWindow StepsPool(this ArchitectureBuilder builder, int size, int? stride, Padding padding, int paddingSize) => paddingSize > size / 2
        ? throw new ArgumentOutOfRangeException(nameof(paddingSize), paddingSize, string.Create(CultureInfo.InvariantCulture, $"The padding of a window of {size} steps is at most half of it."))
        : builder.StepsWindow("window", size, stride ?? size, 1, padding, paddingSize);

    /// <summary>A window over all of the image.</summary>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    public static ImageWindow WholeWindow(this ArchitectureBuilder builder)
    {
        var (rows, columns) = builder.ImageAtHand;
        return builder.Window("window", rows, columns, 1, 1, Padding.Valid, default);
    }
}
