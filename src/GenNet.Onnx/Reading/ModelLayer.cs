using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>A layer of a model, and the nodes that it is made of.</summary>
/// <param name="Step">What it computes.</param>
/// <param name="Activation">Its activation, if there is one.</param>
/// <param name="Back">For a residual connection, the layers that it goes around.</param>
sealed record ModelLayer(LayerStep Step, ActivationStep? Activation, int Back)
{
    /// <summary>The activation g of the layer.</summary>
    public Activation Function => Activation?.Activation ?? GenNet.Activation.Identity;

    /// <summary>Whether the layer on the way to another output is this one: the activation may have nodes for each.</summary>
    public bool IsSame(ModelLayer other) => (Step.Node, Function, Back) == (other.Step.Node, other.Function, other.Back);
}
