using GenNet.Onnx.Schema;

namespace GenNet.Onnx.Writing;

/// <summary>Makes nodes over images of one row, as which sequences are written along whose steps layers go, nodes over [samples, features, steps].</summary>
static class SequenceNodes
{
    /// <summary>Takes the rows out of a graph whose kernels have none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rowAxis">The axis of the input that holds them; null where it has none.</param>
    public static void WithoutRows(GraphProto graph, int? rowAxis)
    {
        if (rowAxis is { } axis)
            graph.Input[0].Type.TensorType.Shape.Dim.RemoveAt(axis);
        foreach (var node in graph.Node)
            foreach (var attribute in node.Attribute)
                switch (attribute.Name)
                {
                    case "kernel_shape" or "strides" or "dilations":
                        attribute.Ints.RemoveAt(0);
                        break;
                    case "pads":
                        attribute.Ints.RemoveAt(2);
                        attribute.Ints.RemoveAt(0);
                        break;
                    case "perm" when attribute.Ints is [_, _, _, not 3]:
                        attribute.Ints.Clear();
                        attribute.Ints.AddRange([0, 2, 1]);
                        break;
                }
        foreach (var node in graph.Node.Where(node => node.OpType == "Unsqueeze"))
        {
            var axes = graph.Initializer.First(tensor => tensor.Name == node.Input[1]);
            axes.Int64Data.Remove(3);
            axes.Dims[0] = axes.Int64Data.Count;
        }
    }
}
