namespace GenNet.Kernels;

/// <summary>How windows (kernels, pools) lie on the rows or the columns of an image.</summary>
/// <remarks>The generator compiles this file too.</remarks>
static class WindowLayout
{
    /// <summary>The most pixels of an image's side: products of sizes stay within numbers.</summary>
    public const int MostPixels = 1 << 20;

    /// <summary>The padding that makes ⌈pixels/stride⌉ windows, the odd pixel behind.</summary>
    public const int Same = -1;

    /// <summary>The padding that stands before the first pixel alone, so that a window ends where it reads.</summary>
    public const int Causal = -2;

    /// <summary>Pixels from the first to the last of a window.</summary>
    public static int Reach(int size, int dilation) => (size - 1) * dilation + 1;

    /// <summary>Floats of the steps that a causal kernel reads before the one for which it is computed.</summary>
    public static int StateLength(int size, int dilation, int features) => PanelLayout.RoundUp(checked((Reach(size, dilation) - 1) * features), PanelLayout.Line);

    /// <summary>Pixels on which so many windows lie: the reverse of <see cref="Place"/>, of several numbers that hold the same windows the smallest and so many more.</summary>
    /// <returns>None where the padding is all.</returns>
    public static long Spread(int windows, int size, int stride, int dilation, int padding, int more) => (windows - 1L) * stride + (size - 1L) * dilation + 1 - 2L * padding + more;

    /// <summary>The smallest stride with which windows of one pixel on so many pixels are so many: ⌈pixels/stride⌉. 0 where there is none.</summary>
    public static int StrideFor(int pixels, int windows)
    {
        var stride = (pixels + windows - 1) / windows;
        return (pixels + stride - 1) / stride == windows ? stride : 0;
    }

    /// <summary>Windows on so many pixels, and the pixels that are added before them.</summary>
    /// <param name="pixels">Pixels of the image.</param>
    /// <param name="size">Pixels that a window reads.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="dilation">Pixels from one that it reads to the next.</param>
    /// <param name="padding">Pixels added on either side; or <see cref="Same"/> or <see cref="Causal"/>.</param>
    /// <returns>No window where they do not fit.</returns>
    public static (int Count, int Before) Place(int pixels, int size, int stride, int dilation, int padding)
    {
        var reach = Reach(size, dilation);
        if (padding < 0)
        {
            var count = (pixels + stride - 1) / stride;
            return (count, padding == Causal ? reach - 1 : System.Math.Max(0, (count - 1) * stride + reach - pixels) / 2);
        }
        var room = pixels + 2 * padding - reach;
        return (room < 0 ? 0 : room / stride + 1, padding);
    }
}
