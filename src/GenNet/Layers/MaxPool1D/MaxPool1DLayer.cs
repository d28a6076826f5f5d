using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The largest value of each window along the steps of a sequence, feature by feature.</summary>
public sealed record MaxPool1DLayer : MaxPoolLayer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MaxPool1DLayer(PoolShape shape) : base(shape) { }
}
