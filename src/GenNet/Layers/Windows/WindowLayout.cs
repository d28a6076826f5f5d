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

    /// <summary>Steps of a stream before the first with which a window ends. Windows that end with the step for which they are computed have zeros before them, and others begin with the first step.</summary>
    /// <returns>−1 where there are others, which wait for what may never come; and where steps are left out between windows as well as within them.</returns>
    public static int StepsBeforeFirst(int steps, int size, int stride, int dilation, int before, int count)
    {
        var reach = Reach(size, dilation);
        if (size > 1 && stride > 1 && dilation > 1)
            return -1;
        if (before == reach - 1 && count == (steps + stride - 1) / stride)
            return 0;
        return before == 0 && steps >= reach && count == (steps - reach) / stride + 1 ? reach - 1 : -1;
    }

    /// <summary>The most windows that are open between two steps: begun, and not yet ended. With a dilation, those of every such step.</summary>
    public static int OpenWindows(int size, int stride) => (size - 1 + stride - 1) / stride;

    /// <summary>Floats that a stream remembers of windows: a line that begins with the number of steps, and what each window that is open has so far. None where every step is a window.</summary>
    /// <returns>The most of an integer where there are more.</returns>
    public static int StateLength(int size, int stride, int dilation, int features)
    {
        var length = PanelLayout.Line + (size == 1 ? 0 : (long)dilation * OpenWindows(size, stride)) * PanelLayout.PaddedOutputs(features);
        return size == 1 && stride == 1 ? 0 : (int)System.Math.Min(int.MaxValue, (length + PanelLayout.Line - 1) / PanelLayout.Line * PanelLayout.Line);
    }

    /// <summary>The same of the window of all steps so far: a line that begins with their number, and what they have.</summary>
    public static int StateLengthOfAll(int features) => PanelLayout.Line + PanelLayout.RowLength(features);

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
