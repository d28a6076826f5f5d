namespace GenNet.Onnx.Layers;

/// <summary>Weights that do what other weights and a normalisation behind them did.</summary>
static class Scaling
{
    /// <summary>Weights and biases of z′(o) = (z(o) − mean o)·factor o + shift o.</summary>
    /// <param name="weights">Weights of z, output by output.</param>
    /// <param name="biases">Its biases.</param>
    /// <param name="factors">Factors.</param>
    /// <param name="means">Means.</param>
    /// <param name="shifts">Shifts.</param>
    public static (float[] Weights, float[] Biases) Of(float[] weights, float[] biases, double[] factors, float[] means, float[] shifts)
    {
        var (scaled, inputs) = (new float[weights.Length], weights.Length / biases.Length);
        for (var o = 0; o < biases.Length; o++)
            for (var i = o * inputs; i < (o + 1) * inputs; i++)
                scaled[i] = (float)(factors[o] * weights[i]);
        return (scaled, OfBiases(biases, factors, means, shifts));
    }

    /// <summary>Biases of z′.</summary>
    /// <inheritdoc cref="Of"/>
    public static float[] OfBiases(float[] biases, double[] factors, float[] means, float[] shifts) => [.. biases.Select((bias, o) => (float)(factors[o] * (bias - (double)means[o]) + shifts[o]))];
}
