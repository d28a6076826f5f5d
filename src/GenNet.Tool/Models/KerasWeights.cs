namespace GenNet.Tool.Models;

/// <summary>Keras's arrays, whose last axis holds the units, as PyTorch's tensors, whose first does.</summary>
static class KerasWeights
{
    /// <summary>[inputs, units] as [units, inputs].</summary>
    public static float[] Transposed(float[] values, int units)
    {
        var (result, inputs) = (new float[values.Length], values.Length / units);
        for (var i = 0; i < values.Length; i++)
            result[i % units * inputs + i / units] = values[i];
        return result;
    }

    /// <summary>A kernel [size, channels, filters] as [filters, channels, size].</summary>
    public static float[] Kernel(float[] values, int channels, int filters)
    {
        var (result, size) = (new float[values.Length], values.Length / channels / filters);
        for (var i = 0; i < values.Length; i++)
            result[(i % filters * channels + i / filters % channels) * size + i / filters / channels] = values[i];
        return result;
    }
}
