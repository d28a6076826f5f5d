using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A recurrent layer's place among the network's parameters: two dense layers to the units of all gates, of what a step brings and of the state before it.</summary>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Values of the state.</param>
/// <param name="Gates">Gates, each of which has a row of weights for every unit.</param>
/// <param name="Steps">Steps of a sequence.</param>
/// <param name="Offset">Where the layer's parameters start in the <see cref="ParameterBlock"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RecurrentShape(int Inputs, int Units, int Gates, int Steps, int Offset)
{
    /// <summary>xW + b, [inputs] to [gates × units].</summary>
    internal DenseShape OfInputs => new(Inputs, Gates * Units, RecurrentLayout.Parts(Inputs, Gates * Units), Offset);

    /// <summary>hU + c, [units] to [gates × units].</summary>
    internal DenseShape OfState => new(Units, Gates * Units, RecurrentLayout.Parts(Units, Gates * Units), Offset + RecurrentLayout.StateOffset(Inputs, Units, Gates));

    /// <summary>Floats from one step's values of all gates to the next: behind the last gate is room for a whole vector.</summary>
    internal int GateStride => PanelLayout.RowStride(Gates * Units + PanelLayout.Line);

    /// <summary>Floats from one step's state to the next.</summary>
    internal int StateStride => PanelLayout.RowStride(Units);
}
