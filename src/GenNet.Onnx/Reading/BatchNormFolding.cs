using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>Folds a batch normalisation, which in inference is only a scale and a shift, into the dense layer before it.</summary>
static class BatchNormFolding
{
    /// <summary>A dense layer that computes the same as both, or null where these are not two layers that can be folded.</summary>
    public static ModelLayer? Fold(ModelLayer layer, ModelLayer next)
    {
        if (layer is not { Step: DenseStep dense, Activation: null } || next.Step is not BatchNormStep norm || norm.Units != dense.Outputs)
            return null;
        var (scales, shifts, means, variances) = (norm.Tensors[0], norm.Tensors[1], norm.Tensors[2], norm.Tensors[3]);
        var (weights, biases) = (new float[dense.Weights.Length], new float[dense.Outputs]);
        for (var o = 0; o < dense.Outputs; o++)
        {
            var scale = scales[o] / Math.Sqrt(variances[o] + (double)norm.Epsilon);
            for (var i = o * dense.Inputs; i < (o + 1) * dense.Inputs; i++)
                weights[i] = (float)(scale * dense.Weights[i]);
            biases[o] = (float)(scale * (dense.Biases[o] - (double)means[o]) + shifts[o]);
        }
        return new ModelLayer(dense with { Node = norm.Node, Weights = weights, Biases = biases }, next.Activation, 0);
    }
}
