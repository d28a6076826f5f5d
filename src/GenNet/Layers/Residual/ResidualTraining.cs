using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A residual connection in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ResidualTraining(int units, int samples, int threads, bool keepsPreactivation, int positions = 1)
    : LayerTraining(units, units, samples, threads, keepsPreactivation, positions)
{
    /// <summary>z = x + skip, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Rows skip, in Share share) where TActivation : struct, IActivation =>
        RowKernels.Add<TActivation>(x.From(share), skip.From(share), Z(share), A(share), Stride, Outputs);

    /// <summary>∂L/∂x = δ. The same δ goes to where the connection came from: <see cref="LayerTraining.AddDelta"/>.</summary>
    public override void InputGradient(LayerTraining below, in Share share) => PassDelta(below, share);
}
