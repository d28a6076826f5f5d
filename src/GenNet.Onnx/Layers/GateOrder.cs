namespace GenNet.Onnx.Layers;

/// <summary>The order in which a recurrent layer's gates stand one behind the other in tensors of a file.</summary>
/// <remarks>The tool compiles this file too: Keras's arrays have an order of their own.</remarks>
static class GateOrder
{
    /// <summary>Gates of a layer in the order of a file.</summary>
    /// <param name="values">The layer's, gate by gate.</param>
    /// <param name="places">Where the file has each of them.</param>
    public static float[] ToFile(float[] values, int[] places)
    {
        var (result, length) = (new float[values.Length], values.Length / places.Length);
        for (var gate = 0; gate < places.Length; gate++)
            values.AsSpan(gate * length, length).CopyTo(result.AsSpan(places[gate] * length));
        return result;
    }

    /// <summary>The reverse.</summary>
    /// <inheritdoc cref="ToFile"/>
    public static float[] FromFile(ReadOnlySpan<float> values, int[] places)
    {
        var (result, length) = (new float[values.Length], values.Length / places.Length);
        for (var gate = 0; gate < places.Length; gate++)
            values.Slice(places[gate] * length, length).CopyTo(result.AsSpan(gate * length));
        return result;
    }
}
