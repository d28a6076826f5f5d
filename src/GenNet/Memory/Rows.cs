using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Rows of samples in pinned memory: what generated code hands from layer to layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Rows
{
    internal readonly float* Pointer;
    internal readonly int Stride;

    /// <summary>Rows that each sample has.</summary>
    readonly int _positions;

    internal Rows(float* pointer, int stride, int count, int positions = 1)
    {
        Pointer = pointer;
        Stride = stride;
        Count = count;
        _positions = positions;
    }

    /// <summary>The same with a row for each of a sample's positions: [rows][positions × features] as [rows × positions][features].</summary>
    public Rows Positions(int positions, int features) => new(Pointer, features, Count * positions, positions);

    /// <summary>The same from a column on: the outputs of a head among those of the network.</summary>
    public Rows From(int column) => new(Pointer + column, Stride, Count, _positions);

    /// <summary>None of the rows.</summary>
    internal Rows None => new(Pointer, Stride, 0);

    internal Rows From(in PartRows part) => new(Pointer + (nint)part.First * Stride, Stride, part.Count);

    internal Rows From(in Share share) => new(Pointer + (nint)share.First * _positions * Stride, Stride, share.Count * _positions, _positions);

    /// <summary>The first float.</summary>
    public ref readonly float Reference => ref *Pointer;

    /// <summary>Number of rows.</summary>
    public int Count { get; }
}
