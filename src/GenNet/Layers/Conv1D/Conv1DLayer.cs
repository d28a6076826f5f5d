using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A convolution along the steps of a sequence: a = g(z), z(t, o) = b(o) + Σ x(t·s + i·d, c)·W(o, c, i).</summary>
public sealed record Conv1DLayer : ConvolutionLayer
{
    /// <summary>Describes the layer at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Conv1DLayer(ConvolutionShape shape, LayerActivation activation) : base(shape, activation) { }

    /// <summary>What the windows have that are open.</summary>
    internal override int StateLength => Window.StateLength(Outputs);

    internal override bool CountsSteps => StateLength > 0;

    /// <summary>A causal kernel that goes from step to step reads none behind it, and one of a single step that step alone.</summary>
    internal override bool LeavesPaddingOut => Window.Stride.Width == 1 && (Window.IsCausal || Window.Width == 1);
}
