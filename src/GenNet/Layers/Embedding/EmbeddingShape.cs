using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>An embedding's place among the network's parameters: a row of values for each thing, in panels of 32 things as the weights of a dense layer.</summary>
/// <param name="Inputs">Features that it takes.</param>
/// <param name="Count">Number of things.</param>
/// <param name="Size">Values of each.</param>
/// <param name="Feature">Which of the features is the index.</param>
/// <param name="Offset">Where the rows start in the <see cref="ParameterBlock"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct EmbeddingShape(int Inputs, int Count, int Size, int Feature, int Offset)
{
    /// <summary>Values that it gives.</summary>
    internal int Outputs => Inputs - 1 + Size;

    /// <summary>Floats of all rows, padding included.</summary>
    internal int Length => PanelLayout.BiasOffset(Size, Count);
}
