using GenNet.Onnx.Schema;

namespace GenNet.Tests.Onnx;

/// <summary>Evaluates ONNX graphs as the standard has it, on tensors of any rank, one loop an index.</summary>
static class NaiveGraph
{
    /// <summary>A tensor, row by row.</summary>
    public sealed record NDArray(int[] Shape, double[] Values)
    {
        public int Rank => Shape.Length;

        public int Axis(long axis) => axis >= -Rank && axis < Rank ? (int)(axis < 0 ? axis + Rank : axis) : throw new ArgumentException($"There is no axis {axis}.");
    }

    /// <summary>What a model of one input gives; of several outputs, which are rows, one behind the other.</summary>
    /// <exception cref="ArgumentException">The standard does not allow it.</exception>
    public static NDArray Run(ModelProto model, NDArray input)
    {
        var opset = model.OpsetImport[0].Version;
        var values = model.Graph.Initializer.ToDictionary(tensor => tensor.Name, tensor => new NDArray([.. tensor.Dims.Select(size => (int)size)], [.. tensor.FloatData.Select(value => (double)value), .. tensor.Int64Data.Select(value => (double)value)]));
        values[model.Graph.Input[0].Name] = input;
        values[""] = new([0], []); // an optional input that is left out
        foreach (var node in model.Graph.Node)
        {
            NDArray[] inputs = [.. node.Input.Select(name => values[name])];
            foreach (var (name, given) in node.Output.Zip(NaiveRecurrentNodes.Run(node, inputs) ?? [NaiveImageNodes.Run(node, inputs) ?? Run(node, inputs, opset)]))
                values[name] = given;
        }
        NDArray[] outputs = [.. model.Graph.Output.Select(output => values[output.Name])];
        return outputs is [var only] ? only : new([outputs[0].Shape[0], outputs.Sum(output => output.Shape[1])], [.. Enumerable.Range(0, outputs[0].Shape[0]).SelectMany(row => outputs.SelectMany(output => output.Values.Chunk(output.Shape[1]).ElementAt(row)))]);
    }

    static NDArray Run(NodeProto node, NDArray[] x, long opset)
    {
        long Int(string name, long otherwise) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? otherwise;
        switch (node.OpType)
        {
            case "Identity": return x[0];
            case "Sigmoid": return x[0] with { Values = [.. x[0].Values.Select(value => 1 / (1 + Math.Exp(-value)))] };
            case "Erf": return x[0] with { Values = [.. x[0].Values.Select(Erf)] };
            case "Tanh": return x[0] with { Values = [.. x[0].Values.Select(Math.Tanh)] };
            case "Relu": return x[0] with { Values = [.. x[0].Values.Select(value => Math.Max(0, value))] };
            case "Sqrt": return x[0] with { Values = [.. x[0].Values.Select(Math.Sqrt)] };
            case "Add": return Broadcast(x[0], x[1], (a, b) => a + b);
            case "Sub": return Broadcast(x[0], x[1], (a, b) => a - b);
            case "Mul": return Broadcast(x[0], x[1], (a, b) => a * b);
            case "Div": return Broadcast(x[0], x[1], (a, b) => a / b);
            case "Pow": return Broadcast(x[0], x[1], Math.Pow);
            case "MatMul": return MatMul(x[0], x[1]);
            case "Cast":
                Require(x[0].Values.All(value => value == Math.Floor(value)));
                return x[0];
            case "Slice":
                return Sliced(x[0], (int)x[1].Values.Single(), (int)x[2].Values.Single(), x[0].Axis((int)x[3].Values.Single()));
            case "Gather" when x[1].Values.Length != 1 || x[1].Rank > 0:
                Require(x[0].Rank == 2 && x[0].Axis(Int("axis", 0)) == 0 && x[1].Values.All(index => index >= 0 && index < x[0].Shape[0]));
                return new([.. x[1].Shape, x[0].Shape[1]], [.. x[1].Values.SelectMany(index => x[0].Values.Skip((int)index * x[0].Shape[1]).Take(x[0].Shape[1]))]);
            case "Gather":
                var (along, place) = (x[0].Axis(Int("axis", 0)), (int)x[1].Values[0]);
                var (rows, inner) = (x[0].Shape[along], Product(x[0].Shape[(along + 1)..]));
                Require(place >= -rows && place < rows);
                return new([.. x[0].Shape[..along], .. x[1].Shape, .. x[0].Shape[(along + 1)..]], [.. x[0].Values.Where((_, i) => i / inner % rows == (place < 0 ? place + rows : place))]);
            case "ConstantOfShape":
                return new([.. x[0].Values.Select(size => (int)size)], new double[Product(x[0].Values.Select(size => (int)size))]);
            case "Concat":
                var joined = x[0].Axis(Int("axis", 0));
                Require(x.All(part => part.Shape.Where((_, axis) => axis != joined).SequenceEqual(x[0].Shape.Where((_, axis) => axis != joined))));
                return new([.. x[0].Shape[..joined], x.Sum(part => part.Shape[joined]), .. x[0].Shape[(joined + 1)..]],
                    [.. Enumerable.Range(0, Product(x[0].Shape[..joined])).SelectMany(outer => x.SelectMany(part => part.Values.Skip(outer * Product(part.Shape[joined..])).Take(Product(part.Shape[joined..]))))]);
            case "Gemm":
                Require(x[0].Rank == 2 && x[1].Rank == 2);
                var product = MatMul(x[0], Int("transB", 0) == 0 ? x[1] : Turned(x[1]));
                if (x.Length < 3)
                    return product;
                var sum = Broadcast(product, x[2], (a, b) => a + b);
                Require(sum.Shape.SequenceEqual(product.Shape));
                return sum;
            case "Flatten":
                var from = Int("axis", 1) == x[0].Rank ? x[0].Rank : x[0].Axis(Int("axis", 1));
                return x[0] with { Shape = [Product(x[0].Shape[..from]), Product(x[0].Shape[from..])] };
            case "Softmax" when opset < 13:
                var first = x[0].Axis(Int("axis", 1));
                return x[0] with { Values = [.. x[0].Values.Chunk(Product(x[0].Shape[first..])).SelectMany(Softmax)] };
            case "Softmax":
                return Along(x[0], x[0].Axis(Int("axis", -1)), Softmax);
            case "ReduceMean":
                var axis = x[0].Axis(node.Attribute.Single(attribute => attribute.Name == "axes").Ints[0]);
                var means = Along(x[0], axis, row => [.. row.Select(_ => row.Average())]);
                return new NDArray([.. x[0].Shape.Select((size, i) => i == axis ? 1 : size)], [.. means.Values.Where((_, i) => i / Product(x[0].Shape[(axis + 1)..]) % x[0].Shape[axis] == 0)]);
            case "LayerNormalization":
                var start = x[0].Axis(Int("axis", -1));
                var normal = x[0] with { Values = [.. x[0].Values.Chunk(Product(x[0].Shape[start..])).SelectMany(Normalize)] };
                Require(x.Skip(1).All(operand => operand.Rank <= x[0].Rank - start));
                return Broadcast(Broadcast(normal, x[1], (a, b) => a * b), x[2], (a, b) => a + b);
            case "BatchNormalization":
                Require(x[0].Rank >= 2 && x[1].Shape is [var channels] && channels == x[0].Shape[1]);
                var size = Product(x[0].Shape[2..]);
                return x[0] with
                {
                    Values = [.. x[0].Values.Select((value, i) => i / size % x[0].Shape[1] is var c ? x[1].Values[c] * (value - x[3].Values[c]) / Math.Sqrt(x[4].Values[c] + 1e-5f) + x[2].Values[c] : 0)],
                };
            default: throw new NotSupportedException(node.OpType);
        }
    }

    /// <summary>From what GELU makes of it: z·(1 + erf(z/√2))/2.</summary>
    static double Erf(double x) => x == 0 ? 0 : 2 * Reference.NaiveActivation.Apply(Activation.GELU, [x * Math.Sqrt(2)])[0] / (x * Math.Sqrt(2)) - 1;

    static double[] Softmax(double[] z)
    {
        var sum = z.Sum(Math.Exp);
        return [.. z.Select(value => Math.Exp(value) / sum)];
    }

    static double[] Normalize(double[] x)
    {
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5f);
        return [.. x.Select(value => (value - mean) / deviation)];
    }

    /// <summary>Applies a function to each vector along an axis.</summary>
    static NDArray Along(NDArray x, int axis, Func<double[], double[]> function)
    {
        var (count, step) = (x.Shape[axis], Product(x.Shape[(axis + 1)..]));
        var result = new double[x.Values.Length];
        for (var i = 0; i < result.Length; i++)
            if (i / step % count == 0)
            {
                var vector = function([.. Enumerable.Range(0, count).Select(k => x.Values[i + k * step])]);
                for (var k = 0; k < count; k++)
                    result[i + k * step] = vector[k];
            }
        return x with { Values = result };
    }

    static NDArray Turned(NDArray x) => new([x.Shape[1], x.Shape[0]], [.. Enumerable.Range(0, x.Values.Length).Select(i => x.Values[i % x.Shape[0] * x.Shape[1] + i / x.Shape[0]])]);

    /// <summary>What is from one place along an axis to another.</summary>
    static NDArray Sliced(NDArray x, int first, int end, int axis)
    {
        var inner = Product(x.Shape[(axis + 1)..]);
        Require(first >= 0 && first < end && end <= x.Shape[axis]);
        return new([.. x.Shape[..axis], end - first, .. x.Shape[(axis + 1)..]], [.. x.Values.Where((_, i) => i / inner % x.Shape[axis] is var at && at >= first && at < end)]);
    }

    static NDArray MatMul(NDArray x, NDArray w)
    {
        Require(x.Rank > 0 && w.Rank == 2 && x.Shape[^1] == w.Shape[0]);
        var (inputs, outputs) = (w.Shape[0], w.Shape[1]);
        return new NDArray([.. x.Shape[..^1], outputs], [.. x.Values.Chunk(inputs).SelectMany(row => Enumerable.Range(0, outputs).Select(o => row.Select((value, i) => value * w.Values[i * outputs + o]).Sum()))]);
    }

    static NDArray Broadcast(NDArray a, NDArray b, Func<double, double, double> function)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        int[] left = [.. Enumerable.Repeat(1, rank - a.Rank), .. a.Shape], right = [.. Enumerable.Repeat(1, rank - b.Rank), .. b.Shape];
        Require(left.Zip(right).All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1));
        int[] shape = [.. left.Zip(right, Math.Max)];
        return new NDArray(shape, [.. Enumerable.Range(0, Product(shape)).Select(i => function(a.Values[Index(left, i)], b.Values[Index(right, i)]))]);

        int Index(int[] of, int i)
        {
            var index = 0;
            for (var axis = 0; axis < rank; axis++)
                index = index * of[axis] + (of[axis] == 1 ? 0 : i / Product(shape[(axis + 1)..]) % shape[axis]);
            return index;
        }
    }

    static int Product(IEnumerable<int> sizes) => sizes.Aggregate(1, (product, size) => product * size);

    static void Require(bool condition)
    {
        if (!condition)
            throw new ArgumentException("The shapes do not fit.");
    }
}
