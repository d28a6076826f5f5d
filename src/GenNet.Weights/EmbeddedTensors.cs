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
        resource.Write(tensor.Shape switch
        {
            { Count: > 1 } shape => InPanels(tensor.Bytes, shape[0], shape[1], shape.Skip(2)),
            _ => tensor.Bytes,
        });
        return start;
    }

    /// <summary>Rows, [outputs, channels, …], → panels, whatever the type of the elements. The padding is zero. A kernel's inputs are channel by channel in the file, and here place by place.</summary>
    static byte[] InPanels(ReadOnlySpan<byte> rows, int outputs, int channels, IEnumerable<int> kernel)
    {
        if (rows.IsEmpty)
            return [];
        var places = kernel.Aggregate(1, (product, side) => checked(product * side));
        var inputs = checked(channels * places);
        var size = rows.Length / outputs / inputs;
        var panels = new byte[checked((long)PanelLayout.BiasOffset(inputs, outputs) * size)];
        for (var output = 0; output < outputs; output++)
            for (var input = 0; input < inputs; input++)
                rows.Slice((output * inputs + input) * size, size).CopyTo(panels.AsSpan(PanelLayout.WeightOffset(inputs, outputs, output, input % places * channels + input / places) * size));
        return panels;
    }
}
