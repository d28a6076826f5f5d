using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The mean of each window of an image, channel by channel.</summary>
public sealed record AveragePool2DLayer : AveragePoolLayer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public AveragePool2DLayer(PoolShape shape) : base(shape) { }
}
