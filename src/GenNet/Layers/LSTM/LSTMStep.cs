using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>The next step of one stream of an LSTM.</summary>
static unsafe class LSTMStep
{
    /// <summary>The next step of one stream with eight vectors of gates: hU + c stays in registers, in the order of its sums, until the cell takes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void OfTwoVectors<V>(
        float* w, // [4 panels][units][2 vectors]
        float* biases, // [gates]
        float* g, // [gates] what the step gives them
        float* state, // [units]
        float* cells, // [units]
        float* a) // [units]
        where V : struct, ISimd<V>
    {
        var units = 2 * V.Count;
        nint panel = units * units;
        float* w1 = w + panel, w2 = w1 + panel, w3 = w2 + panel;
        V i0 = V.Load(biases), f0 = V.Load(biases + units), g0 = V.Load(biases + 2 * units), o0 = V.Load(biases + 3 * units);
        V i1 = V.Load(biases + V.Count), f1 = V.Load(biases + units + V.Count), g1 = V.Load(biases + 2 * units + V.Count), o1 = V.Load(biases + 3 * units + V.Count);
        for (nint k = 0, at = 0; k < units; k++, at += units)
        {
            var h = V.Splat(state[k]);
            i0 = V.Fma(h, w + at, i0);
            f0 = V.Fma(h, w1 + at, f0);
            g0 = V.Fma(h, w2 + at, g0);
            o0 = V.Fma(h, w3 + at, o0);
            i1 = V.Fma(h, w + at + V.Count, i1);
            f1 = V.Fma(h, w1 + at + V.Count, f1);
            g1 = V.Fma(h, w2 + at + V.Count, g1);
            o1 = V.Fma(h, w3 + at + V.Count, o1);
        }
        for (var j = 0; j < units; j += V.Count)
        {
            var c = V.Load(cells + j);
            var value = LSTMCell.Next(V.Load(g + j) + i0, V.Load(g + units + j) + f0, V.Load(g + 2 * units + j) + g0, V.Load(g + 3 * units + j) + o0, ref c);
            value.Store(state + j);
            value.Store(a + j);
            c.Store(cells + j);
            (i0, f0, g0, o0) = (i1, f1, g1, o1);
        }
    }
}
