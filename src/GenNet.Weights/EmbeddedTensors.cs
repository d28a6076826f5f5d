using GenNet.Kernels;

namespace GenNet.Weights;

/// <summary>Writes tensors as networks hold them in memory, weights in the kernels' panels: a program that starts has only to copy them.</summary>
sealed class EmbeddedTensors(Stream resource)
{
    /// <summary>Bytes written.</summary>
    public long Length => resource.Length;

    /// <summary>Appends a tensor.</summary>
    /// <returns>Where it starts.</returns>
    /// <exception cref="OverflowException">It is too large for an array.</exception>
    public long Add(SafeTensor tensor)
    {
        var start = Length;
        resource.Write(tensor.Shape.Count == 2 ? InPanels(tensor.Bytes, tensor.Shape[0], tensor.Shape[1]) : tensor.Bytes);
        return start;
    }

    /// <summary>Rows, [outputs, inputs], → panels, whatever the type of the elements. The padding is zero.</summary>
    static byte[] InPanels(ReadOnlySpan<byte> rows, int outputs, int inputs)
    {
        if (rows.IsEmpty)
            return [];
        var size = rows.Length / outputs / inputs;
        var panels = new byte[checked((long)PanelLayout.BiasOffset(inputs, outputs) * size)];
        for (var output = 0; output < outputs; output++)
            for (var input = 0; input < inputs; input++)
                rows.Slice((output * inputs + input) * size, size).CopyTo(panels.AsSpan(PanelLayout.WeightOffset(inputs, outputs, output, input) * size));
        return panels;
    }
}
