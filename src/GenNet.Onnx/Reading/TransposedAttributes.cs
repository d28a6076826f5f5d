namespace GenNet.Onnx.Reading;

/// <summary>How a transposed convolution's kernel lies on the image that it gives.</summary>
static class TransposedAttributes
{
    static readonly long[] Nothing = [0, 0, 0, 0], None = [0, 0], Ones = [1, 1];

    /// <summary>Rows and columns beyond what the kernel reaches.</summary>
    public static int More(ImageWindow window) => window.InputHeight + 2 * window.Top - (window.OutputHeight - 1) * window.Stride.Height - (window.Height - 1) * window.Dilation.Height - 1;

    /// <summary>Why GenNet has no layer for a node, or null.</summary>
    /// <param name="node">The node.</param>
    /// <param name="image">What it takes.</param>
    /// <param name="height">Rows of the kernel.</param>
    /// <param name="width">Columns of the kernel.</param>
    /// <param name="window">The windows of the convolution the other way, over the image that the node gives.</param>
    public static string? Fault(Value node, Value image, long height, long width, out ImageWindow window)
    {
        window = default;
        return image.Fault ?? (Find(node, image, height, width, out window) is { } fault ? $"{node.Description} {fault}" : null);
    }

    static string? Find(Value node, Value image, long height, long width, out ImageWindow window)
    {
        window = default;
        if (image.Sizes is not [_, _, > 0 and <= int.MaxValue and var rows, > 0 and <= int.MaxValue and var columns])
            return $"takes images {image.Words}, whose height and width are not known or too large; export the model with fixed ones.";
        if (node.String("auto_pad") is not ("" or "NOTSET" or "VALID") || node.Ints("output_shape").Count > 0)
            return "has auto_pad or output_shape, which leave open what is cut off: export the model with pads and output_padding.";
        var (pads, strides, dilations, more) = (Given(node, "pads", Nothing), Given(node, "strides", Ones), Given(node, "dilations", Ones), Given(node, "output_padding", None));
        if (strides is not [> 0 and <= int.MaxValue and var stride, _] || dilations is not [> 0 and <= int.MaxValue and var dilation, _] || strides[1] != stride || dilations[1] != dilation)
            return $"has strides [{string.Join(", ", strides.Take(5))}] and dilations [{string.Join(", ", dilations.Take(5))}]: GenNet's transposed convolutions have one positive number for both axes of an image. Train the model with equal ones.";
        if (node.Ints("kernel_shape") is { Count: > 0 } kernel && !kernel.SequenceEqual([height, width]))
            return $"has kernel_shape [{string.Join(", ", kernel.Take(5))}], the kernel is [{height}, {width}].";
        if (pads.Count != 4 || more.Count != 2 || pads.Concat(more).Any(number => number is < 0 or > int.MaxValue) || height is <= 0 or > int.MaxValue || width is <= 0 or > int.MaxValue)
            return $"has pads [{string.Join(", ", pads.Take(9))}] and output_padding [{string.Join(", ", more.Take(5))}], an image has four and two, of at least 0.";

        // What is added behind may also be cut off less.
        var (down, across) = (pads[0] - pads[2] + more[0], pads[1] - pads[3] + more[1]);
        var (high, wide) = (Size(rows, height, stride, dilation) - 2 * pads[0] + down, Size(columns, width, stride, dilation) - 2 * pads[1] + across);
        if (high < 1 || wide < 1)
            return $"has a {height}×{width} kernel with pads [{string.Join(", ", pads)}], which leave nothing of {rows}×{columns} pixels.";
        if (pads[0] == pads[1] && down == across && down >= 0 && down < stride && high <= int.MaxValue && wide <= int.MaxValue
            && ImageWindow.Of((int)high, (int)wide, (int)height, (int)width, (int)stride, (int)dilation, (int)pads[0]) is { } found && (found.OutputHeight, found.OutputWidth) == (rows, columns))
        {
            window = found;
            return null;
        }
        return $"has pads [{string.Join(", ", pads)}] and output_padding [{string.Join(", ", more)}] with strides of {stride}: GenNet's transposed convolutions cut off as many rows and columns on every side, fewer than the kernel has, and add as many below as on the right, fewer than the stride. Train the model so.";
    }

    static long Size(long pixels, long size, long stride, long dilation) => (pixels - 1) * stride + (size - 1) * dilation + 1;

    static IReadOnlyList<long> Given(Value node, string attribute, long[] otherwise) => node.Ints(attribute) is { Count: > 0 } given ? given : otherwise;
}
