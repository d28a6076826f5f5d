using GenNet.Runtime;

namespace GenNet;

/// <summary>Finds and adds convolutions along the steps of sequences.</summary>
public static class Conv1DLayers
{
    /// <summary>The parameters of the convolution number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is no convolution along steps.</exception>
    public static ConvolutionParameters Conv1D(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<Conv1DLayer>(layer).Shape);
    }

    /// <summary>Adds a convolution, as <see cref="Conv1DAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="filters">Features of a step that the layer gives.</param>
    /// <param name="kernelSize">Steps that the kernel reads.</param>
    /// <param name="activation">Activation of the layer.</param>
    /// <param name="stride">Steps from one place of the kernel to the next.</param>
    /// <param name="dilation">Steps from one that the kernel reads to the next.</param>
    /// <param name="padding">Which zeros are added around the sequence.</param>
    /// <param name="paddingSize">Zeros on either side, in the place of <paramref name="padding"/>.</param>
    /// <param name="groups">Groups into which features and filters are divided: a filter takes the features of its own.</param>
    /// <param name="isCausal">Whether zeros stand before the first step alone, in the place of any other padding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive or too large, the groups are not equal, the kernel does not fit the sequence, or the network would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no sequence.</exception>
    public static ArchitectureBuilder Conv1D(
        this ArchitectureBuilder builder, int filters, int kernelSize, LayerActivation activation, int stride = 1, int dilation = 1, Padding padding = Padding.Valid, int paddingSize = 0, int groups = 1, bool isCausal = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(filters);
        return builder.Add(new Conv1DLayer(builder.Convolution(builder.StepsWindow("kernel", kernelSize, stride, dilation, padding, paddingSize, isCausal), filters, groups), activation));
    }
}
