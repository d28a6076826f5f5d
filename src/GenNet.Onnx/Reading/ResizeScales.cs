namespace GenNet.Onnx.Reading;

/// <summary>By what a <c>Resize</c> multiplies the sizes of a value of four axes.</summary>
static class ResizeScales
{
    /// <summary>The version of the operator set since which a node has regions between what it takes and its scales.</summary>
    const int RegionsOpset = 11;

    /// <summary>Larger images do not fit into an array.</summary>
    const int Most = 1 << 20;

    /// <summary>Whole numbers, 1 for the samples; null, and why, where it does something that no layer does.</summary>
    public static IReadOnlyList<int>? Of(Value node, Value image, out string fault)
    {
        fault = "";
        if (image.Sizes is not { } sizes)
            fault = $"{node.Description} takes a value of {image.Rank} axes; GenNet's layers make images larger, [samples, channels, height, width]. Export the model with such an input.";
        else if (Scales(node, sizes) is not [1, _, _, _] scales || scales.Any(scale => scale is not (>= 1 and <= Most) || scale != Math.Floor(scale)))
            fault = $"{node.Description} {Refusal(Scales(node, sizes) ?? [])}";
        else if (ModeFault(node) is { } mode && scales.Any(scale => scale > 1))
            fault = $"{node.Description} {mode}";
        else
            return [.. scales.Select(scale => (int)scale)];
        return null;
    }

    /// <summary>What is said of other scales.</summary>
    public static string Refusal(IEnumerable<double> scales) => scales.Any()
        ? $"multiplies sizes by [{string.Join(", ", scales)}]: GenNet makes the height and the width of an image a whole number of times as large, and nothing else. Train the model with such a factor."
        : "has scales that are no constants, or none: export the model with a fixed scale_factor.";

    static double[]? Scales(Value node, long[] sizes)
    {
        var place = node.Opset < RegionsOpset ? 1 : 2;
        if (node.ConstantAt(place) is { Tensor: { DataType: Schema.TensorProto.Types.DataType.Float, Dims: [4] } } scales)
            return [.. scales.Vector(4).Select(scale => (double)scale)];
        return node.ConstantAt(3)?.Integers is [_, _, _, _] given && sizes.All(size => size > 0) ? [.. given.Zip(sizes, (to, from) => (double)to / from)] : null;
    }

    /// <summary>Why the places from which new pixels are taken are others than those of GenNet's layers, or null.</summary>
    static string? ModeFault(Value node)
    {
        var (mode, place, rounding) = (Or(node, "mode", "nearest"), Or(node, "coordinate_transformation_mode", node.Opset < RegionsOpset ? "asymmetric" : "half_pixel"), Or(node, "nearest_mode", node.Opset < RegionsOpset ? "floor" : "round_prefer_floor"));
        return (mode, place, rounding) switch
        {
            // Of whole factors all of these take the pixel in which the new one lies: between two centres none lies.
            ("nearest", "asymmetric" or "tf_half_pixel_for_nn", "floor") or ("nearest", "half_pixel" or "pytorch_half_pixel", "round_prefer_floor" or "round_prefer_ceil") => null,
            ("linear", "half_pixel" or "pytorch_half_pixel", _) => null,
            _ => $"has mode {Messages.Short(mode)} with coordinate_transformation_mode {Messages.Short(place)}{(mode == "nearest" ? $" and nearest_mode {Messages.Short(rounding)}" : "")}: GenNet has what PyTorch's Upsample exports with mode='nearest', and with mode='bilinear', align_corners=False.",
        };
    }

    static string Or(Value node, string attribute, string otherwise) => node.String(attribute) is { Length: > 0 } given ? given : otherwise;
}
