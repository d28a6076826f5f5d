using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet;

/// <summary>A thread's memory for the hidden activations of a batch. It grows to what the largest network needs and is used by all.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Workspace
{
    /// <summary>Rows computed at a time: the activations of a small network stay in the first-level cache.</summary>
    internal const int RowsAtOnce = 64;

    [ThreadStatic]
    static Workspace? _current;

    AlignedBuffer _activations = new(0), _previous = new(0);

    /// <summary>The call that this thread makes.</summary>
    internal BatchForward.Work Work { get; } = new();

    internal static Workspace Current => _current ??= new Workspace();

    /// <summary>a = g(xW + b) for some rows.</summary>
    public Rows Dense<TActivation>(ParameterBlock parameters, in DenseShape shape, Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (_activations, _previous) = (_previous, _activations);
        var stride = PanelLayout.RowStride(shape.Outputs);
        if (_activations.Length < RowsAtOnce * stride)
            _activations = new AlignedBuffer(RowsAtOnce * stride);
        var a = _activations.Pointer;
        DenseKernels.Forward<TActivation>(shape, parameters.Pointer, x, a, a, stride);
        return new Rows(a, stride, x.Count);
    }

    /// <summary>a = softmax(a), in place.</summary>
    public Rows Softmax(Rows a, int outputs)
    {
        RowKernels.Softmax(a.Pointer, a.Stride, a.Count, outputs);
        return a;
    }
}
