using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// r = σ(x_r + h_r), z = σ(x_z + h_z), n = tanh(x_n + r∘h_n), h′ = (1 − z)∘n + z∘h: PyTorch's <c>nn.GRU</c>, after Cho et al. 2014, with the reset
/// gate behind the product.
/// </summary>
readonly unsafe struct GRUCell : IRecurrentCell
{
    public static int Kept => 4;

    public static bool HasCell => false;

    public static bool HasTwoGradients => true;

    public static bool PassesState => true;

    public static bool ResetsBefore => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(float* x, float* h, int units, V before, ref V cell, float* kept, int stride) where V : struct, ISimd<V>
    {
        var r = VectorMath.Sigmoid(V.Load(x) + V.Load(h));
        var z = VectorMath.Sigmoid(V.Load(x + units) + V.Load(h + units));
        var u = V.Load(h + 2 * units);
        var n = VectorMath.Tanh(V.Fma(r, u, V.Load(x + 2 * units)));
        if (kept != null)
        {
            r.Store(kept);
            z.Store(kept + stride);
            n.Store(kept + 2 * stride);
            u.Store(kept + 3 * stride);
        }
        return V.Fma(z, before - n, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V>(V delta, V state, V before, V cell, ref V ofCell, float* kept, int stride, V mask, float* x, float* h, int units) where V : struct, ISimd<V>
    {
        V r = V.Load(kept), z = V.Load(kept + stride), n = V.Load(kept + 2 * stride), u = V.Load(kept + 3 * stride), one = V.Splat(1);
        var dn = delta * (one - z) * (one - n * n);
        var dz = delta * (before - n) * (z * (one - z));
        var dr = dn * u * (r * (one - r));
        dr.Store(x);
        dz.Store(x + units);
        (mask & dn).Store(x + 2 * units);
        dr.Store(h);
        dz.Store(h + units);
        (mask & (dn * r)).Store(h + 2 * units);
        return delta * z;
    }
}
