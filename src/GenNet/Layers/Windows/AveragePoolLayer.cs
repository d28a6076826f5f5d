using GenNet.Runtime;

namespace GenNet;

/// <summary>The mean of each window, of an image or of the steps of a sequence.</summary>
public abstract record AveragePoolLayer : PoolLayer
{
    private protected AveragePoolLayer(PoolShape shape) : base(shape) { }
}
