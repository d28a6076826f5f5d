extern alias library;
using System.Runtime.Intrinsics;
using GenNet.Simd;

namespace GenNet.Tests.Randomness;

using NormalNumbers = library::GenNet.Kernels.NormalNumbers;

/// <summary>Many normal and uniform numbers at a time: as described, distributed as they should be, and the same bits on every vector width.</summary>
public sealed unsafe class NormalNumbersTests
{
    const float Mark = 12345;

    /// <summary>What <see cref="RandomStream.NextNormals"/> says, in double precision, from single numbers of the stream.</summary>
    static double[] Reference(ref RandomStream random, int count)
    {
        var numbers = new double[count];
        for (var block = 0; block < count; block += 32)
            for (var i = 0; i < 16 && block + i < count; i++)
            {
                var bits = random.NextUInt64();
                var s = (int)(bits >> 32) | 1;
                var t = (int)(uint)bits / 4294967296.0;
                var r = Math.Sqrt(-2 * Math.Log(Math.Abs(s) / 2147483648.0));
                numbers[block + i] = r * Math.Cos(Math.PI * t) * Math.Sign(s);
                if (block + 16 + i < count)
                    numbers[block + 16 + i] = r * Math.Sin(Math.PI * t);
            }
        return numbers;
    }

    static float[] Normals(ref RandomStream random, int count)
    {
        var numbers = new float[count];
        random.NextNormals(numbers);
        return numbers;
    }

    [Fact]
    public void Each_number_is_as_described_and_as_many_are_drawn()
    {
        var worst = 0.0;
        for (var count = 0; count <= 200; count++)
            for (var seed = 0; seed < 20; seed++)
            {
                RandomStream random = new((ulong)seed), expected = random;
                _ = (random.NextUInt64(), expected.NextUInt64());
                foreach (var (number, exact) in Normals(ref random, count).Zip(Reference(ref expected, count)))
                    worst = Math.Max(worst, Math.Abs(number - exact) / Math.Max(1, Math.Abs(exact)));
                Assert.Equal(expected, random);
            }
        Assert.InRange(worst, 0, 4e-7);
    }

    [Fact]
    public void The_accuracy_holds_for_a_million()
    {
        RandomStream random = new(3), expected = random;
        var (worst, at) = (0.0, 0.0);
        foreach (var (number, exact) in Normals(ref random, 1 << 20).Zip(Reference(ref expected, 1 << 20)))
        {
            var error = Math.Abs(number - exact) / Math.Max(1, Math.Abs(exact));
            if (error > worst)
                (worst, at) = (error, exact);
        }
        Assert.True(worst <= 4e-7, $"{worst} at {at}");
    }

    /// <summary>The ends of both halves: the largest radius, the smallest, and angles at the axes.</summary>
    [Fact]
    public void The_largest_number_is_as_described()
    {
        // The finaliser is turned around, to have numbers of the stream at will.
        foreach (var (bits, cosine, sine) in new[]
        {
            (0x00000000_00000000UL, 6.5556, 0.0),
            (0xFFFFFFFF_00000000UL, -6.5556, 0.0),
            (0x00000001_80000000UL, 0.0, -6.5556),
            (0x7FFFFFFF_00000000UL, 0.0, 0.0),
            (0x80000000_7FFFFFFFUL, 0.0, 0.0),
        })
        {
            var random = RandomStream.Resume(Unmix(bits) - 0x9E3779B97F4A7C15, 0);
            var numbers = Normals(ref random, 17);
            Assert.Equal(cosine, numbers[0], 1e-4);
            Assert.Equal(sine, numbers[16], 1e-4);
        }

        static ulong Unmix(ulong z)
        {
            z = Unshift(z, 31) * Inverse(0x94D049BB133111EB);
            z = Unshift(z, 27) * Inverse(0xBF58476D1CE4E5B9);
            return Unshift(z, 30);
        }

        static ulong Unshift(ulong z, int shift)
        {
            var x = z;
            for (var i = 0; i < 3; i++)
                x = z ^ (x >> shift);
            return x;
        }

        static ulong Inverse(ulong factor)
        {
            var inverse = factor;
            for (var i = 0; i < 6; i++)
                inverse *= 2 - factor * inverse;
            return inverse;
        }
    }

    [Fact]
    public void The_first_numbers_do_not_depend_on_how_many_there_are_and_spans_of_32_follow_each_other()
    {
        RandomStream start = new(5), random = start;
        var all = Normals(ref random, 320);
        for (var count = 0; count <= 100; count++)
        {
            random = start;
            Assert.Equal(all[..count], Normals(ref random, count));
        }
        random = start;
        Assert.Equal(all, new[] { 32, 64, 0, 96, 128 }.SelectMany(count => Normals(ref random, count)).ToArray());
        Assert.Equal(160UL, random.Counter);
    }

    [Fact]
    public void Every_vector_width_has_the_same_bits_and_nothing_beside_the_span_is_written()
    {
        for (var count = 0; count <= 130; count++)
        {
            var expected = Fill<FourFloats>(count);
            Assert.Equal(expected, Fill<Simd128>(count));
            if (Vector256.IsHardwareAccelerated && SimdWidth.HasFusedMultiplyAdd)
                Assert.Equal(expected, Fill<Simd256>(count));
            if (Vector512.IsHardwareAccelerated)
                Assert.Equal(expected, Fill<Simd512>(count));
        }

        static uint[] Fill<V>(int count) where V : struct, ISimd<V>
        {
            var numbers = Enumerable.Repeat(Mark, count + 40).ToArray();
            fixed (float* target = numbers)
                NormalNumbers.Fill<V>(target + 3, count, 0x123456789ABCDEF, (ulong)count);
            Assert.All(numbers[..3].Concat(numbers[(3 + count)..]), number => Assert.Equal(Mark, number));
            return [.. numbers.Select(BitConverter.SingleToUInt32Bits)];
        }
    }

    /// <summary>Mean 0, variance 1, skewness 0, kurtosis 3, the sixth moment 15: each within five of its standard errors.</summary>
    [Fact]
    public void Moments_are_those_of_the_normal_distribution()
    {
        const int Count = 1 << 22;
        var random = new RandomStream(11);
        var numbers = Normals(ref random, Count);
        double[] expected = [0, 1, 0, 3, 0, 15], variances = [1, 2, 15, 96, 945, 10170], sums = new double[6];
        foreach (var number in numbers)
            for (var (n, power) = (0, (double)number); n < 6; n++, power *= number)
                sums[n] += power;
        for (var n = 0; n < 6; n++)
            Assert.InRange(sums[n] / Count - expected[n], -5 * Math.Sqrt(variances[n] / Count), 5 * Math.Sqrt(variances[n] / Count));

        // The two numbers of a point, and neighbours, do not go together, nor do their squares.
        foreach (var distance in new[] { 1, 16, 32 })
        {
            double products = 0, squares = 0;
            for (var i = 0; i + distance < Count; i++)
            {
                products += (double)numbers[i] * numbers[i + distance];
                squares += (numbers[i] * (double)numbers[i] - 1) * (numbers[i + distance] * (double)numbers[i + distance] - 1);
            }
            Assert.InRange(products / Count, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
            Assert.InRange(squares / Count, -10 / Math.Sqrt(Count), 10 / Math.Sqrt(Count));
        }
    }

    /// <summary>Kolmogorov and Smirnov's distance, below 1.95/√n in 999 of 1000 samples, for the whole and for each coordinate; and Anderson's look at the tails by counts.</summary>
    [Fact]
    public void The_distribution_and_its_tails_are_normal()
    {
        const int Count = 1 << 20;
        var random = new RandomStream(12);
        var numbers = Normals(ref random, Count);
        AssertNormal(numbers);
        AssertNormal([.. numbers.Where((_, i) => i % 32 < 16)]);
        AssertNormal([.. numbers.Where((_, i) => i % 32 >= 16)]);
        AssertNormal([.. numbers.Where((_, i) => i % 32 == 7)]);

        // Beyond 3, 4, 4.5 and 5: 2.6998e-3, 6.334e-5, 6.795e-6 and 5.733e-7, of 64 million.
        var block = new float[1 << 16];
        var counts = new long[4];
        double[] bounds = [3, 4, 4.5, 5], shares = [2.699796e-3, 6.334248e-5, 6.795346e-6, 5.733031e-7];
        const int Blocks = 1 << 10;
        for (var i = 0; i < Blocks; i++)
        {
            random.NextNormals(block);
            foreach (var number in block)
                for (var k = 0; k < 4 && Math.Abs(number) > bounds[k]; k++)
                    counts[k]++;
        }
        for (var k = 0; k < 4; k++)
        {
            var mean = shares[k] * Blocks * block.Length;
            Assert.InRange(counts[k], mean - 5 * Math.Sqrt(mean), mean + 5 * Math.Sqrt(mean));
        }

        static void AssertNormal(float[] sample)
        {
            Array.Sort(sample);
            var worst = 0.0;
            for (var i = 0; i < sample.Length; i++)
            {
                var expected = Distribution(sample[i]);
                worst = Math.Max(worst, Math.Max(expected - (double)i / sample.Length, (double)(i + 1) / sample.Length - expected));
            }
            Assert.InRange(worst, 0, 1.95 / Math.Sqrt(sample.Length));
        }

        // Φ(x) = ½ + φ(x)·Σ x^(2n+1)/(1·3·5···(2n+1))
        static double Distribution(double x)
        {
            double term = x, sum = x;
            for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
                sum += term *= x * x / (2 * n + 1);
            return 0.5 + Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI) * sum;
        }
    }

    [Fact]
    public void Uniform_numbers_are_those_of_single_calls()
    {
        for (var count = 0; count <= 100; count++)
        {
            RandomStream random = new((ulong)count), single = random;
            var numbers = new float[count];
            random.NextSingles(numbers);
            Assert.Equal(Enumerable.Range(0, count).Select(_ => single.NextSingle()).ToArray(), numbers);
            Assert.Equal(single, random);
        }
    }

    [Fact]
    public void None_of_it_allocates()
    {
        var random = new RandomStream(1);
        var numbers = new float[100];
        random.NextNormals(numbers);
        random.NextSingles(numbers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        random.NextNormals(numbers);
        random.NextSingles(numbers);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
