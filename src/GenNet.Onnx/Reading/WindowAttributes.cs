
namespace GenNet.Onnx.Reading;

/// <summary>How a node's kernel or pool goes over an image.</summary>
static class WindowAttributes
{
    static readonly long[] Nothing = [0, 0, 0, 0], Ones = [1, 1];

    /// <summary>A node's windows.</summary>
    /// <exception cref="InvalidDataException">GenNet has no layer with such windows.</exception>
    public static ImageWindow Read(Value node, Value image, long height, long width, bool isPool) =>
        Fault(node, image, height, width, isPool, out var window) is { } fault ? throw new InvalidDataException(fault) : window;

    /// <summary>Why GenNet has no layer with a node's windows, or null.</summary>
    public static string? Fault(Value node, Value image, long height, long width, bool isPool, out ImageWindow window)
    {
        window = default;
        return image.Fault ?? (Find(node, image, height, width, isPool, out window) is { } fault ? $"{node.Description} {fault}" : null);
    }

    /// <summary>A window over the whole of an image.</summary>
    /// <exception cref="InvalidDataException">The model does not tell its size.</exception>
    public static ImageWindow Whole(Value node, Value image)
    {
        image.CheckSizes();
        var (height, width) = image.ImageSize;
        return ImageWindow.Of(height, width, height, width, 1, 1, 0) ?? throw new InvalidDataException($"{node.Description} {Unsized(image)}");
    }

    static string Unsized(Value image) => $"takes images {image.Words}, whose height and width are not known or too large; export the model with fixed ones.";

    /// <summary>What is wrong, or null.</summary>
    static string? Find(Value node, Value image, long height, long width, bool isPool, out ImageWindow window)
    {
        window = default;
        if (image.Sizes is not [_, _, > 0 and <= int.MaxValue and var rows, > 0 and <= int.MaxValue and var columns])
            return Unsized(image);
        if (node.Int("ceil_mode", 0) != 0)
            return "has ceil_mode = 1, which rounds the number of windows up: GenNet's pools round it down. Train and export the model with ceil_mode=False.";
        var (stride, dilation) = (node.PairOf("strides"), node.PairOf("dilations"));
        if (stride is null || dilation is null)
            return $"has strides [{string.Join(", ", node.Ints("strides").Take(5))}] and dilations [{string.Join(", ", node.Ints("dilations").Take(5))}]: GenNet's layers have a positive number for each of an image's two axes.";
        if (isPool && dilation != 1)
            return $"has a dilation of {dilation}, which GenNet's pools do not have. Train the model without.";
        if (node.Ints("kernel_shape") is { Count: > 0 } kernel && !kernel.SequenceEqual([height, width]))
            return $"has kernel_shape [{string.Join(", ", kernel.Take(5))}], the kernel is [{height}, {width}].";
        if (height is <= 0 or > int.MaxValue || width is <= 0 or > int.MaxValue)
            return $"has a window of {height}×{width} pixels.";
        return Place(node, (int)rows, (int)columns, (int)height, (int)width, stride.Value, dilation.Value, isPool, out window);
    }

    static string? Place(Value node, int rows, int columns, int height, int width, Size2D stride, Size2D dilation, bool isPool, out ImageWindow window)
    {
        window = default;
        var same = ImageWindow.Of(rows, columns, height, width, stride, dilation, -1);
        var mode = node.String("auto_pad");
        var pads = mode is "" or "NOTSET" ? node.Ints("pads") : Nothing;
        if (pads.Count == 0)
            pads = Nothing;
        if (pads.Count != 4 || pads.Any(pad => pad is < 0 or > int.MaxValue))
            return $"has pads [{string.Join(", ", pads.Take(9))}], an image has four, of at least 0.";
        if (mode is "SAME_UPPER" or "SAME_LOWER")
        {
            if (same is not { } found)
                return $"has auto_pad = {mode} and a window of {height}×{width} pixels, which does not go over {rows}×{columns} pixels so.";
            window = found;
            return mode == "SAME_LOWER" && (IsOdd(found.OutputHeight, rows, height, stride.Height, dilation.Height) || IsOdd(found.OutputWidth, columns, width, stride.Width, dilation.Width))
                ? "has auto_pad = SAME_LOWER, which puts an odd row or column before the image; Padding.Same puts it behind. Export the model with SAME_UPPER."
                : null;
        }
        if (mode is not ("" or "NOTSET" or "VALID"))
            return $"has auto_pad = {Messages.Short(mode)}, which ONNX does not have.";

        var (down, across) = (Count(rows + pads[0] + pads[2], height, stride.Height, dilation.Height), Count(columns + pads[1] + pads[3], width, stride.Width, dilation.Width));
        if (down < 1 || across < 1)
            return $"has a {height}×{width} window with dilation {dilation}, which does not fit {rows}×{columns} pixels with pads [{string.Join(", ", pads)}].";
        var alike = !(isPool && (pads[0] > height / 2 || pads[1] > width / 2)) && Math.Max(pads[0], pads[1]) <= int.MaxValue ? ImageWindow.Of(rows, columns, height, width, stride, dilation, new((int)pads[0], (int)pads[1])) : null;
        ImageWindow? causal = !isPool && (rows, height) == (1, 1) && ImageWindow.Causal(columns, width, stride.Width, dilation.Width) is { IsCausal: true } ofRow
            ? ofRow with { IsAlongSteps = false, Stride = stride, Dilation = dilation }
            : null;
        foreach (var candidate in (ImageWindow?[])[alike, same, causal])
            if (candidate is { } found && (found.Top, found.Left, found.OutputHeight, found.OutputWidth) == (pads[0], pads[1], down, across))
            {
                window = found;
                return null;
            }
        return $"has pads [{string.Join(", ", pads)}] around {rows}×{columns} pixels: GenNet pads alike above and below, and on either side, with less than {(isPool ? "or as much as half " : "")}a window, or as Padding.Same does, the odd row and column behind. Train the model with such a padding.";

        static long Count(long pixels, int size, int stride, int dilation) => pixels < (size - 1L) * dilation + 1 ? 0 : (pixels - (size - 1L) * dilation - 1) / stride + 1;

        static bool IsOdd(int outputs, int pixels, int size, int stride, int dilation) => Math.Max(0, (outputs - 1L) * stride + (size - 1L) * dilation + 1 - pixels) % 2 != 0;
    }

    /// <summary>An attribute of a number for each axis of an image, 1 by default; null where one is not positive.</summary>
    static Size2D? PairOf(this Value node, string attribute)
    {
        var pair = node.Ints(attribute) is { Count: > 0 } given ? given : Ones;
        return pair is [> 0 and <= int.MaxValue and var down, > 0 and <= int.MaxValue and var across] ? new((int)down, (int)across) : null;
    }
}
