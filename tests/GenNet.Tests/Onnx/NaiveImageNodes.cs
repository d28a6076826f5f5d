using GenNet.Onnx.Schema;
using static GenNet.Tests.Onnx.NaiveGraph;

namespace GenNet.Tests.Onnx;

/// <summary>Evaluates ONNX's operators of images as the standard has them.</summary>
static class NaiveImageNodes
{
    /// <summary>What a node gives, or null where it is none of images.</summary>
    /// <exception cref="ArgumentException">The standard does not allow it.</exception>
    public static NDArray? Run(NodeProto node, NDArray[] x)
    {
        if (node.OpType is "Conv" or "MaxPool" or "AveragePool" or "GlobalAveragePool" or "GlobalMaxPool" && x[0].Rank == 3)
            return AlongSteps(node, x);
        long Int(string name, long otherwise) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? otherwise;
        int[] Ints(string name, params int[] otherwise) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { } found ? [.. found.Ints.Select(value => (int)value)] : otherwise;
        int[] Axes() => [.. (x.Length > 1 ? x[1].Values.Select(value => (int)value) : Ints("axes")).Select(axis => x[0].Axis(axis)).Order()];
        switch (node.OpType)
        {
            case "Conv":
                Require(x[0].Rank == 4 && x[1].Rank == 4 && x[0].Shape[1] == x[1].Shape[1] * Int("group", 1) && x[1].Shape[0] % Int("group", 1) == 0);
                return Windows(node, x[0], x[1].Shape[2], x[1].Shape[3], x[1].Shape[0], (pixels, filter) =>
                {
                    var sum = x.Length > 2 ? x[2].Values[filter] : 0;
                    var (size, channels, weights, first) = (x[0].Shape[2] * x[0].Shape[3], x[1].Shape[1], pixels.Length, filter / (x[1].Shape[0] / (int)Int("group", 1)) * x[1].Shape[1]);
                    for (var k = 0; k < pixels.Length; k++)
                        for (var c = 0; c < channels && pixels[k].Inside; c++)
                            sum += x[0].Values[(pixels[k].Sample * x[0].Shape[1] + first + c) * size + pixels[k].Y * x[0].Shape[3] + pixels[k].X] * x[1].Values[(filter * channels + c) * weights + k];
                    return sum;
                });
            case "ConvTranspose":
                return Transposed(x, Ints("strides", 1, 1), Ints("dilations", 1, 1), Ints("pads", 0, 0, 0, 0), Ints("output_padding", 0, 0));
            case "MaxPool":
                return Windows(node, x[0], Ints("kernel_shape")[0], Ints("kernel_shape")[1], x[0].Shape[1], (pixels, c) => pixels.Where(pixel => pixel.Inside).DefaultIfEmpty().Max(pixel => At(x[0], pixel.Sample, c, pixel.Y, pixel.X)));
            case "AveragePool":
                return Windows(node, x[0], Ints("kernel_shape")[0], Ints("kernel_shape")[1], x[0].Shape[1],
                    (pixels, c) => pixels.Where(pixel => pixel.Inside).Sum(pixel => At(x[0], pixel.Sample, c, pixel.Y, pixel.X)) / pixels.Count(pixel => pixel.Inside || Int("count_include_pad", 0) != 0));
            case "GlobalAveragePool" or "GlobalMaxPool":
                Require(x[0].Rank == 4);
                return new([x[0].Shape[0], x[0].Shape[1], 1, 1], [.. x[0].Values.Chunk(x[0].Shape[2] * x[0].Shape[3]).Select(values => node.OpType == "GlobalMaxPool" ? values.Max() : values.Average())]);
            case "ReduceMean" or "ReduceMax" when x[0].Rank is 3 or 4:
                var reduced = Axes();
                int[] kept = [.. x[0].Shape.Select((size, axis) => reduced.Contains(axis) ? 1 : size)];
                double[] values = [.. Indices(kept).Select(index => Of(node.OpType, Indices([.. x[0].Shape.Select((size, axis) => reduced.Contains(axis) ? size : 1)]).Select(offset => x[0].Values[Place(x[0].Shape, [.. index.Zip(offset, (a, b) => a + b)])])))];
                return new(Int("keepdims", 1) != 0 ? kept : [.. kept.Where((_, axis) => !reduced.Contains(axis))], values);
            case "Transpose":
                var order = Ints("perm", [.. Enumerable.Range(0, x[0].Rank).Reverse()]);
                Require(order.Length == x[0].Rank);
                int[] turned = [.. order.Select(axis => x[0].Shape[axis])];
                return new(turned, [.. Indices(turned).Select(index => x[0].Values[Place(x[0].Shape, [.. Enumerable.Range(0, index.Length).Select(axis => index[Array.IndexOf(order, axis)])])])]);
            case "Pad":
                var pads = x.Length > 1 ? [.. x[1].Values.Select(value => (int)value)] : Ints("pads");
                var rank = x[0].Rank;
                int[] padded = [.. x[0].Shape.Select((size, axis) => size + pads[axis] + pads[axis + rank])];
                return new(padded, [.. Indices(padded).Select(index => index.Select((at, axis) => at - pads[axis]).ToArray()).Select(index => index.Zip(x[0].Shape).All(pair => pair.First >= 0 && pair.First < pair.Second) ? x[0].Values[Place(x[0].Shape, index)] : x.Length > 2 ? x[2].Values[0] : 0)]);
            case "Resize":
                string Text(string name, string otherwise) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.S.ToStringUtf8() ?? otherwise;
                int[] resized = [.. x[0].Shape.Select((size, axis) => (int)Math.Floor(size * x[2].Values[axis]))];
                return new(resized, [.. Indices(resized).Select(index => Resized(x[0], index, x[2].Values, 0, [], Text("mode", "nearest"), Text("coordinate_transformation_mode", "half_pixel"), Text("nearest_mode", "round_prefer_floor")))]);
            case "Squeeze":
                var squeezed = Axes();
                Require(squeezed.All(axis => x[0].Shape[axis] == 1));
                return x[0] with { Shape = [.. x[0].Shape.Where((_, axis) => !squeezed.Contains(axis))] };
            case "Unsqueeze":
                Require(x[0].Rank == 2 && x[1].Values is [2, 3] or [2] or [1]);
                return x[0] with { Shape = x[1].Values is [1] ? [x[0].Shape[0], 1, x[0].Shape[1]] : [.. x[0].Shape, .. x[1].Values.Select(_ => 1)] };
            case "Reshape":
                int[] shape = [.. x[1].Values.Select((value, axis) => value == 0 ? x[0].Shape[axis] : (int)value)];
                Require(shape.Count(size => size == -1) <= 1);
                var known = shape.Where(size => size != -1).Aggregate(1, (a, b) => a * b);
                shape = [.. shape.Select(size => size == -1 ? x[0].Values.Length / known : size)];
                Require(shape.Aggregate(1, (a, b) => a * b) == x[0].Values.Length);
                return x[0] with { Shape = shape };
            default:
                return null;
        }

        static double Of(string operation, IEnumerable<double> values) => operation == "ReduceMax" ? values.Max() : values.Average();
    }

    /// <summary>Along the steps of [samples, features, steps]: as over images of one row.</summary>
    static NDArray AlongSteps(NodeProto node, NDArray[] x)
    {
        node = node.Clone();
        foreach (var attribute in node.Attribute)
            if (attribute.Name is "kernel_shape" or "strides" or "dilations" or "pads" && attribute.Ints.Count > 0)
            {
                Require(attribute.Ints.Count == (attribute.Name == "pads" ? 2 : 1));
                long[] numbers = attribute.Name == "pads" ? [0, attribute.Ints[0], 0, attribute.Ints[1]] : [1, attribute.Ints[0]];
                attribute.Ints.Clear();
                attribute.Ints.AddRange(numbers);
            }
        Require(node.OpType != "Conv" || x[1].Rank == 3);
        var given = Run(node, [.. x.Select(tensor => tensor.Rank == 3 ? tensor with { Shape = [tensor.Shape[0], tensor.Shape[1], 1, tensor.Shape[2]] } : tensor)])!;
        return given with { Shape = [given.Shape[0], given.Shape[1], given.Shape[3]] };
    }

    /// <summary>Each pixel times the kernel, added where that lies.</summary>
    static NDArray Transposed(NDArray[] x, int[] strides, int[] dilations, int[] pads, int[] more)
    {
        Require(x[0].Rank == 4 && x[1].Rank == 4 && x[0].Shape[1] == x[1].Shape[0] && strides.Concat(dilations).All(number => number > 0) && pads.Concat(more).All(number => number >= 0));
        Require(Enumerable.Range(0, 2).All(axis => more[axis] < Math.Max(strides[axis], dilations[axis])));
        var (samples, channels, filters) = (x[0].Shape[0], x[0].Shape[1], x[1].Shape[1]);
        int[] given = [.. Enumerable.Range(0, 2).Select(axis => strides[axis] * (x[0].Shape[axis + 2] - 1) + more[axis] + (x[1].Shape[axis + 2] - 1) * dilations[axis] + 1 - pads[axis] - pads[axis + 2])];
        Require(given.All(size => size > 0));
        int[] shape = [samples, filters, .. given];
        var values = new double[samples * filters * given[0] * given[1]];
        for (var i = 0; i < values.Length; i++)
            values[i] = x.Length > 2 ? x[2].Values[i / (given[0] * given[1]) % filters] : 0;
        foreach (var at in Indices(x[0].Shape))
            foreach (var place in Indices([filters, x[1].Shape[2], x[1].Shape[3]]))
            {
                var (row, column) = (at[2] * strides[0] + place[1] * dilations[0] - pads[0], at[3] * strides[1] + place[2] * dilations[1] - pads[1]);
                if (row >= 0 && row < given[0] && column >= 0 && column < given[1])
                    values[Place(shape, [at[0], place[0], row, column])] += At(x[0], at) * At(x[1], at[1], place[0], place[1], place[2]);
            }
        return new(shape, values);
    }

    /// <summary>A value of a tensor resized along all axes, from the given one on.</summary>
    static double Resized(NDArray x, int[] index, double[] scales, int axis, int[] from, string mode, string places, string rounding)
    {
        if (axis == index.Length)
            return x.Values[Place(x.Shape, from)];
        var place = places switch
        {
            "asymmetric" => index[axis] / scales[axis],
            "half_pixel" => (index[axis] + 0.5) / scales[axis] - 0.5,
            "pytorch_half_pixel" => x.Shape[axis] * scales[axis] > 1 ? (index[axis] + 0.5) / scales[axis] - 0.5 : 0,
            "align_corners" => x.Shape[axis] * scales[axis] > 1 ? index[axis] * (x.Shape[axis] - 1) / (x.Shape[axis] * scales[axis] - 1) : 0,
            _ => throw new ArgumentException("The standard does not have it."),
        };
        double At(double pixel) => Resized(x, index, scales, axis + 1, [.. from, (int)Math.Clamp(pixel, 0, x.Shape[axis] - 1)], mode, places, rounding);
        if (mode == "linear")
            return (1 - (place - Math.Floor(place))) * At(Math.Floor(place)) + (place - Math.Floor(place)) * At(Math.Floor(place) + 1);
        return At(rounding switch
        {
            "floor" => Math.Floor(place),
            "ceil" => Math.Ceiling(place),
            "round_prefer_floor" => Math.Ceiling(place - 0.5),
            "round_prefer_ceil" => Math.Floor(place + 0.5),
            _ => throw new ArgumentException("The standard does not have it."),
        });
    }

    readonly record struct Pixel(int Sample, int Y, int X, bool Inside);

    static NDArray Windows(NodeProto node, NDArray x, int height, int width, int channels, Func<Pixel[], int, double> value)
    {
        int[] Ints(string name, params int[] otherwise) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { Ints.Count: > 0 } found ? [.. found.Ints.Select(number => (int)number)] : otherwise;
        Require(x.Rank == 4);
        var (strides, dilations, pads) = (Ints("strides", 1, 1), Ints("dilations", 1, 1), Ints("pads", 0, 0, 0, 0));
        Require(strides.Concat(dilations).All(number => number > 0) && pads.All(number => number >= 0) && node.Attribute.All(attribute => attribute.Name != "group" || attribute.I > 0));
        int[] sizes = [x.Shape[2], x.Shape[3]], window = [height, width], outputs = [0, 0];
        var mode = node.Attribute.FirstOrDefault(attribute => attribute.Name == "auto_pad")?.S.ToStringUtf8() ?? "NOTSET";
        for (var axis = 0; axis < 2; axis++)
        {
            var reach = (window[axis] - 1) * dilations[axis] + 1;
            if (mode is "SAME_UPPER" or "SAME_LOWER")
            {
                outputs[axis] = (sizes[axis] + strides[axis] - 1) / strides[axis];
                var total = Math.Max(0, (outputs[axis] - 1) * strides[axis] + reach - sizes[axis]);
                pads[axis] = mode == "SAME_UPPER" ? total / 2 : total - total / 2;
            }
            else
            {
                if (mode == "VALID")
                    pads = [0, 0, 0, 0];
                var room = sizes[axis] + pads[axis] + pads[axis + 2] - reach;
                Require(room >= 0);
                outputs[axis] = (node.Attribute.Any(attribute => attribute is { Name: "ceil_mode", I: 1 }) ? room + strides[axis] - 1 : room) / strides[axis] + 1;
            }
        }
        int[] shape = [x.Shape[0], channels, outputs[0], outputs[1]];
        double[] values = [.. Indices(shape).Select(index => value(
            [
                .. from i in Enumerable.Range(0, height)
                   from j in Enumerable.Range(0, width)
                   let row = index[2] * strides[0] - pads[0] + i * dilations[0]
                   let column = index[3] * strides[1] - pads[1] + j * dilations[1]
                   select new Pixel(index[0], row, column, row >= 0 && row < sizes[0] && column >= 0 && column < sizes[1]),
            ], index[1]))];
        Require(values.All(double.IsFinite));
        return new(shape, values);
    }

    static double At(NDArray x, params int[] index) => x.Values[Place(x.Shape, index)];

    static int Place(int[] shape, int[] index) => index.Select((at, axis) => (at, axis)).Aggregate(0, (place, next) => place * shape[next.axis] + next.at);

    static IEnumerable<int[]> Indices(int[] shape) =>
        Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(number =>
        {
            var index = new int[shape.Length];
            for (var axis = shape.Length - 1; axis >= 0; number /= shape[axis--])
                index[axis] = number % shape[axis];
            return index;
        });

    static void Require(bool condition)
    {
        if (!condition)
            throw new ArgumentException("The standard does not allow it.");
    }
}
