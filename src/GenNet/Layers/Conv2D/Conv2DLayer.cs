using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A convolution of images: a = g(z), z(y, x, o) = b(o) + Σ x(y·s + i·d, x·s + j·d, c)·W(o, c, i, j).</summary>
public sealed record Conv2DLayer : ConvolutionLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Conv2DLayer(ConvolutionShape shape, LayerActivation activation) : base(shape, activation) { }
}
