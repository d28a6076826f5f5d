using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997): i, f, o = σ(xW + hU), g = tanh(xW_g + hU_g), c′ = f∘c + i∘g, h′ = o∘tanh(c′), biases left out.</summary>
public sealed record LSTMLayer : RecurrentLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LSTMLayer(RecurrentShape shape) : base(shape) { }

    private protected override bool HasCell => true;
}
