using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>A loss that is a mean over samples and outputs of a function of one output a and its target y.</summary>
public interface ILoss
{
    /// <summary>The loss of one output.</summary>
    static abstract V Value<V>(V a, V y) where V : struct, ISimd<V>;

    /// <summary>Its derivative by a.</summary>
    static abstract V Derivative<V>(V a, V y) where V : struct, ISimd<V>;
}
