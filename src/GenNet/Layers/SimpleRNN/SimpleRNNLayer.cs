using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A simple recurrent layer (Elman 1990): h′ = g(xW + b + hU + c), g tanh or ReLU.</summary>
public sealed record SimpleRNNLayer : RecurrentLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public SimpleRNNLayer(RecurrentShape shape, Nonlinearity nonlinearity) : base(shape) => Nonlinearity = nonlinearity;

    /// <summary>The nonlinearity g.</summary>
    public Nonlinearity Nonlinearity { get; }

    private protected override string? Settings => Nonlinearity == Nonlinearity.Tanh ? null : Nonlinearity.ToString();

    private protected override string? OwnArguments => Nonlinearity == Nonlinearity.Tanh ? null : $"Nonlinearity = Nonlinearity.{Nonlinearity}";
}
