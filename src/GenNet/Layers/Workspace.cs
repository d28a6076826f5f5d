using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A thread's memory for the hidden activations of a batch, in slots that layers use in turn. It grows to what the largest network needs and is used by all.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Workspace
{
    /// <summary>Rows computed at a time: the activations of a small network stay in the first-level cache.</summary>
    internal const int RowsAtOnce = 64;

    [ThreadStatic]
    static Workspace? _current;

    AlignedBuffer _statistics = new(2 * RowsAtOnce), _image = new(0);
    AlignedBuffer[] _slots = [new(0), new(0)];

    internal static Workspace Current => _current ??= new Workspace();

    /// <summary>a = x, padded for layers that read whole vectors.</summary>
    public Rows Copy(int slot, int units, in Rows x)
    {
        var a = Slot(slot, units, x.Count);
        RowKernels.Copy(x, a.Pointer, a.Stride, units);
        return a;
    }

    /// <summary>a = softmax(a), in place.</summary>
    public Rows Softmax(in Rows a, int outputs)
    {
        RowKernels.Softmax(a.Pointer, a.Stride, a.Count, outputs);
        return a;
    }

    /// <summary>Room for the outputs of several heads.</summary>
    public Rows Rows(int slot, int units, int rows) => Slot(slot, units, rows);

    /// <summary>Writes the outputs of a head to their columns.</summary>
    public void Join(in Rows a, int units, in Rows outputs) => RowKernels.Copy(a, outputs.Pointer, outputs.Stride, units);

    /// <summary>Room for the mean and the deviation of each row.</summary>
    internal float* Statistics(int rows)
    {
        if (_statistics.Length < 2 * rows)
            _statistics = new AlignedBuffer(2 * rows);
        return _statistics.Pointer;
    }

    /// <summary>Room for an image with the zeros around it.</summary>
    internal float* Image(int length)
    {
        if (_image.Length < length)
            _image = new AlignedBuffer(length);
        return _image.Pointer;
    }

    /// <summary>Rows of so many units, [rows][stride], in memory that other layers' activations may have been in.</summary>
    internal Rows Slot(int slot, int units, int rows)
    {
        while (_slots.Length <= slot)
            _slots = [.. _slots, new(0)];
        var stride = PanelLayout.RowStride(units);
        var length = Math.Max(rows, RowsAtOnce) * stride;
        if (_slots[slot].Length < length)
            _slots[slot] = new AlignedBuffer(length);
        return new Rows(_slots[slot].Pointer, stride, rows);
    }
}
