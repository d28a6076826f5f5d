using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Products of a dense layer in training on one sample.</summary>
static unsafe class SampleKernels
{
    /// <summary>δ of the layer below = δWᵀ ∘ g′(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void InputGradient<TActivation>(in DenseShape shape, float* parameters, float* delta, float* a, float* result) where TActivation : struct, IActivation =>
        InputGradient<TActivation>(shape.Inputs, shape.Outputs, parameters + shape.Offset, delta, a, result);

    /// <summary>
    /// The same in the caller, whose constants decide most of the conditions: four units at a time, each sum in order of the layer's outputs,
    /// as <see cref="RegisterTile"/> adds. Writes zeros behind the last unit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<TActivation>(int inputs, int outputs, float* weights, float* delta, float* a, float* result) where TActivation : struct, IActivation
    {
        for (var i = 0; i < inputs; i += 4)
        {
            // Rows past the end repeat the last one.
            var last = inputs % 4 == 0 ? 3 : Math.Min(inputs - i, 4) - 1;
            var sum = Simd128.Zero;
            for (var first = 0; first < outputs; first += PanelLayout.Width)
            {
                var width = PanelLayout.PanelWidth(outputs, first);
                var row = weights + first * inputs + i * width;
                nint r1 = Math.Min(1, last) * width, r2 = Math.Min(2, last) * width, r3 = last * width;
                var end = Math.Min(outputs, first + width);
                var o = first;
                for (; outputs >= 4 && o <= end - 4; o += 4, row += 4)
                {
                    Simd128 w0 = Simd128.Load(row), w1 = Simd128.Load(row + r1), w2 = Simd128.Load(row + r2), w3 = Simd128.Load(row + r3);
                    Simd128.Transpose(ref w0, ref w1, ref w2, ref w3);
                    sum = Simd128.Fma(Simd128.Splat(delta[o]), w0, sum);
                    sum = Simd128.Fma(Simd128.Splat(delta[o + 1]), w1, sum);
                    sum = Simd128.Fma(Simd128.Splat(delta[o + 2]), w2, sum);
                    sum = Simd128.Fma(Simd128.Splat(delta[o + 3]), w3, sum);
                }
                if (outputs % 4 != 0 && o < end)
                {
                    Simd128 w0 = Simd128.Load(row), w1 = Simd128.Load(row + r1), w2 = Simd128.Load(row + r2), w3 = Simd128.Load(row + r3);
                    Simd128.Transpose(ref w0, ref w1, ref w2, ref w3);
                    sum = Simd128.Fma(Simd128.Splat(delta[o]), w0, sum);
                    if (outputs % 4 > 1)
                        sum = Simd128.Fma(Simd128.Splat(delta[o + 1]), w1, sum);
                    if (outputs % 4 > 2)
                        sum = Simd128.Fma(Simd128.Splat(delta[o + 2]), w2, sum);
                }
            }
            var activation = Simd128.Load(a + i);
            (sum * TActivation.Derivative(activation, activation)).Store(result + i);
        }
        for (var i = inputs; i < PanelLayout.RoundUp(inputs, 4); i++)
            result[i] = 0;
    }
}
