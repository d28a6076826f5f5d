using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>h′ = g(x + h): PyTorch's <c>nn.RNN</c>, after Elman 1990. The derivative of g follows from h′.</summary>
readonly unsafe struct SimpleRNNCell<TActivation> : IRecurrentCell where TActivation : struct, IActivation
{
    public static int Kept => 0;

    public static bool HasCell => false;

    public static bool HasTwoGradients => false;

    public static bool PassesState => false;

    public static bool ResetsBefore => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(float* x, float* h, int units, V before, ref V cell, float* kept, int stride) where V : struct, ISimd<V> =>
        TActivation.Apply(V.Load(x) + V.Load(h));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V>(V delta, V state, V before, V cell, ref V ofCell, float* kept, int stride, V mask, float* x, float* h, int units) where V : struct, ISimd<V>
    {
        (mask & (delta * TActivation.Derivative(state, state))).Store(x);
        return V.Zero;
    }
}
