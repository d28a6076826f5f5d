using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet;

/// <summary>A thread's memory for the hidden activations of a batch, in slots that layers use in turn. It grows to what the largest network needs and is used by all.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Workspace
{
    /// <summary>Rows computed at a time: the activations of a small network stay in the first-level cache.</summary>
    internal const int RowsAtOnce = 64;

    [ThreadStatic]
    static Workspace? _current;

    readonly AlignedBuffer _statistics = new(2 * RowsAtOnce);
    AlignedBuffer[] _slots = [new(0), new(0)];

    /// <summary>The call that this thread makes.</summary>
    internal BatchForward.Work Work { get; } = new();

    internal static Workspace Current => _current ??= new Workspace();

    /// <summary>a = x, padded for layers that read whole vectors.</summary>
    public Rows Copy(int slot, int units, in Rows x)
    {
        var a = Slot(slot, units, x.Count);
        RowKernels.Copy(x, a.Pointer, a.Stride, units);
        return a;
    }

    /// <summary>a = g(xW + b) for some rows.</summary>
    public Rows Dense<TActivation>(int slot, ParameterBlock parameters, in DenseShape shape, in Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var a = Slot(slot, shape.Outputs, x.Count);
        DenseKernels.Forward<TActivation>(shape, parameters.Pointer, x, a.Pointer, a.Pointer, a.Stride);
        return a;
    }

    /// <summary>a = g(x·scale + shift): batch normalisation with its statistics folded in.</summary>
    public Rows BatchNorm<TActivation>(int slot, ParameterBlock parameters, in NormShape shape, in Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var a = Slot(slot, shape.Units, x.Count);
        NormalizationKernels.ScaleAndShift<TActivation>(x, parameters.Pointer + shape.Offset, parameters.Pointer + shape.ShiftOffset, a.Pointer, a.Stride, shape.Units);
        return a;
    }

    /// <summary>a = g(γ·(x − μ)/√(σ² + ε) + β), with μ and σ² of each row.</summary>
    public Rows LayerNorm<TActivation>(int slot, ParameterBlock parameters, in NormShape shape, float epsilon, in Rows x) where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var a = Slot(slot, shape.Units, x.Count);
        NormalizationKernels.ForwardRows<TActivation>(
            x, parameters.Pointer + shape.Offset, parameters.Pointer + shape.ShiftOffset, epsilon, a.Pointer, a.Pointer, a.Stride, shape.Units, _statistics.Pointer);
        return a;
    }

    /// <summary>a = g(x + skip): a residual connection.</summary>
    public Rows Residual<TActivation>(int slot, int units, in Rows x, in Rows skip) where TActivation : struct, IActivation
    {
        var a = Slot(slot, units, x.Count);
        RowKernels.Add<TActivation>(x, skip, a.Pointer, a.Pointer, a.Stride, units);
        return a;
    }

    /// <summary>a = softmax(a), in place.</summary>
    public Rows Softmax(in Rows a, int outputs)
    {
        RowKernels.Softmax(a.Pointer, a.Stride, a.Count, outputs);
        return a;
    }

    Rows Slot(int slot, int units, int rows)
    {
        while (_slots.Length <= slot)
            _slots = [.. _slots, new(0)];
        var stride = PanelLayout.RowStride(units);
        if (_slots[slot].Length < RowsAtOnce * stride)
            _slots[slot] = new AlignedBuffer(RowsAtOnce * stride);
        return new Rows(_slots[slot].Pointer, stride, rows);
    }
}
