using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet;

/// <summary>What an optimiser keeps for the parameters that it is about to update.</summary>
/// <typeparam name="V">As many as there are lanes.</typeparam>
public readonly unsafe ref struct OptimizerState<V> where V : struct, ISimd<V>
{
    readonly float* _first;
    readonly nint _stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal OptimizerState(float* first, nint stride)
    {
        _first = first;
        _stride = stride;
    }

    /// <summary>The value number <paramref name="index"/> of each parameter, below the optimiser's <c>StateCount</c>: not checked.</summary>
    public V this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => V.Load(_first + index * _stride);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => value.Store(_first + index * _stride);
    }
}
