using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A recurrent layer's place among the network's parameters: two dense layers to the units of all gates, of what a step brings and of the state before it.</summary>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Values of the state.</param>
/// <param name="Gates">Gates, each of which has a row of weights for every unit.</param>
/// <param name="Steps">Steps of a sequence.</param>
/// <param name="Parts">Partial sums that xW + b is made of.</param>
/// <param name="Offset">Where its weights start in the <see cref="ParameterBlock"/>.</param>
/// <param name="StateParts">Partial sums that hU + c is made of.</param>
/// <param name="StateOffset">Where its weights start.</param>
/// <param name="Bidirectional">Whether there is a second layer of that size behind it, which goes from the last step to the first.</param>
/// <param name="RecurrentDropout">The probability with which training drops a value of the state where weights multiply it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RecurrentShape(int Inputs, int Units, int Gates, int Steps, int Parts, int Offset, int StateParts, int StateOffset, bool Bidirectional = false, double RecurrentDropout = 0)
{
    /// <summary>xW + b, [inputs] to [gates × units].</summary>
    internal DenseShape OfInputs => new(Inputs, Gates * Units, Parts, Offset);

    /// <summary>hU + c, [units] to [gates × units].</summary>
    internal DenseShape OfState => new(Units, Gates * Units, StateParts, StateOffset);

    /// <summary>Values that the layer gives of a step: the units of both directions.</summary>
    internal int Outputs => Bidirectional ? 2 * Units : Units;

    /// <summary>The direction from the first step on.</summary>
    internal RecurrentShape Forward => this with { Bidirectional = false };

    /// <summary>The direction from the last step on.</summary>
    internal RecurrentShape Reverse
    {
        get
        {
            var length = RecurrentLayout.LayerLength(Inputs, Units, Gates);
            return this with { Bidirectional = false, Offset = Offset + length, StateOffset = StateOffset + length };
        }
    }

    /// <summary>The directions that there are.</summary>
    internal RecurrentShape[] Directions => Bidirectional ? [Forward, Reverse] : [this];

    /// <summary>Floats from one step's values of all gates to the next.</summary>
    internal int GateStride => RecurrentLayout.GatesLength(Units, Gates);

    /// <summary>Floats from one step's state to the next.</summary>
    internal int StateStride => PanelLayout.RowStride(Units);
}
