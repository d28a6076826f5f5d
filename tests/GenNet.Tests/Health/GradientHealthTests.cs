using System.Globalization;
using GenNet.Tests.Training;

namespace GenNet.Tests.Health;

public class GradientHealthTests
{
    /// <summary>More rows than are computed at a time, but for batch normalisation.</summary>
    const int Rows = 300;

    static readonly float[] Inputs = Numbers(Rows * 6, 1), Targets = Numbers(Rows, 2);
    static readonly int[] Labels = Enumerable.Range(0, Rows).Select(i => i * 7 % 3).ToArray();

    [Theory]
    [InlineData(1, false)]
    [InlineData(100, true)]
    public void Saturated_units_are_named_with_their_layer(float factor, bool named)
    {
        var network = new Watched(1);
        Scale(network, factor);
        var trainer = network.CreateTrainer(new Adam(0.001), Rows);
        trainer.Health.Interval = 1;
        trainer.Step(Inputs, Labels);
        Assert.Equal(trainer.Health.Layers[0].SaturatedShare >= 0.5, named);
        Assert.Equal(named, trainer.Health.Diagnose().Any(finding => finding is { Problem: HealthProblem.SaturatedUnits, FirstLayer: 1 }));
    }

    [Fact]
    public void A_frozen_layer_has_no_gradients_and_nothing_is_wrong_with_it()
    {
        var trainer = new Watched(1).CreateTrainer(new Adam(0.001), Rows);
        trainer.Health.Interval = 1;
        trainer.Layers[0].IsFrozen = true;
        trainer.Step(Inputs, Labels);
        Assert.Equal((true, 0.0, 0.0), (trainer.Health.Layers[0].IsFrozen, trainer.Health.Layers[0].GradientNorm, trainer.Health.Layers[0].UpdateRatio));
        Assert.DoesNotContain(trainer.Health.Diagnose(), finding => finding.Problem == HealthProblem.VanishingGradients);
        trainer.Layers[0].IsFrozen = false;
        trainer.Step(Inputs, Labels);
        Assert.False(trainer.Health.Layers[0].IsFrozen);
        Assert.NotEqual(0, trainer.Health.Layers[0].GradientNorm);
    }

    [Theory]
    [InlineData(500, 1, "feature 4", HealthProblem.UnscaledInputs)]
    [InlineData(1, 2e4, "target 0", HealthProblem.UnscaledTargets)]
    [InlineData(500, 2e4, "feature 4", HealthProblem.UnscaledInputs, HealthProblem.UnscaledTargets)]
    public void Where_the_data_were_never_standardised_that_is_said_before_their_exploding_gradients(double input, double target, string what, params HealthProblem[] first)
    {
        var random = new RandomStream(3);
        float[] inputs = [.. Enumerable.Range(0, 60 * 6).Select(i => (float)(random.NextNormal() * (i % 6 == 4 ? input : 1)))];
        float[] targets = [.. Enumerable.Range(0, 60).Select(_ => (float)(random.NextNormal() * target))];
        var trainer = new WatchedRectifiers(1).CreateTrainer(new Sgd(1e-12), 60);
        trainer.Step(inputs, targets);
        var findings = trainer.Health.Diagnose();
        Assert.Equal([.. first, HealthProblem.ExplodingGradients], findings.Select(finding => finding.Problem).Take(first.Length + 1));

        // Of the last 32 rows.
        var measured = (input > 1 ? inputs.Where((_, i) => i % 6 == 4) : targets).Skip(28);
        var size = Math.Sqrt(measured.Average(value => (double)value * value));
        Assert.Contains($"{what} is about {size.ToString("0.#e+0", CultureInfo.InvariantCulture)} in size", findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("See to the data first", findings[first.Length].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_that_explode_on_standardised_data_are_not_put_down_to_the_data()
    {
        var network = new WatchedRectifiers(1);
        foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Kind == ParameterKind.Weight))
        {
            var weights = new float[tensor.Length];
            tensor.CopyTo(weights);
            tensor.CopyFrom([.. weights.Select(weight => 30 * weight)]);
        }
        var trainer = network.CreateTrainer(new Sgd(1e-12), Rows);
        trainer.Step(Inputs, Targets);
        Assert.Equal(HealthProblem.ExplodingGradients, trainer.Health.Diagnose()[0].Problem);
        Assert.DoesNotContain("data first", trainer.Health.Diagnose()[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_refused_is_not_watched()
    {
        var trainer = new WatchedRectifiers(1).CreateTrainer(new Sgd(0.1), Rows);
        var inputs = (float[])Inputs.Clone();
        inputs[5] = float.NaN;
        Assert.Throws<NotFiniteNumberException>(() => { trainer.Step(inputs.AsSpan(0, 60), Targets.AsSpan(0, 10)); });
        trainer.Health.EndEpoch();
        Assert.True(double.IsNaN(trainer.Health.Layers[0].DeadShare));
    }

    [Fact]
    public void Agrees_with_a_naive_computation()
    {
        var network = new Watched(1);
        Scale(network, 3);
        var other = new Unwatched(1);
        other.Parameters.CopyFrom(network.Parameters);
        var trainer = network.CreateTrainer(new Adam(0.01), Rows);
        trainer.Health.Interval = 1;
        var before = Values(network.Parameters);
        trainer.Step(Inputs, Labels);
        var after = Values(network.Parameters);
        var otherTrainer = other.CreateTrainer(new Adam(0.01), Rows);
        otherTrainer.Backward(Inputs, Labels);
        var gradients = Values(otherTrainer.GradientBlock);
        Assert.Equal(1, trainer.Health.Step);

        var activations = new List<double[][]>();
        var x = Inputs.Chunk(6).Select(row => row.Select(value => (double)value).ToArray()).ToArray();
        foreach (var (layer, g) in new (int, Func<double, double>)[] { (0, Math.Tanh), (1, z => 1 / (1 + Math.Exp(-z))), (2, z => z) })
            activations.Add(x = x.Select(row => Dense(before, layer, row).Select(g).ToArray()).ToArray());
        activations.Add(x = Normalized(x));
        activations.Add(x.Select(row => Dense(before, 4, row)).ToArray());

        for (var layer = 0; layer < 5; layer++)
        {
            var health = trainer.Health.Layers[layer];
            Assert.Equal(layer + 1, health.Number);
            var weights = before.First(item => item.Key.Layer == layer).Key;
            Close(Norm(gradients.Where(item => item.Key.Layer == layer).SelectMany(item => item.Value)), health.GradientNorm);
            Close(Norm(before[weights]), health.WeightNorm);
            Close(Norm(after[weights].Zip(before[weights], (a, b) => (float)((double)a - b))) / Norm(before[weights]), health.UpdateRatio);
            Close(health.GradientNorm / health.WeightNorm, health.RelativeGradient);

            // All rows are computed at once here: the first 32 of the last part.
            var a = activations[layer].Skip(256).Take(32).SelectMany(row => row).ToArray();
            Close(a.Average(), health.ActivationMean, 1e-4);
            Close(Math.Sqrt(a.Average(value => Math.Pow(value - a.Average(), 2))), health.ActivationDeviation, 1e-4);
            var saturated = layer switch
            {
                0 => (double)a.Count(value => 1 - value * value <= 0.05) / a.Length,
                1 => (double)a.Count(value => value * (1 - value) <= 0.0125) / a.Length,
                _ => double.NaN,
            };
            Assert.Equal(saturated, health.SaturatedShare);
            Assert.True(layer > 1 || saturated is > 0.01 and < 0.99);
        }
    }

    [Fact]
    public void Activations_are_those_of_the_last_rows_computed()
    {
        var network = new WatchedRectifiers(1);
        var trainer = network.CreateTrainer(new Sgd(0.01), Rows);
        var before = Values(network.Parameters);
        trainer.Step(Inputs.AsSpan(0, 270 * 6), Targets.AsSpan(0, 270));

        // 270 rows are computed as 128, 128 and 14.
        var rows = Inputs.Chunk(6).Skip(256).Take(14).Select(row => Dense(before, 0, row.Select(value => (double)value).ToArray()).Select(z => Math.Max(z, 0)));
        Close(rows.SelectMany(row => row).Average(), trainer.Health.Layers[0].ActivationMean, 1e-5);
    }

    /// <summary>Flatten moves what the layer before it gives, and nothing else: both have the moments of the network's outputs.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Activations_of_pixels_and_steps_are_measured_at_all_of_them(bool image)
    {
        INetwork network = image ? new WatchedPixels(1) : new WatchedSteps(1);
        var weights = network.Parameters.Tensors[0];
        var larger = new float[weights.Length];
        weights.CopyTo(larger);
        weights.CopyFrom(Array.ConvertAll(larger, weight => 2 * weight));
        var trainer = network.CreateTrainer(new Sgd(0.01), 7);
        var (inputs, outputs) = (Inputs[..(7 * network.InputSize)], new float[7 * network.OutputSize]);
        network.ForwardBatch(inputs, outputs);
        trainer.Step(inputs, new float[outputs.Length]);
        for (var layer = 0; layer < 2; layer++)
        {
            var health = trainer.Health!.Layers[layer];
            Close(outputs.Average(), health.ActivationMean, 1e-4);
            Close(Math.Sqrt(outputs.Average(value => Math.Pow(value - outputs.Average(), 2))), health.ActivationDeviation, 1e-4);
        }
        Assert.Equal((double)outputs.Count(value => 1 - (double)value * value <= 0.05) / outputs.Length, trainer.Health!.Layers[0].SaturatedShare, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Changes_no_bits(int interval)
    {
        var (network, other) = (new Watched(1), new Unwatched(1));
        Assert.Equal(other.Hash(), network.Hash());
        var trainer = network.CreateTrainer(new Adam(0.01), Rows);
        trainer.Health.Interval = interval;
        var otherTrainer = other.CreateTrainer(new Adam(0.01), Rows);
        for (var step = 0; step < 10; step++)
            Assert.Equal(otherTrainer.Step(Inputs, Labels), trainer.Step(Inputs, Labels));
        Assert.Equal(other.Hash(), network.Hash());
        Assert.Equal(9 / interval * interval + 1, trainer.Health.Step);
        Assert.Null(((Trainer)otherTrainer).Health);
    }

    [Fact]
    public void Allocates_nothing()
    {
        var trainer = new WatchedRectifiers(1).CreateTrainer(new Adam(), Rows);
        trainer.Health.Interval = 2;
        long allocated = 1;
        for (var attempt = 0; attempt < 3 && allocated != 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 20; step++)
                trainer.Step(Inputs, Targets);
            trainer.Health.EndEpoch();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_unit_is_dead_when_it_is_zero_for_every_sample_of_the_epoch()
    {
        var network = new WatchedRectifiers(1);
        network.Layer2.Weights.CopyFrom(new float[20 * 40]);
        for (var unit = 0; unit < 20; unit++)
            network.Layer2.Biases[unit] = unit switch { < 13 => -50, 13 => 0, _ => 1 };

        // Units 1 and 2 are positive for one sample alone: the first of all, and the last.
        network.Layer2.Weights[1, 0] = network.Layer2.Weights[2, 1] = 1;
        for (var input = 0; input < 6; input++)
            (network.Layer1.Weights[0, input], network.Layer1.Weights[1, input]) = (0, 0);
        network.Layer1.Weights[0, 0] = network.Layer1.Weights[1, 1] = 1;

        // Unit 39 of layer 1, in a group of its own, is positive for the last sample alone.
        for (var input = 0; input < 6; input++)
            network.Layer1.Weights[39, input] = input == 1 ? 1 : 0;
        network.Layer1.Biases[39] = -50;
        var inputs = (float[])Inputs.Clone();
        (inputs[0], inputs[^5]) = (100, 100);

        // A rate of 0: what is dead stays, and nothing else dies. Batches of 150 are computed as 128 and 22 rows.
        var trainer = network.CreateTrainer(new Sgd(0), 150);
        Assert.True(double.IsNaN(trainer.Health.Layers[1].DeadShare));
        for (var epoch = 0; epoch < 2; epoch++)
        {
            trainer.Step(inputs.AsSpan(0, 900), Targets.AsSpan(0, 150));
            trainer.Step(inputs.AsSpan(900), Targets.AsSpan(150));
            trainer.Health.EndEpoch();
            Assert.Equal(12 / 20.0, trainer.Health.Layers[1].DeadShare);
            Assert.True(double.IsNaN(trainer.Health.Layers[2].DeadShare));
            Assert.Equal(0, trainer.Health.Layers[0].DeadShare);
        }
        // One sample at a time.
        for (var sample = 0; sample < inputs.Length / 6; sample++)
            trainer.Step(inputs.AsSpan(6 * sample, 6), Targets.AsSpan(sample, 1));
        trainer.Health.EndEpoch();
        Assert.Equal((0, 12 / 20.0), (trainer.Health.Layers[0].DeadShare, trainer.Health.Layers[1].DeadShare));

        var finding = Assert.Single(trainer.Health.Diagnose(), item => item.Problem == HealthProblem.DeadUnits);
        Assert.Equal((2, 2), (finding.FirstLayer, finding.LastLayer));
        Assert.Equal("Dead units in layer 2: 12 of its 20 ReLU units were zero for every sample of the epoch and no longer learn. Lower the learning rate, or use leaky ReLU.", finding.Message);

        // Samples that are only judged do not count.
        var data = new Dataset(new float[] { 100, 100, 0, 0, 0, 0 }, 6, new float[1], 1);
        trainer.Step(Inputs.AsSpan(0, 6), Targets.AsSpan(0, 1));
        trainer.Evaluate(data);
        trainer.Health.EndEpoch();
        Assert.Equal(14 / 20.0, trainer.Health.Layers[1].DeadShare);
        trainer.Health.EndEpoch();
        Assert.True(double.IsNaN(trainer.Health.Layers[1].DeadShare));
    }

    [Fact]
    public void Fit_ends_its_epochs_and_reports_what_is_wrong()
    {
        var network = new WatchedRectifiers(1);
        network.Layer1.Biases.Fill(-1000);
        network.Layer2.Biases.Fill(1);
        var data = new Dataset(Inputs, 6, Targets, 1);
        var results = network.Fit(data, new Sgd(0.01), new() { Epochs = 2 }).Epochs;
        Assert.All(results, result => Assert.Contains("40 of its 40 ReLU units", Assert.Single(result.Findings).Message, StringComparison.Ordinal));
        Assert.Empty(new WatchedRectifiers(1).Fit(data, new Sgd(0.01), new() { Epochs = 1 }).Epochs[0].Findings);
    }

    [Fact]
    public void The_interval_is_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Watched(1).CreateTrainer(new Adam(), 1).Health.Interval = 0);

    static Dictionary<ParameterTensor, float[]> Values(ParameterBlock block) => block.Tensors
        .Where(tensor => tensor.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance))
        .ToDictionary(tensor => tensor, tensor =>
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            return values;
        });

    static double[] Dense(Dictionary<ParameterTensor, float[]> values, int layer, double[] x)
    {
        var weights = values.First(item => item.Key.Layer == layer && item.Key.Kind == ParameterKind.Weight).Value;
        var biases = values.First(item => item.Key.Layer == layer && item.Key.Kind == ParameterKind.Bias).Value;
        return [.. biases.Select((bias, o) => bias + x.Select((value, i) => value * weights[o * x.Length + i]).Sum())];
    }

    /// <summary>Batch normalisation with its initial scales and shifts, then ReLU.</summary>
    static double[][] Normalized(double[][] x)
    {
        var units = Enumerable.Range(0, x[0].Length).Select(unit =>
        {
            var mean = x.Average(row => row[unit]);
            return (Mean: mean, Deviation: Math.Sqrt(x.Average(row => Math.Pow(row[unit] - mean, 2)) + 1e-5));
        }).ToArray();
        return [.. x.Select(row => row.Select((value, unit) => Math.Max(0, (value - units[unit].Mean) / units[unit].Deviation)).ToArray())];
    }

    static void Scale(Watched network, float factor)
    {
        foreach (var layer in new[] { network.Layer1, network.Layer2 })
            for (var o = 0; o < layer.Outputs; o++)
                for (var i = 0; i < layer.Inputs; i++)
                    layer.Weights[o, i] *= factor;
    }

    static double Norm(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));

    static void Close(double expected, double actual, double tolerance = 1e-5) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected) + 1e-9, $"expected {expected}, got {actual}");

    static float[] Numbers(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = (float)random.NextNormal();
        return numbers;
    }
}
