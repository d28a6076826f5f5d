using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Activations;

/// <summary>g(z) = z·Φ(z), g′(z) = Φ(z) + z·φ(z), with the standard normal distribution function Φ and density φ (Hendrycks and Gimpel 2016, the exact form).</summary>
public readonly struct GELU : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeNeedsPreactivation => true;

    /// <inheritdoc/>
    public static Initializer DefaultInitializer => Initializer.HeNormal;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V z) where V : struct, ISimd<V> => z * VectorMath.Normal(z).Distribution;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V>
    {
        var (distribution, density) = VectorMath.Normal(z);
        return V.Fma(z, density, distribution);
    }
}
