using GenNet.Activations;
using GenNet.Losses;
using GenNet.Simd;

namespace GenNet.Testing;

/// <summary>Checks an activation or a loss of the user's own: its derivative against differences, and its bits on every vector width of this machine.</summary>
public static class FunctionCheck
{
    const float Distance = 1f / 128;

    /// <summary>Compares g′ with differences of g from −8 to 8, and the vector widths of this machine with each other. Kinks and jumps are left out.</summary>
    /// <param name="tolerance">The error allowed, relative to the larger of the derivative and 1.</param>
    /// <exception cref="NetworkCheckException">The derivative is wrong, or a width computes other bits.</exception>
    public static void Activation<TActivation>(double tolerance = 0.01) where TActivation : struct, IActivation
    {
        for (var i = -1024; i <= 1024; i++)
        {
            // Off the round numbers at which functions have their kinks.
            var z = i / 128f + 1f / 300;
            var (value, derivative) = (Value(Simd128.Splat(z)), Derivative(Simd128.Splat(z)));
            if (SimdWidth.Bits >= 256)
                CheckBits(typeof(TActivation).Name, z, value, Value(Simd256.Splat(z)), derivative, Derivative(Simd256.Splat(z)));
            if (SimdWidth.Bits == 512)
                CheckBits(typeof(TActivation).Name, z, value, Value(Simd512.Splat(z)), derivative, Derivative(Simd512.Splat(z)));
            CheckSlope(typeof(TActivation).Name, z, tolerance, value, derivative, Value(Simd128.Splat(z - Distance)), Value(Simd128.Splat(z + Distance)));
        }

        static float Value<V>(V z) where V : struct, ISimd<V> => First(TActivation.Apply(z));
        static float Derivative<V>(V z) where V : struct, ISimd<V> => First(TActivation.Derivative(TActivation.Apply(z), z));
    }

    /// <summary>Compares ∂l/∂a with differences of l for outputs and targets from −4 to 4, and the vector widths of this machine with each other. Kinks and jumps are left out.</summary>
    /// <param name="tolerance">The error allowed, relative to the larger of the derivative and 1.</param>
    /// <exception cref="NetworkCheckException">The derivative is wrong, or a width computes other bits.</exception>
    public static void Loss<TLoss>(double tolerance = 0.01) where TLoss : struct, ILoss
    {
        foreach (var y in (float[])[-2.5f, -1, 0, 0.25f, 1, 3])
            for (var i = -256; i <= 256; i++)
            {
                var a = i / 64f + 1f / 300;
                var name = $"{typeof(TLoss).Name} of target {y}";
                var (value, derivative) = (Value(Simd128.Splat(a), Simd128.Splat(y)), Derivative(Simd128.Splat(a), Simd128.Splat(y)));
                if (SimdWidth.Bits >= 256)
                    CheckBits(name, a, value, Value(Simd256.Splat(a), Simd256.Splat(y)), derivative, Derivative(Simd256.Splat(a), Simd256.Splat(y)));
                if (SimdWidth.Bits == 512)
                    CheckBits(name, a, value, Value(Simd512.Splat(a), Simd512.Splat(y)), derivative, Derivative(Simd512.Splat(a), Simd512.Splat(y)));
                CheckSlope(name, a, tolerance, value, derivative, Value(Simd128.Splat(a - Distance), Simd128.Splat(y)), Value(Simd128.Splat(a + Distance), Simd128.Splat(y)));
            }

        static float Value<V>(V a, V y) where V : struct, ISimd<V> => First(TLoss.Value(a, y));
        static float Derivative<V>(V a, V y) where V : struct, ISimd<V> => First(TLoss.Derivative(a, y));
    }

    static void CheckBits(string name, float at, float value, float otherValue, float derivative, float otherDerivative)
    {
        if (BitConverter.SingleToInt32Bits(otherValue) != BitConverter.SingleToInt32Bits(value))
            throw new NetworkCheckException($"{name} at {at:R} is {value:R} with 128-bit vectors and {otherValue:R} with wider ones.");
        if (BitConverter.SingleToInt32Bits(otherDerivative) != BitConverter.SingleToInt32Bits(derivative))
            throw new NetworkCheckException($"The derivative of {name} at {at:R} is {derivative:R} with 128-bit vectors and {otherDerivative:R} with wider ones.");
    }

    static void CheckSlope(string name, float at, double tolerance, float value, float derivative, float before, float after)
    {
        double left = (value - before) / Distance, right = (after - value) / Distance;
        if (!double.IsFinite(left) || !double.IsFinite(right))
            return;

        // A bend between the two slopes leaves room for any derivative between them; a kink is wide room.
        var allowed = tolerance * Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right)));
        if (derivative < Math.Min(left, right) - allowed || derivative > Math.Max(left, right) + allowed)
            throw new NetworkCheckException($"{name} rises by {(left + right) / 2:G4} at {at:R}, but its derivative there says {derivative:G4}.");
    }

    static unsafe float First<V>(V vector) where V : struct, ISimd<V>
    {
        var lanes = stackalloc float[Vector512Lanes];
        vector.Store(lanes);
        return lanes[0];
    }

    const int Vector512Lanes = 16;
}
