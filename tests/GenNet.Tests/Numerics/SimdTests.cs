using System.Runtime.Intrinsics;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Tests.Numerics;

/// <summary>What every vector width offers, lane by lane against single floats.</summary>
public unsafe class SimdTests
{
    [Fact]
    public void Vectors_of_128_bits() => Check<Simd128>();

    [Fact]
    public void Vectors_of_256_bits()
    {
        if (Vector256.IsHardwareAccelerated && SimdWidth.HasFusedMultiplyAdd)
            Check<Simd256>();
    }

    [Fact]
    public void Vectors_of_512_bits()
    {
        if (Vector512.IsHardwareAccelerated)
            Check<Simd512>();
    }

    [Fact]
    public void Single_floats() => Check<FourFloats>();

    static void Check<V>() where V : struct, ISimd<V>
    {
        for (var count = -2; count <= V.Count + 2; count++)
            Assert.Equal(Enumerable.Range(0, V.Count).Select(lane => lane < count), Lanes(V.FirstLanes(count)).Select(float.IsNaN));

        for (var lane = 0; lane < V.Count; lane++)
            Assert.Equal(Enumerable.Range(0, V.Count).Select(other => other == lane), Lanes(V.LanesOf(1u << lane)).Select(float.IsNaN));
        Assert.All(Lanes(V.LanesOf(uint.MaxValue)), lane => Assert.True(float.IsNaN(lane)));
        Assert.All(Lanes(V.LanesOf(0)), lane => Assert.Equal(0, lane));
        Assert.Equal(Enumerable.Range(0, V.Count).Select(lane => (0xA5C3 >> lane & 1) != 0), Lanes(V.LanesOf(0x1234A5C3)).Select(float.IsNaN));
        int[] integers = [0, 1, -1, 16777216, 16777217, 16777219, -16777217, int.MaxValue, int.MaxValue - 64, int.MinValue, 2139095041, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];
        fixed (int* source = integers)
            for (var at = 0; at + V.Count <= integers.Length; at++)
                Assert.Equal(integers[at..(at + V.Count)].Select(integer => (float)integer), Lanes(V.ConvertToSingle(source + at)));

        float[] numbersToCut = [0, -0f, 0.999f, -0.999f, 1, 1.5f, -2.5f, 16777216, 1 << 30, -2147483648f, 3.7f, 0.1f, 2147483520f, 0, 0, 0];
        var cut = new int[numbersToCut.Length];
        fixed (float* source = numbersToCut)
        fixed (int* target = cut)
            for (var at = 0; at < cut.Length; at += V.Count)
                V.ConvertToInt32(V.Load(source + at), target + at);
        Assert.Equal(numbersToCut.Select(number => (int)number), cut);

        // A vector across two cache lines, as whole and by fours.
        var numbers = Enumerable.Range(0, 64).Select(i => i - 20.5f).ToArray();
        fixed (float* source = numbers)
            for (var at = 0; at + V.Count <= numbers.Length; at++)
            {
                var expected = numbers[at..(at + V.Count)];
                var vector = V.Load(source + at);
                Assert.Equal(expected, Lanes(vector));
                Assert.Equal(expected, Lanes(V.LoadFours(source + at)));
                Assert.Equal(expected, Lanes(V.Load(in numbers[0], at)));
                Assert.Equal(expected.Select(x => 3 * x), Lanes(3f * vector));
                Assert.Equal(expected.Select(x => x + 3), Lanes(vector + 3f));
                Assert.Equal(expected.Select(x => x - 3), Lanes(vector - 3f));
                Assert.Equal(expected.Select(x => 3 * x + 5), Lanes(V.Fma(3f, vector, 5f)));
                Assert.Equal(expected.Select(x => 4 * x), Lanes(V.Fma(3f, vector, vector)));
                Assert.Equal(expected.Select(x => x * x + x), Lanes(V.Fma(vector, source + at, vector)));
                Assert.Equal(expected.Select(x => Math.Clamp(x, -7f, 9f)), Lanes(V.Clamp(vector, -7f, 9f)));
            }
        Assert.All(Lanes(V.Clamp(V.Splat(float.NaN), -1f, 1f)), lane => Assert.True(float.IsNaN(lane)));

        const float Rounder = 12582912f;
        for (var n = -100; n <= 127; n++)
        {
            Assert.All(Lanes(V.PowerOfTwo(V.Splat(Rounder + n), -24)), lane => Assert.Equal(MathF.ScaleB(1, n - 24), lane));
            Assert.All(Lanes(V.Mantissa(V.Splat(MathF.ScaleB(1.25f, n)), out var exponent)), lane => Assert.Equal(1.25f, lane));
            Assert.All(Lanes(exponent), lane => Assert.Equal(n, lane));
            Assert.All(Lanes(V.Mantissa(V.Splat(MathF.ScaleB(1.75f, n)), out exponent)), lane => Assert.Equal(0.875f, lane));
            Assert.All(Lanes(exponent), lane => Assert.Equal(n + 1, lane));
        }
        for (var n = -151; n <= 128; n++)
            Assert.All(Lanes(V.ScaleOnePlus(V.Splat(-0.25f), V.Splat(Rounder + n))), lane => Assert.Equal((float)Math.ScaleB(0.75, n), lane));

        // Either side of √½ and √2, where the exponent changes, and the ends of what is normal.
        foreach (var bits in new[] { 0x3F3504F2, 0x3F3504F3, 0x3FB504F2, 0x3FB504F3, 0x00800000, 0x7F7FFFFF, 0x3F800000, 0x7F800000, 0x7FC00000 })
        {
            var x = V.Splat(BitConverter.Int32BitsToSingle(bits));
            Assert.Equal(Lanes(VectorMath.Log(x)), Lanes(VectorMath.LogOfNormal(x)));
        }
        Assert.All(Lanes(V.Mantissa(V.Splat(MathF.BitDecrement(1.41421354f)), out var belowRoot)), lane => Assert.Equal(MathF.BitDecrement(1.41421354f), lane));
        Assert.All(Lanes(belowRoot), lane => Assert.Equal(0, lane));
        Assert.All(Lanes(V.Mantissa(V.Splat(1.41421354f), out var fromRoot)), lane => Assert.Equal(1.41421354f / 2, lane));
        Assert.All(Lanes(fromRoot), lane => Assert.Equal(1, lane));
    }

    static float[] Lanes<V>(V vector) where V : struct, ISimd<V>
    {
        var lanes = new float[V.Count];
        fixed (float* target = lanes)
            vector.Store(target);
        return lanes;
    }
}
