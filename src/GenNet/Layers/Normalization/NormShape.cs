using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A normalisation's place among the network's parameters.</summary>
/// <param name="Units">Units that are normalised.</param>
/// <param name="Offset">Where scales γ start in the <see cref="ParameterBlock"/>; shifts β follow, each padded to whole cache lines.</param>
/// <param name="StatisticsOffset">Where the running mean starts, behind all trained parameters, and the running variance after it; unused by layer normalisation.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NormShape(int Units, int Offset, int StatisticsOffset = 0)
{
    internal int ShiftOffset => Offset + Padded;

    internal int VarianceOffset => StatisticsOffset + Padded;

    internal int Padded => PanelLayout.RoundUp(Units, PanelLayout.Line);
}
