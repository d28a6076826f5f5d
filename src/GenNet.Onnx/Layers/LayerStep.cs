using GenNet.Onnx.Reading;

namespace GenNet.Onnx.Layers;

/// <summary>A layer without its activation, as nodes compute it.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
abstract record LayerStep(Value Node, Value Input) : Step(Node, Input)
{
    /// <summary>Values that it takes a sample; 0 where any number will do.</summary>
    public virtual int Takes => 0;

    /// <summary>What it takes beside its input, or null.</summary>
    public virtual Value? Skip => null;

    /// <summary>What to change in the declaration of a layer, or null where it is the same.</summary>
    /// <param name="layer">The network's layer.</param>
    /// <param name="back">Layers that this one goes around, if it does.</param>
    /// <param name="expectedBack">Layers of the model that the network's goes around.</param>
    public abstract string? Difference(Layer layer, int back, int expectedBack);

    /// <summary>A layer that computes the same as the one before it and this one, or null where that takes two.</summary>
    /// <param name="before">The layer before it, which has no activation.</param>
    /// <param name="layer">What the network has there.</param>
    /// <param name="next">What it has behind that, or null.</param>
    public virtual LayerStep? FoldedInto(LayerStep before, Layer layer, Layer? next) => null;

    /// <summary>Adds such a layer to a description.</summary>
    public abstract void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back);

    /// <summary>The remedy where the layers are of different kinds.</summary>
    protected const string OtherLayers = "Change the declaration to the model's layers, or load a model that has the same.";
}
