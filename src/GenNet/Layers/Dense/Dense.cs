using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Simd;

namespace GenNet.Layers;

/// <summary>A dense layer computed for one sample: what generated code calls for layers that are too large to be unrolled.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Dense
{
    /// <summary>a = g(xW + b).</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="parameters">The first parameter of the network.</param>
    /// <param name="x">The layer's inputs.</param>
    /// <param name="a">The layer's activations, with room for the padding of the last panel.</param>
    public static void Forward<TActivation>(in DenseShape shape, ref float parameters, ref readonly float x, ref float a) where TActivation : struct, IActivation
    {
        fixed (float* p = &parameters, input = &x, output = &a)
        {
            if (SimdWidth.Bits == 512)
                Forward<TActivation, Simd512>(shape, p, input, output);
            else if (SimdWidth.Bits == 256)
                Forward<TActivation, Simd256>(shape, p, input, output);
            else
                Forward<TActivation, Simd128>(shape, p, input, output);
        }
    }

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

    static void Forward<TActivation, V>(in DenseShape shape, float* parameters, float* x, float* a)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        DenseRow.Forward<TActivation, V>(shape, parameters, x, a);
    }
}
