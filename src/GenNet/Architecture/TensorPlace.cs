using GenNet.Kernels;

namespace GenNet;

/// <summary>Where one tensor lies in a <see cref="ParameterBlock"/>.</summary>
/// <param name="Name">PyTorch's name within the layer.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Offset">Its first float.</param>
/// <param name="Outputs">Rows of a matrix, or elements of a vector.</param>
/// <param name="Inputs">Columns of a matrix in panels; 0 for a vector.</param>
sealed record TensorPlace(string Name, ParameterKind Kind, int Offset, int Outputs, int Inputs = 0)
{
    public int End => Offset + (Inputs == 0 ? PanelLayout.RowLength(Outputs) : PanelLayout.BiasOffset(Inputs, Outputs));

    public bool Trained => Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance);
}
