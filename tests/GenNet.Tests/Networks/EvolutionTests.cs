extern alias library;
using System.Runtime.Intrinsics;
using GenNet.Simd;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Networks;

using Gaps = library::GenNet.Kernels.Gaps;

/// <summary>Mutation and crossover of random networks against naive ones, which follow the declared order number by number.</summary>
public sealed class EvolutionTests
{
    static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 34, 40, 63, 64, 65, 70];

    /// <summary>A network of random sizes with normalisations here and there.</summary>
    static ParameterBlock Network(ref RandomStream random)
    {
        var builder = new ArchitectureBuilder(Sizes[random.NextInt32(Sizes.Length)]);
        for (var layers = 1 + random.NextInt32(4); layers > 0; layers--)
        {
            builder.Dense(Sizes[random.NextInt32(Sizes.Length)], Activation.Tanh);
            if (random.NextInt32(3) == 0)
                builder.BatchNorm(Activation.Identity, 0.1f, 1e-5f);
            else if (random.NextInt32(3) == 0)
                builder.LayerNorm(Activation.Identity, 1e-5f);
        }
        return Filled(new(builder.Build("Net", "")), ref random);
    }

    static ParameterBlock Filled(ParameterBlock block, ref RandomStream random)
    {
        foreach (var tensor in block.Tensors)
        {
            var values = new float[tensor.Length];
            random.NextNormals(values);
            tensor.CopyFrom(tensor.Kind == ParameterKind.RunningVariance ? [.. values.Select(value => value * value + 0.1f)] : values);
        }
        return block;
    }

    static ParameterBlock Copy(ParameterBlock block) => NaiveCopy(block, tensor => Values(tensor));

    static ParameterBlock NaiveCopy(ParameterBlock block, Func<ParameterTensor, float[]> values)
    {
        var copy = new ParameterBlock(ArchitectureOf(block));
        foreach (var (mine, theirs) in copy.Tensors.Zip(block.Tensors))
            mine.CopyFrom(values(theirs));
        return copy;
    }

    static NetworkArchitecture ArchitectureOf(ParameterBlock block) =>
        (NetworkArchitecture)typeof(ParameterBlock).GetField("_architecture", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(block)!;

    static float[] Values(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }

    static bool IsTrained(ParameterTensor tensor) => tensor.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance);

    /// <summary>Ways to each trained value, in the declared order.</summary>
    static List<(Func<float> Get, Action<float> Set)> Trained(ParameterBlock block)
    {
        List<(Func<float>, Action<float>)> values = [];
        foreach (var tensor in block.Tensors.Where(IsTrained))
        {
            if (tensor.Shape.Count == 1)
                for (var unit = 0; unit < tensor.Length; unit++)
                    Add(tensor, unit);
            else
                for (var panel = 0; panel < tensor.Shape[0]; panel += 32)
                    for (var input = 0; input < tensor.Shape[1]; input++)
                        for (var output = panel; output < Math.Min(panel + 32, tensor.Shape[0]); output++)
                            AddWeight(tensor, output, input);
        }
        return values;

        void Add(ParameterTensor tensor, int unit) => values.Add((() => tensor[unit], value => tensor[unit] = value));

        void AddWeight(ParameterTensor tensor, int output, int input) => values.Add((() => tensor[output, input], value => tensor[output, input] = value));
    }

    static void NaiveMutate(ParameterBlock block, ref RandomStream random, double rate, float deviation)
    {
        var values = Trained(block);
        if (rate == 1)
            Change(values, ref random, deviation);
        if (rate is 0 or 1)
            return;
        var factor = (float)(1 / (rate < 1e-3 ? -rate - rate * rate / 2 - rate * rate * rate / 3 - rate * rate * rate * rate / 4 : GenNet.Numerics.ScalarMath.Log(1 - rate)));
        for (var next = -1L; next < values.Count;)
        {
            List<(Func<float>, Action<float>)> chosen = [];
            for (var i = 0; i < 64; i++)
            {
                next += 1 + (long)Math.Min(1 << 30, factor * Log((int)(random.NextUInt64() >> 32) | 1));
                if (next < values.Count)
                    chosen.Add(values[(int)next]);
            }
            Change(chosen, ref random, deviation);
        }

        static void Change(List<(Func<float> Get, Action<float> Set)> values, ref RandomStream random, float deviation)
        {
            var normals = new float[values.Count];
            random.NextNormals(normals);
            foreach (var ((get, set), number) in values.Zip(normals))
            {
                var step = deviation * number;
                set(get() + step);
            }
        }

        // ln(|s|/2³¹), in floats.
        static float Log(int s)
        {
            var x = (float)Math.Abs(s) / 2147483648f;
            var n = 0;
            for (; x < 0.70710677f; n--)
                x *= 2;
            var f = n == 0 ? (float)(2147483648L - Math.Abs((long)s)) / -2147483648f : x - 1;
            float f2 = f * f, f4 = f2 * f2;
            float p01 = -0.25001335f * f + 0.3333391f, p23 = -0.16577652f * f + 0.199631f, p45 = -0.14266932f * f + 0.14914508f;
            var p = (0.08700401f * f2 + p45) * f4 + (p23 * f2 + p01);
            return 0.693115234375f * n + (f + (f * f2 * p + (-0.5f * f2 + 3.19461833e-5f * n)));
        }
    }

    [Fact]
    public void Gaps_are_geometrically_distributed()
    {
        // So many gaps of 0, 1, 2 … of a rate; the last for all longer ones.
        foreach (var rate in new[] { 1e-7, 1e-4, 0.003, 0.1, 0.37, 0.5, 0.9, 0.999 })
        {
            const int Count = 1 << 20;
            var gaps = new int[Count];
            unsafe
            {
                fixed (int* target = gaps)
                    Gaps.Fill(target, Count, Gaps.Factor(rate), 77, 5);
            }
            var mean = gaps.Average(gap => (double)gap);
            var (expected, deviation) = ((1 - rate) / rate, Math.Sqrt(1 - rate) / rate);
            Assert.InRange(mean, expected - 5 * deviation / Math.Sqrt(Count), expected + 5 * deviation / Math.Sqrt(Count));
            foreach (var bound in new[] { 0, 1, 2, 5, (int)(0.1 / rate), (int)(1 / rate), (int)(5 / rate) })
            {
                var share = 1 - Math.Pow(1 - rate, bound + 1);
                Assert.InRange(gaps.Count(gap => gap <= bound) - share * Count, -5 * Math.Sqrt(Count * share * (1 - share)) - 2, 5 * Math.Sqrt(Count * share * (1 - share)) + 2);
            }
        }
    }

    [Fact]
    public unsafe void Gaps_have_the_same_bits_on_every_vector_width()
    {
        foreach (var rate in new[] { 1e-300, 1e-9, 0.1, 0.5, 1 - 1e-16 })
        {
            var expected = Fill<FourFloats>(rate);
            Assert.All(expected, gap => Assert.InRange(gap, 0, 1 << 30));
            Assert.Equal(expected, Fill<Simd128>(rate));
            if (Vector256.IsHardwareAccelerated && SimdWidth.HasFusedMultiplyAdd)
                Assert.Equal(expected, Fill<Simd256>(rate));
            if (Vector512.IsHardwareAccelerated)
                Assert.Equal(expected, Fill<Simd512>(rate));
        }

        static int[] Fill<V>(double rate) where V : struct, ISimd<V>
        {
            var gaps = new int[4096];
            fixed (int* target = gaps)
                Gaps.Fill<V>(target, gaps.Length, Gaps.Factor(rate), 9, 3);
            return gaps;
        }
    }

    static void NaiveCrossOver(ParameterBlock child, ParameterBlock a, ParameterBlock b, ref RandomStream random)
    {
        var (values, first, second) = (Trained(child), Trained(a), Trained(b));
        for (var i = 0; i < values.Count; i += 64)
        {
            var bits = random.NextUInt64();
            for (var k = i; k < Math.Min(i + 64, values.Count); k++)
                values[k].Set((bits >> (k - i) & 1) != 0 ? first[k].Get() : second[k].Get());
        }
        foreach (var (tensor, (left, right)) in child.Tensors.Zip(a.Tensors.Zip(b.Tensors)).Where(item => !IsTrained(item.First)))
            tensor.CopyFrom([.. Values(left).Zip(Values(right), (x, y) => (x + y) / 2)]);
    }

    static readonly double[] Rates = [0, 1e-9, 1e-4, 0.01, 0.1, 0.125, 0.3, 0.5, 0.75, 0.9, 0.9999999, 1 - 1e-12, 1];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_networks_change_as_naive_ones(int seed)
    {
        var random = new RandomStream((ulong)seed);
        var a = Network(ref random);
        var b = Filled(new(ArchitectureOf(a)), ref random);
        var child = Filled(new(ArchitectureOf(a)), ref random);
        var padding = new PaddingCheck(a);
        var naive = Copy(child);
        foreach (var rate in Rates)
        {
            var other = random;
            child.CrossOver(a, b, ref random);
            NaiveCrossOver(naive, a, b, ref other);
            Assert.Equal(naive.Hash(), child.Hash());
            Assert.Equal(other, random);

            child.Mutate(ref random, rate, 0.3f);
            NaiveMutate(naive, ref other, rate, 0.3f);
            Assert.Equal(naive.Hash(), child.Hash());
            Assert.Equal(other, random);
            padding.AssertZero("the child", child);
        }

        // In place.
        var (parent, sibling) = (Copy(a), Copy(b));
        naive = Copy(a);
        var (one, two, third) = (random, random, random);
        parent.CrossOver(parent, b, ref one);
        NaiveCrossOver(naive, a, b, ref two);
        sibling.CrossOver(a, sibling, ref third);
        Assert.Equal(naive.Hash(), parent.Hash());
        Assert.Equal(naive.Hash(), sibling.Hash());
    }

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 40));

    [Fact]
    public void The_share_that_changes_is_the_rate_and_half_of_a_child_is_of_each_parent()
    {
        var architecture = new ArchitectureBuilder(100).Dense(500, Activation.Tanh).Dense(101, Activation.Identity).Build("Net", "");
        var random = new RandomStream(3);
        var (a, b) = (Filled(new(architecture), ref random), Filled(new(architecture), ref random));
        var (before, others) = (Flat(a), Flat(b));
        foreach (var rate in new[] { 0.001, 0.1, 1 / 3.0, 0.5, 0.99 })
        {
            var mutant = Copy(a);
            mutant.Mutate(ref random, rate, 2);
            var steps = Flat(mutant).Zip(before, (after, value) => (double)after - value).Where(step => step != 0).ToArray();
            var deviation = Math.Sqrt(rate * (1 - rate) * before.Length);
            Assert.InRange(steps.Length - rate * before.Length, -5 * deviation, 5 * deviation);
            Assert.InRange(steps.Sum() / steps.Length, -10 / Math.Sqrt(steps.Length), 10 / Math.Sqrt(steps.Length));
            Assert.InRange(steps.Sum(step => step * step) / steps.Length, 4 - 30 / Math.Sqrt(steps.Length), 4 + 30 / Math.Sqrt(steps.Length));
        }
        var child = new ParameterBlock(architecture);
        child.CrossOver(a, b, ref random);
        var values = Flat(child);
        Assert.All(values.Zip(before.Zip(others)), item => Assert.True(item.First == item.Second.First || item.First == item.Second.Second));
        Assert.InRange(values.Zip(before).Count(pair => pair.First == pair.Second), 0.495 * values.Length, 0.505 * values.Length);

        static float[] Flat(ParameterBlock block)
        {
            var values = new float[block.Length];
            block.CopyTo(values);
            return values;
        }
    }

    [Fact]
    public void Running_statistics_are_not_mutated_and_a_child_has_the_means_of_its_parents()
    {
        NormalizedClassifier a = new(1), b = new(2), child = new(3);
        a.Parameters.Norm(1).RunningMeans.Fill(1);
        a.Parameters.Norm(1).RunningVariances.Fill(3);
        b.Parameters.Norm(1).RunningMeans.Fill(2);
        b.Parameters.Norm(1).RunningVariances.Fill(6);
        var random = new RandomStream(1);
        child.Parameters.CrossOver(a.Parameters, b.Parameters, ref random);
        child.Parameters.Mutate(ref random, 1, 1);
        Assert.All(child.Parameters.Norm(1).RunningMeans.ToArray(), mean => Assert.Equal(1.5f, mean));
        Assert.All(child.Parameters.Norm(1).RunningVariances.ToArray(), variance => Assert.Equal(4.5f, variance));
    }

    [Fact]
    public void A_change_is_seen_by_what_is_folded_into_the_weights()
    {
        NormalizedClassifier a = new(1), b = new(2);
        var random = new RandomStream(1);
        float[] x = [1, -2, 3, 0.5f, 0], first = new float[3], second = new float[3], third = new float[3];
        a.Forward(x, first);
        a.Parameters.Mutate(ref random, 0.5, 0.5f);
        a.Forward(x, second);
        a.Parameters.CrossOver(b.Parameters, b.Parameters, ref random);
        a.Forward(x, third);
        b.Forward(x, first[..]);
        Assert.NotEqual(first, second);
        var expected = new float[3];
        b.Forward(x, expected);
        Assert.Equal(expected, third);
    }

    [Fact]
    public void What_is_no_rate_no_deviation_or_no_parent_is_refused_and_changes_nothing()
    {
        RandomStream start = new(1), random = start;
        var network = new Regressor(1);
        var hash = network.Hash();
        foreach (var rate in new[] { -0.1, 1.1, double.NaN, double.PositiveInfinity })
            Assert.Contains("The rate of a mutation must be from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>("rate", () => network.Parameters.Mutate(ref random, rate, 1)).Message, StringComparison.Ordinal);
        foreach (var deviation in new[] { float.NaN, float.NegativeInfinity, float.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>("deviation", () => network.Parameters.Mutate(ref random, 1, deviation));
        Assert.Throws<ArgumentException>("a", () => network.Parameters.CrossOver(new Xor(1).Parameters, network.Parameters, ref random));
        Assert.Throws<ArgumentException>("b", () => network.Parameters.CrossOver(network.Parameters, new Xor(1).Parameters, ref random));
        Assert.Throws<ArgumentNullException>("a", () => network.Parameters.CrossOver(null!, network.Parameters, ref random));
        Assert.Throws<ArgumentNullException>("b", () => network.Parameters.CrossOver(network.Parameters, null!, ref random));
        Assert.Equal(hash, network.Hash());
        Assert.Equal(start, random);
    }

    /// <summary>w + d·ε and w − d·ε, with the same ε.</summary>
    [Fact]
    public void A_negative_deviation_subtracts_the_same_numbers()
    {
        Regressor up = new(1), down = new(1);
        up.Parameters.Clear();
        down.Parameters.Clear();
        RandomStream first = new(3), second = new(3);
        foreach (var rate in new[] { 1, 0.3 })
        {
            up.Parameters.Mutate(ref first, rate, 0.25f);
            down.Parameters.Mutate(ref second, rate, -0.25f);
        }
        float[] expected = new float[up.Parameters.Length], actual = new float[up.Parameters.Length];
        up.Parameters.CopyTo(expected);
        down.Parameters.CopyTo(actual);
        Assert.Equal(expected, actual.Select(value => -value));
        Assert.Equal(first, second);
        Assert.NotEqual(0, expected[0]);
    }

    [Fact]
    public void None_of_it_allocates()
    {
        NormalizedClassifier a = new(1), b = new(2), child = new(3);
        var random = new RandomStream(1);
        void All()
        {
            child.Parameters.CrossOver(a.Parameters, b.Parameters, ref random);
            child.Parameters.Mutate(ref random, 0.1, 0.1f);
            child.Parameters.Mutate(ref random, 1, 0.1f);
        }
        All();
        var before = GC.GetAllocatedBytesForCurrentThread();
        All();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
