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

    /// <summary>Whether that is added as it is, so that rows are in one order.</summary>
    public virtual bool AddsRow => true;

    /// <summary>It as a residual connection has it on the way around its block, if it may: it works on each position by itself, or on some of them.</summary>
    public virtual LayerStep? AsProjection => null;

    /// <summary>It as the kind of layer that a network has on such a way, where that computes the same.</summary>
    public virtual LayerStep AsProjectionOf(Layer layer) => this;

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

    /// <summary>The layer with zeros before it as its own, or null where it has none such.</summary>
    public virtual LayerStep? WithZeros(ZeroPaddingStep zeros) => null;

    /// <summary>A layer whose output o is (z − mean o)·factor o + shift o, or null where this one has no weights of each output.</summary>
    /// <param name="node">The node that computes that.</param>
    /// <param name="layer">What the network has there.</param>
    /// <param name="factors">Factors.</param>
    /// <param name="means">What is subtracted before.</param>
    /// <param name="shifts">What is added behind.</param>
    public virtual LayerStep? Scaled(Value node, Layer layer, double[] factors, float[] means, float[] shifts) => null;

    /// <summary>Positions that it takes; null where it works on each by itself.</summary>
    public virtual int? PositionsTaken => null;

    /// <summary>Height and width of the image that it takes; null where it needs none.</summary>
    public virtual (int Height, int Width)? Image => null;

    /// <summary>Whether it takes the steps of sequences one after the other, or one of them.</summary>
    public virtual bool TakesSteps => false;

    /// <summary>Whether GenNet's layer has an activation.</summary>
    public virtual bool IsActivated => true;

    /// <summary>Whether it changes nothing.</summary>
    public virtual bool IsNothing => false;

    /// <summary>Its parameters as such a layer's tensors have them: of a row that is made of an image, channel by channel.</summary>
    public virtual IReadOnlyList<float[]> ParametersFor(Layer layer) => Parameters;

    /// <summary>Weights or parameters of each value of the row that the step takes, in the order that a layer's tensors have.</summary>
    /// <param name="values">Rows of a matrix, or a vector.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="pixels">Pixels of which the layer says that its row is made.</param>
    protected float[] InOrder(float[] values, int length, int pixels) => Input.Row is not { Positions: > 1 and var positions, IsByChannel: var byChannel } || byChannel == pixels > 1 || length % positions != 0 ? values
        : byChannel ? RowOrder.ByPosition(values, length, (int)positions)
        : RowOrder.ByChannel(values, length, (int)positions);

    /// <summary>Adds such a layer to a description.</summary>
    public abstract void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back);

    /// <summary>The remedy where the layers are of different kinds.</summary>
    protected const string OtherLayers = "Change the declaration to the model's layers, or load a model that has the same.";
}
