using GenNet.Tests.Networks;

namespace GenNet.Tests.Typed;

/// <summary>Training on pairs of values is training on their numbers.</summary>
public class TypedTrainingTests
{
    [Fact]
    public void A_step_on_values_is_a_step_on_their_numbers()
    {
        var (points, data) = (Regions(50), RegionNet.CreateDataset(Regions(50)));
        var (typed, plain) = (new RegionNet(1).CreateTrainer(new Adam(), 50), new RegionNet(1).CreateTrainer(new Adam(), 50));
        for (var step = 0; step < 3; step++)
        {
            Assert.Equal(plain.Loss(data.Inputs, data.Labels), typed.Loss(points));
            Assert.Equal(plain.Step(data.Inputs, data.Labels), typed.Step(points));
            Assert.Equal(plain.Backward(data.Inputs[..20], data.Labels[..10]), typed.Backward(points.AsSpan(0, 10)));
            plain.Update();
            typed.Update();
        }
        Assert.Equal(plain.Network.Hash(), typed.Network.Hash());
        Assert.NotEqual(new RegionNet(1).Hash(), typed.Network.Hash());
    }

    [Fact]
    public void A_step_on_numbers_as_targets_too()
    {
        var (points, data) = (Polars(20), PolarNet.CreateDataset(Polars(20)));
        var (typed, plain) = (new PolarNet(1).CreateTrainer(new Adam(), 20), new PolarNet(1).CreateTrainer(new Adam(), 20));
        Assert.Equal(plain.Step(data.Inputs, data.Targets), typed.Step(points));
        Assert.Equal(plain.Network.Hash(), typed.Network.Hash());
    }

    [Fact]
    public void A_dataset_holds_what_one_would_write_by_hand()
    {
        var regions = RegionNet.CreateDataset([(new(1, -1), Region.Right), (new(0, 0), Region.Inside)]);
        Assert.Equal([1, 0, 0.5f, 0.5f], regions.Inputs.ToArray());
        Assert.Equal([2, 0], regions.Labels.ToArray());
        Assert.Equal(3, regions.ClassCount);

        var inside = InsideNet.CreateDataset([(new(1, -1), false), (new(0, 0), true)]);
        Assert.Equal([0, 1], inside.Labels.ToArray());
        Assert.Equal(2, inside.ClassCount);

        var sides = SidesNet.CreateDataset([(default, new Sides(true, default)), (default, new Sides(false, new Vertical { Up = true }))]);
        Assert.Equal([1, 0, 0, 1], sides.Targets.ToArray());

        var polar = PolarNet.CreateDataset([(default, new Polar(50, -45, 3, (Half)0.5, new Rounded { Byte = 7, SByte = 5 }))]);
        Assert.Equal([0.25f, -0.5f, 3, 0.5f, -1, 7], polar.Targets.ToArray());
        Assert.Equal(6, polar.TargetSize);
    }

    [Fact]
    public void A_classifier_learns_from_spans()
    {
        var (train, test) = (Regions(600, 1), Regions(300, 2));
        var net = new RegionNet(7);
        var trainer = net.CreateTrainer(new Adam(0.03), batchSize: 30);
        for (var epoch = 0; epoch < 60; epoch++)
            for (var first = 0; first < train.Length; first += 30)
                trainer.Step(train.AsSpan(first, 30));
        var right = test.Count(sample => net.Predict(sample.Item1) == sample.Item2);
        Assert.Equal((double)right / test.Length, trainer.Evaluate(RegionNet.CreateDataset(test)).Accuracy);
        Assert.InRange(right, 285, 300);
    }

    [Fact]
    public void Bools_learn_with_Fit()
    {
        (Point, bool)[] samples = [.. Regions(600).Select(sample => (sample.Item1, sample.Item2 == Region.Inside))];
        var net = new InsideNet(7);
        net.Fit(InsideNet.CreateDataset(samples), new Adam(0.03), new() { Epochs = 120 });
        Assert.InRange(samples.Count(sample => net.Predict(sample.Item1) == sample.Item2), 570, 600);
    }

    [Fact]
    public void Several_bools_learn_with_Fit()
    {
        (Point, Sides)[] samples = [.. Regions(300).Select(sample => (sample.Item1, new Sides(sample.Item1.X < 0, new Vertical { Up = sample.Item1.Y > 0 })))];
        var net = new SidesNet(7);
        net.Fit(SidesNet.CreateDataset(samples), new Adam(0.02), new() { Epochs = 40 });
        Assert.InRange(samples.Count(sample => net.Predict(sample.Item1) == sample.Item2), 270, 300);
    }

    [Fact]
    public void A_curve_is_learned_in_its_natural_unit()
    {
        var samples = new (float, double)[200];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (i / 100f - 1, 0.5 * Math.Sin(3 * (i / 100f - 1)));
        var net = new CurveNet(7);
        net.Fit(CurveNet.CreateDataset(samples), new Adam(0.01), new() { Epochs = 100 });
        Assert.InRange(Math.Sqrt(samples.Average(sample => Math.Pow(net.Predict(sample.Item1) - sample.Item2, 2))), 0, 0.05);
    }

    [Fact]
    public void Several_numbers_are_learned_in_their_natural_units()
    {
        var samples = Polars(300);
        var net = new PolarNet(7);
        net.Fit(PolarNet.CreateDataset(samples), new Adam(0.01), new() { Epochs = 100 });
        Assert.InRange(samples.Average(sample => Math.Abs(net.Predict(sample.Item1).Centimetres - sample.Item2.Centimetres)), 0, 10);
        Assert.InRange(samples.Average(sample => Math.Abs(net.Predict(sample.Item1).Rounded.Byte - sample.Item2.Rounded.Byte)), 0, 1);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var (regions, polars) = (Regions(40), Polars(40));
        var classifier = new RegionNet(1).CreateTrainer(new Adam(), batchSize: 40);
        NetworkContractTests.AssertFirstCallAllocatesNothing(() =>
        {
            var first = new RegionNet(1).CreateTrainer(new Adam(), batchSize: 40);
            return () => first.Step(regions);
        });
        NetworkContractTests.AssertAllocatesNothing(() => classifier.Step(regions));
        NetworkContractTests.AssertAllocatesNothing(() => classifier.Backward(regions));
        NetworkContractTests.AssertAllocatesNothing(() => classifier.Loss(regions));
        var regression = new PolarNet(1).CreateTrainer(new Adam(), batchSize: 40);
        NetworkContractTests.AssertAllocatesNothing(() => regression.Step(polars));
    }

    [Theory]
    [InlineData(0, "RegionNet.Step expects at least one sample, got none.")]
    [InlineData(5, "RegionNet.Step takes up to 4 samples (the batch size of this trainer), got 5.")]
    public void Step_refuses_a_batch_that_does_not_fit(int samples, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => new RegionNet(1).CreateTrainer(new Adam(), batchSize: 4).Step(Regions(samples)));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_refuses_a_class_that_does_not_exist_and_changes_nothing()
    {
        var net = new RegionNet(1);
        var trainer = net.CreateTrainer(new Adam(), batchSize: 4);
        (Point, Region)[] samples = [(new(0, 0), Region.Left), (new(0, 0), (Region)3)];
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(samples));
        Assert.StartsWith("Region is 3, which is no member of Region.", exception.Message, StringComparison.Ordinal);
        Assert.Equal((new RegionNet(1).Hash(), 0), (net.Hash(), trainer.StepCount));
    }

    static (Point, Region)[] Regions(int count, ulong seed = 1)
    {
        var random = new RandomStream(seed);
        var samples = new (Point, Region)[count];
        foreach (ref var sample in samples.AsSpan())
        {
            var point = RandomPoint(ref random);
            sample = (point, point.X * point.X + point.Y * point.Y < 0.4f ? Region.Inside : point.X < 0 ? Region.Left : Region.Right);
        }
        return samples;
    }

    static (Point, Polar)[] Polars(int count)
    {
        var random = new RandomStream(1);
        var samples = new (Point, Polar)[count];
        foreach (ref var sample in samples.AsSpan())
        {
            var point = RandomPoint(ref random);
            var radius = Math.Sqrt(point.X * point.X + point.Y * point.Y);
            sample = (point, new Polar((int)(100 * radius), 90 * point.Y, (decimal)(point.X * point.Y), (Half)point.X, new Rounded { Byte = (byte)(3 + 3 * point.X), SByte = 10 }));
        }
        return samples;
    }

    static Point RandomPoint(ref RandomStream random) => new(2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1);
}
