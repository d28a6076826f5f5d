using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Gated recurrent units (Cho et al. 2014): r = σ(xW_r + hU_r), z = σ(xW_z + hU_z), n = tanh(xW_n + r∘hU_n), h′ = (1 − z)∘n + z∘h, biases left out.</summary>
public sealed record GRULayer : RecurrentLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public GRULayer(RecurrentShape shape, bool resetAfter = true) : base(shape) => ResetAfter = resetAfter;

    /// <summary>Whether r multiplies the product hU_n; else it multiplies h before that product, n = tanh(xW_n + (r∘h)U_n).</summary>
    public bool ResetAfter { get; }

    internal override bool UsesWeightsAs(Layer other) => other is not GRULayer gru || gru.ResetAfter == ResetAfter;

    internal override int RowsOfPosition => ResetAfter ? 1 : 2;

    internal override long KeptFloats => ResetAfter ? base.KeptFloats : 2 * base.KeptFloats;

    private protected override string? Settings => ResetAfter ? null : "reset before";

    private protected override string? OwnArguments => ResetAfter ? null : "ResetAfter = false";
}
