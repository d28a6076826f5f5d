using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The mean of each window along the steps of a sequence, feature by feature.</summary>
public sealed record AveragePool1DLayer : AveragePoolLayer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public AveragePool1DLayer(PoolShape shape) : base(shape) { }
}
