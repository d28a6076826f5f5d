using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// r = σ(x_r + h_r), z = σ(x_z + h_z), n = tanh(x_n + h_n), h′ = (1 − z)∘n + z∘h, where h_n is the product of r∘h: Keras's <c>GRU</c> without <c>reset_after</c>, as Cho et al. 2014 have it.
/// </summary>
readonly unsafe struct ResetBeforeGRUCell : IRecurrentCell
{
    public static int Kept => 3;

    public static bool HasCell => false;

    public static bool HasTwoGradients => true;

    public static bool PassesState => true;

    public static bool ResetsBefore => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(float* x, float* h, int units, V before, ref V cell, float* kept, int stride) where V : struct, ISimd<V>
    {
        var z = VectorMath.Sigmoid(V.Load(x + units) + V.Load(h + units));
        var n = VectorMath.Tanh(V.Load(x + 2 * units) + V.Load(h + 2 * units));
        if (kept != null)
        {
            VectorMath.Sigmoid(V.Load(x) + V.Load(h)).Store(kept);
            z.Store(kept + stride);
            n.Store(kept + 2 * stride);
        }
        return V.Fma(z, before - n, n);
    }

    /// <summary>That of the first gate follows from the product of the third, and is written by <see cref="ResetKernels"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V>(V delta, V state, V before, V cell, ref V ofCell, float* kept, int stride, V mask, float* x, float* h, int units) where V : struct, ISimd<V>
    {
        V z = V.Load(kept + stride), n = V.Load(kept + 2 * stride), one = V.Splat(1);
        var dz = mask & (delta * (before - n) * (z * (one - z)));
        dz.Store(x + units);
        (mask & (delta * (one - z) * (one - n * n))).Store(x + 2 * units);
        dz.Store(h + units);
        return delta * z;
    }
}
