using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = ln(1 + eᶻ), g′(z) = sigmoid(z).</summary>
public readonly struct Softplus : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => true;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => VectorMath.Log1PExp(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => VectorMath.Sigmoid(z);
}
