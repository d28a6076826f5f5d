using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The largest value of each window of an image, channel by channel.</summary>
public sealed record MaxPool2DLayer : MaxPoolLayer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MaxPool2DLayer(PoolShape shape) : base(shape) { }
}
