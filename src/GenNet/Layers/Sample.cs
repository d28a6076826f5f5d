using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>What generated code calls for one sample, whatever its layers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Sample
{
    /// <summary>The part of memory on the stack that starts at a cache line: vectors stored across two lines are slow to read again.</summary>
    public static Span<float> FromCacheLine(Span<float> stack)
    {
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(stack));
        return stack[(int)((0 - address) % (PanelLayout.Line * sizeof(float)) / sizeof(float))..];
    }

    /// <summary>a = softmax(a) in place; the row has room for whole cache lines.</summary>
    public static void Softmax(ref float a, int outputs)
    {
        fixed (float* row = &a)
            RowKernels.Softmax(row, 0, 1, outputs);
    }
}
