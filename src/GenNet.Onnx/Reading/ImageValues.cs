namespace GenNet.Onnx.Reading;

/// <summary>What values of images are: sizes, the axis of the channels, and the rows that are made of them.</summary>
static class ImageValues
{
    /// <summary>[samples, channels, height, width] ↔ [samples, height, width, channels].</summary>
    static readonly long[] ToLast = [0, 2, 3, 1], ToFirst = [0, 3, 1, 2];

    /// <summary>Completes what a node gives.</summary>
    public static void Complete(Value value)
    {
        var x = value.Inputs.FirstOrDefault(input => input is { Constant: null });
        if (value.Rank == 4)
        {
            var image = value.Inputs.FirstOrDefault(input => input is { Constant: null, Sizes: not null });
            value.Layout = image?.Layout ?? new Layout();
            foreach (var other in value.Inputs)
                if (other is { Constant: null, Layout: { } layout })
                    value.Layout.TryJoin(layout);
            value.Sizes = image is null ? new long[4] : Sizes(value, image);
        }
        else if (value.Rank == 2 && x is not null)
        {
            value.Row = value.Operator switch
            {
                "Flatten" or "Reshape" or "Squeeze" when x.Rank == 4 => Row.Of(value, x),
                "Flatten" when x.Rank == 3 => new Row(x),
                "Gemm" or "MatMul" or "ReduceMean" or "ReduceMax" or "Gather" => null,
                _ => value.Inputs.FirstOrDefault(input => input?.Row is not null)?.Row,
            };
            value.RowWidth = value.Operator switch
            {
                "Gemm" => value.ConstantAt(1)?.Shape.ElementAtOrDefault(value.Int("transB", 0) != 0 ? 0 : 1) ?? 0,
                "MatMul" => value.ConstantAt(1)?.Shape.LastOrDefault() ?? 0,
                EmbeddingGraph.Operator => value.Int(EmbeddingGraph.Outputs, 0),
                _ => value.Row?.Width ?? x.RowWidth,
            };
        }
    }

    static long[] Sizes(Value value, Value image)
    {
        var sizes = image.Sizes!;
        value.Fault = image.Fault;
        switch (value.Operator)
        {
            case "Conv" when value.ConstantAt(1) is { } weights:
                if (weights.KernelFault is { } fault)
                {
                    value.Fault ??= fault;
                    return new long[4];
                }
                return Windows(value, image, weights.Tensor.Dims[0], weights.Tensor.Dims[2], weights.Tensor.Dims[3], isPool: false);
            case "ConvTranspose" when value.ConstantAt(1) is { } kernels:
                var transposed = default(ImageWindow);
                value.Fault ??= kernels.KernelFault ?? TransposedAttributes.Fault(value, image, kernels.Tensor.Dims[2], kernels.Tensor.Dims[3], out transposed);
                return value.Fault is null ? [sizes[0], kernels.Tensor.Dims[1], transposed.InputHeight, transposed.InputWidth] : new long[4];
            case "MaxPool" or "AveragePool" when value.Ints("kernel_shape") is [var height, var width]:
                return Windows(value, image, sizes[1], height, width, isPool: true);
            case "Conv" or "ConvTranspose" or "MaxPool" or "AveragePool":
                return new long[4];
            case "Pad":
                var pads = ZeroPads.Of(value);
                value.Fault ??= pads is null ? $"{value.Description} {ZeroPads.Refusal}" : null;
                return pads is null ? new long[4] : [.. sizes.Select((size, axis) => size == 0 ? 0 : Known(size + pads[axis] + pads[axis + 4]))];
            case "Resize":
                var scales = ResizeScales.Of(value, image, out var refusal);
                value.Fault ??= scales is null ? refusal : null;
                return scales is null ? new long[4] : [.. sizes.Select((size, axis) => Known(size * scales[axis]))];
            case "GlobalMaxPool" or "GlobalAveragePool":
                return [sizes[0], sizes[1], 1, 1];
            case "ReduceMean" or "ReduceMax":
                var axes = value.Axes;
                return [.. sizes.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
            case "MatMul":
                return [sizes[0], sizes[1], sizes[2], value.ConstantAt(1)?.Shape.LastOrDefault() ?? 0];
            case EmbeddingGraph.Operator:
                return [sizes[0], sizes[1], sizes[2], value.Int(EmbeddingGraph.Outputs, 0)];
            case var operation when RecurrentGraph.IsRecurrent(operation):
                return [sizes[0], sizes[1], sizes[2], Known((value.ConstantAt(2)?.Shape.LastOrDefault() ?? 0) * (RecurrentGraph.IsBidirectional(value.Node!) ? 2 : 1))];
            default:
                return sizes;
        }
    }

    /// <summary>A size that an array can have, or 0.</summary>
    static long Known(long size) => size <= int.MaxValue ? size : 0;

    static long[] Windows(Value value, Value image, long channels, long height, long width, bool isPool)
    {
        value.Fault = WindowAttributes.Fault(value, image, height, width, isPool, out var window);
        return value.Fault is null ? [image.Sizes![0], channels, window.OutputHeight, window.OutputWidth] : [image.Sizes![0], channels, 0, 0];
    }

    /// <summary>An image whose channels a node only puts first or last, or a row that it makes an image of one pixel, or one step; null where it does something else.</summary>
    public static Value? Moved(Value value)
    {
        if (value.Computed(0) is not { } x)
            return null;
        if (value.Operator == "Unsqueeze" && x.Rank == 2)
            return (value.ConstantAt(1)?.Integers ?? value.Ints("axes")) switch
            {
                [2, 3] => new Value(value.Name, value.Order) { Node = value.Node, Inputs = value.Inputs, Of = x, Rank = 4, Sizes = [0, x.RowWidth, 1, 1], Layout = Layout.Of(isLast: false), Opset = value.Opset },
                [1, 2] => new Value(value.Name, value.Order) { Node = value.Node, Inputs = value.Inputs, Of = x, Rank = 4, Sizes = [0, 1, 1, x.RowWidth], Layout = Layout.Of(isLast: true), Opset = value.Opset },
                [1] => new Value(value.Name, value.Order) { Node = value.Node, Inputs = value.Inputs, Of = x, Rank = 3, Positions = 1, Opset = value.Opset },
                _ => null,
            };
        if (value.Operator != "Transpose" || x.Sizes is not { } sizes)
            return null;
        var toLast = value.Ints("perm").SequenceEqual(ToLast);
        if (!toLast && !value.Ints("perm").SequenceEqual(ToFirst) || !x.Layout!.TrySet(!toLast))
            return null;
        return new Value(value.Name, value.Order)
        {
            Node = value.Node, Inputs = value.Inputs, Of = x, Rank = 4, Layout = Layout.Of(toLast), Opset = value.Opset, Fault = x.Fault,
            Sizes = [.. (toLast ? ToLast : ToFirst).Select(axis => sizes[axis])],
        };
    }
}
