using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Gated recurrent units (Cho et al. 2014): r = σ(xW_r + hU_r), z = σ(xW_z + hU_z), n = tanh(xW_n + r∘hU_n), h′ = (1 − z)∘n + z∘h, biases left out.</summary>
public sealed record GRULayer : RecurrentLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public GRULayer(RecurrentShape shape) : base(shape) { }
}
