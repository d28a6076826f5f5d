namespace GenNet.Onnx.Reading;

/// <summary>What a <c>Pad</c> adds to a value of four axes, or of three that is read as one.</summary>
static class ZeroPads
{
    /// <summary>Why another <c>Pad</c> is no layer.</summary>
    public const string Refusal = "adds what no layer of GenNet's does: zeros on the four sides of an image can be read.";

    /// <summary>Zeros before each axis, then those behind each; null where it adds something else, or nobody knows what.</summary>
    public static IReadOnlyList<long>? Of(Value node)
    {
        if (node.Computed(0) is not { Rank: 4 } || node.String("mode") is not ("" or "constant") || node.Inputs.Length > 3)
            return null;
        if (node.Inputs.Length > 2 && node.Inputs[2] is not null && node.ConstantAt(2)?.Scalar is not 0f || node.Float("value", 0) != 0)
            return null;
        var pads = node.Inputs.Length > 1 ? node.ConstantAt(1)?.Integers : node.Ints("pads");

        // Of a sequence, which has no rows.
        if (pads is [var ofSamples, var first, var second, var moreSamples, var firstBehind, var secondBehind])
            pads = node.Computed(0)!.Layout?.IsLast == true ? [ofSamples, 0, first, second, moreSamples, 0, firstBehind, secondBehind] : [ofSamples, first, 0, second, moreSamples, firstBehind, 0, secondBehind];
        return pads is [0, _, _, _, 0, _, _, _] && pads.All(pad => pad is >= 0 and <= int.MaxValue) ? pads : null;
    }
}
