using GenNet.Tests.Reference;

namespace GenNet.Tests.Networks;

/// <summary>Weights as values: soft updates, norms, distances, one flat span.</summary>
public sealed class BlockValuesTests
{
    static float[] Values(ParameterBlock block)
    {
        var values = new float[block.Length];
        block.CopyTo(values);
        return values;
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.005f)]
    [InlineData(0.49f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    [InlineData(1f)]
    public void Lerp_moves_every_value_its_share_of_the_way(float amount)
    {
        var (target, source) = (new NormalizedClassifier(1), new NormalizedClassifier(2));
        source.Parameters.CopyFrom([.. Values(source.Parameters).Select((value, i) => value + i * 0.01f)]);
        float[] from = Values(target.Parameters), to = Values(source.Parameters);
        var padding = new PaddingCheck(target.Parameters);

        target.Parameters.Lerp(source.Parameters, amount);

        var moved = Values(target.Parameters);
        for (var i = 0; i < moved.Length; i++)
            Assert.Equal(from[i] + (double)amount * ((double)to[i] - from[i]), moved[i], 1e-6 * Math.Max(1, Math.Abs(to[i])));
        if (amount is 0 or 1)
            Assert.Equal(amount == 0 ? from : to, moved);
        padding.AssertZero("the target", target.Parameters);
    }

    [Fact]
    public void Lerp_is_seen_by_what_is_folded_into_the_weights()
    {
        var (target, source) = (new NormalizedClassifier(1), new NormalizedClassifier(2));
        float[] x = [1, -2, 3, 0.5f, 0], before = new float[3], after = new float[3], expected = new float[3];
        target.Forward(x, before);
        target.Parameters.Lerp(source.Parameters, 1);
        target.Forward(x, after);
        source.Forward(x, expected);
        Assert.NotEqual(before, after);
        Assert.Equal(expected, after);
    }

    [Fact]
    public void An_amount_that_is_no_share_is_refused_and_changes_nothing()
    {
        var (target, source) = (new Regressor(1), new Regressor(2));
        var hash = target.Parameters.Hash();
        foreach (var amount in new[] { -0.1f, 1.1f, float.NaN, float.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => target.Parameters.Lerp(source.Parameters, amount));
        Assert.Throws<ArgumentException>(() => target.Parameters.Lerp(new Xor(1).Parameters, 0.5f));
        Assert.Throws<ArgumentNullException>(() => target.Parameters.Lerp(null!, 0.5f));
        Assert.Equal(hash, target.Parameters.Hash());
    }

    [Fact]
    public void Norm_and_distance_are_of_what_is_trained()
    {
        var (network, other) = (new NormalizedClassifier(1), new NormalizedClassifier(2));
        static double[] Trained(INetwork network) => [.. network.Parameters.Tensors
            .Where(tensor => tensor.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance))
            .SelectMany(tensor =>
            {
                var values = new float[tensor.Length];
                tensor.CopyTo(values);
                return values.Select(value => (double)value);
            })];
        Assert.Equal(Math.Sqrt(Trained(network).Sum(w => w * w)), network.Parameters.Norm(), 1e-12);
        Assert.Equal(Math.Sqrt(Trained(network).Zip(Trained(other)).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second))), network.Parameters.DistanceTo(other.Parameters), 1e-12);
        Assert.Equal(0, network.Parameters.DistanceTo(network.Parameters));
        Assert.Throws<ArgumentException>(() => network.Parameters.DistanceTo(new Xor(1).Parameters));
    }

    [Fact]
    public void The_flat_span_has_the_tensors_one_after_the_other()
    {
        var network = new Regressor(1);
        var values = Values(network.Parameters);
        Assert.Equal(Regressor.ParameterCount, values.Length);
        Assert.Equal(network.Layer1.Weights[3, 5], values[3 * 40 + 5]);
        Assert.Equal(network.Layer2.Weights[32, 69], values[70 * 40 + 70 + 32 * 70 + 69]);

        var copy = new Regressor(2);
        copy.Parameters.CopyFrom(values);
        Assert.Equal(network.Parameters.Hash(), copy.Parameters.Hash());
        Assert.Contains("Regressor has 5281 parameters in all, got 5280", Assert.Throws<ArgumentException>(() => copy.Parameters.CopyFrom(values.AsSpan(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { copy.Parameters.CopyTo(new float[values.Length + 1]); });
    }

    [Fact]
    public void None_of_it_allocates()
    {
        var (target, source) = (new Regressor(1), new Regressor(2));
        var values = Values(source.Parameters);
        void All()
        {
            target.Parameters.Lerp(source.Parameters, 0.01f);
            target.Parameters.CopyTo(values);
            target.Parameters.CopyFrom(values);
            _ = target.Parameters.Norm() + target.Parameters.DistanceTo(source.Parameters);
        }
        All();
        var before = GC.GetAllocatedBytesForCurrentThread();
        All();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
