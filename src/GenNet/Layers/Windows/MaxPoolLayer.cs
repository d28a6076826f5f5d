using GenNet.Runtime;

namespace GenNet;

/// <summary>The largest value of each window, of an image or of the steps of a sequence.</summary>
public abstract record MaxPoolLayer : PoolLayer
{
    private protected MaxPoolLayer(PoolShape shape) : base(shape) { }
}
