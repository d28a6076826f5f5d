using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// i = σ(x_i + h_i), f = σ(x_f + h_f), g = tanh(x_g + h_g), o = σ(x_o + h_o), c′ = f∘c + i∘g, h′ = o∘tanh(c′): PyTorch's <c>nn.LSTM</c>, after Hochreiter and
/// Schmidhuber 1997 and Gers et al. 2000.
/// </summary>
readonly unsafe struct LSTMCell : IRecurrentCell
{
    public static int Kept => 5;

    public static bool HasCell => true;

    public static bool HasTwoGradients => false;

    public static bool PassesState => false;

    public static bool ResetsBefore => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(float* x, float* h, int units, V before, ref V cell, float* kept, int stride) where V : struct, ISimd<V>
    {
        var i = VectorMath.Sigmoid(V.Load(x) + V.Load(h));
        var f = VectorMath.Sigmoid(V.Load(x + units) + V.Load(h + units));
        var g = VectorMath.Tanh(V.Load(x + 2 * units) + V.Load(h + 2 * units));
        var o = VectorMath.Sigmoid(V.Load(x + 3 * units) + V.Load(h + 3 * units));
        cell = V.Fma(f, cell, i * g);
        var t = VectorMath.Tanh(cell);
        if (kept != null)
        {
            i.Store(kept);
            f.Store(kept + stride);
            g.Store(kept + 2 * stride);
            o.Store(kept + 3 * stride);
            t.Store(kept + 4 * stride);
        }
        return o * t;
    }

    /// <summary>h of what the four gates get.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Next<V>(V i, V f, V g, V o, ref V cell) where V : struct, ISimd<V>
    {
        f = VectorMath.Sigmoid(f);
        i = VectorMath.Sigmoid(i);
        cell = V.Fma(f, cell, i * VectorMath.Tanh(g));
        o = VectorMath.Sigmoid(o);
        return o * VectorMath.Tanh(cell);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V>(V delta, V state, V before, V cell, ref V ofCell, float* kept, int stride, V mask, float* x, float* h, int units) where V : struct, ISimd<V>
    {
        V i = V.Load(kept), f = V.Load(kept + stride), g = V.Load(kept + 2 * stride), o = V.Load(kept + 3 * stride), t = V.Load(kept + 4 * stride), one = V.Splat(1);
        var dc = V.Fma(delta * o, one - t * t, ofCell);
        (dc * g * (i * (one - i))).Store(x);
        (dc * cell * (f * (one - f))).Store(x + units);
        (dc * i * (one - g * g)).Store(x + 2 * units);
        (mask & (delta * t * (o * (one - o)))).Store(x + 3 * units);
        ofCell = dc * f;
        return V.Zero;
    }
}
