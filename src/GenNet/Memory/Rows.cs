using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Rows of samples in pinned memory: what generated code hands from layer to layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Rows
{
    internal readonly float* Pointer;
    internal readonly int Stride;

    internal Rows(float* pointer, int stride, int count)
    {
        Pointer = pointer;
        Stride = stride;
        Count = count;
    }

    internal Rows From(in PartRows part) => new(Pointer + (nint)part.First * Stride, Stride, part.Count);

    internal Rows From(in Share share) => new(Pointer + (nint)share.FirstRow * Stride, Stride, share.RowCount);

    /// <summary>The first float.</summary>
    public ref readonly float Reference => ref *Pointer;

    /// <summary>Number of rows.</summary>
    public int Count { get; }
}
