using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = max(z, 0), g′(z) = 1 where z &gt; 0, else 0 (at 0 too, as PyTorch has it). NaN stays NaN.</summary>
public readonly struct ReLU : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => false;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.HeNormal;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => V.Max(V.Zero, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Greater(a, V.Zero) & V.Splat(1f);
}
