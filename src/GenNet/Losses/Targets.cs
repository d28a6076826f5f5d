using System.ComponentModel;

namespace GenNet.Losses;

/// <summary>What a batch's outputs should be: a class number or a row of numbers a sample, in pinned memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Targets
{
    internal readonly int* Labels;
    internal readonly float* Values;

    internal Targets(int* labels) => Labels = labels;

    internal Targets(float* values) => Values = values;

    internal Targets From(int row, int outputs) => Labels != null ? new(Labels + row) : new(Values + (nint)row * outputs);
}
