using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A dense layer's place among the network's parameters.</summary>
/// <param name="Inputs">Inputs of the layer.</param>
/// <param name="Outputs">Outputs of the layer.</param>
/// <param name="Parts">Partial sums that z = xW + b is made of, a part of the declared order of summation: see <see cref="PartialSums"/>.</param>
/// <param name="Offset">Where the layer's parameters start in the <see cref="ParameterBlock"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct DenseShape(int Inputs, int Outputs, int Parts, int Offset)
{
    internal int BiasOffset => Offset + PanelLayout.BiasOffset(Inputs, Outputs);

    internal int End => Offset + PanelLayout.LayerLength(Inputs, Outputs);
}
