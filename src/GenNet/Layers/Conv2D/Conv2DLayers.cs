using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Finds convolutions.</summary>
public static class Conv2DLayers
{
    /// <summary>The parameters of the convolution number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is no convolution.</exception>
    public static ConvolutionParameters Conv2D(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<Conv2DLayer>(layer).Shape);
    }
}
