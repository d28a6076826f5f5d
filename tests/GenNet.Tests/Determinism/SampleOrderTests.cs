using System.Numerics;
using GenNet.Kernels;
using GenNet.Simd;
using GenNet.Tests.Training;

namespace GenNet.Tests.Determinism;

[Network(3)]
[Dense(5, Activation.Tanh)]
[Dense(37)]
[LayerNorm]
[Dense(2)]
sealed partial class Summed;

[Network(3)]
[Dense(5)]
sealed partial class FlatLinear;

[Network]
[Sequence(3, 3)]
[Dense(5)]
[Flatten]
sealed partial class ThreeSteps;

[Network]
[Sequence(4, 3)]
[Dense(5)]
[Flatten]
sealed partial class FourSteps;

[Network]
[Sequence(150, 3)]
[Dense(5)]
[Flatten]
sealed partial class ManySteps;

[Network]
[Sequence(150, 3)]
[BatchNorm]
[Dense(5)]
[Flatten]
sealed partial class ManyNormalizedSteps;

[Network]
[Sequence(65_536, 1)]
[Dense(512)]
[Dense(1)]
[Flatten]
sealed partial class TooManySteps;

[Network(3)]
[BatchNorm(Momentum = 1)]
[Dense(2)]
sealed partial class SummedStatistics;

/// <summary>So large that a trainer takes more samples at a time than a part has.</summary>
[Network(1_200, 1_200, 1_200)]
sealed partial class LargeLayers;

/// <summary>Sums over samples have the bits of plain loops in the declared order, however the batch comes.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class SampleOrderTests : IDisposable
{
    const int Part = 128;

    public void Dispose() => Parallelism.Threads = 1;

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(384)]
    [InlineData(650)]
    public void Gradients_are_summed_in_parts_of_128_samples(int samples)
    {
        var network = new Summed(3);
        var data = new Samples(samples);
        var deltas = DeltasOfSamples(network, data);
        foreach (var threads in new[] { 1, 2, 3, 8 })
        {
            Parallelism.Threads = threads;
            var trainer = network.CreateTrainer(new Sgd(0.1), samples);
            trainer.Backward(data.Inputs, data.Targets);
            Check(trainer, data, deltas);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parts_that_are_computed_together_have_the_bits_of_parts_one_by_one(int threads)
    {
        const int Samples = 650;
        Parallelism.Threads = threads;
        float[] inputs = new float[Samples * 1_200], targets = new float[inputs.Length];
        var random = new RandomStream(5);
        random.NextSingles(inputs);
        random.NextSingles(targets);
        var (whole, parts) = (new LargeLayers(1), new LargeLayers(1));
        whole.CreateTrainer(new Sgd(0.1), Samples).Step(inputs, targets);
        var trainer = parts.CreateTrainer(new Sgd(0.1), Part);
        for (var first = 0; first < Samples; first += Part)
        {
            var range = (first * 1_200)..(Math.Min(Samples, first + Part) * 1_200);
            trainer.Accumulate(inputs.AsSpan()[range], targets.AsSpan()[range], Samples);
        }
        trainer.Update();
        Assert.True(parts.Parameters.Span.SequenceEqual(whole.Parameters.Span));
    }

    [Fact]
    public void Positions_are_summed_with_their_samples()
    {
        CheckPositions(new ThreeSteps(3), 3, samples: 200, rowsOfPart: 96);
        CheckPositions(new FourSteps(3), 4, samples: 100, rowsOfPart: 128);
        CheckPositions(new ManySteps(3), 150, samples: 3, rowsOfPart: 150);

        static void CheckPositions(INetwork network, int positions, int samples, int rowsOfPart)
        {
            var data = new Samples(positions * samples);
            var targets = new float[5 * data.Count];
            new Samples(5 * data.Count).Inputs.AsSpan(0, targets.Length).CopyTo(targets);

            // δ of every row, as the gradient of a bias where the others count nothing.
            var flat = new FlatLinear(1);
            network.Parameters.Dense(0).Weights.CopyTo(data.Room);
            flat.Layer1.Weights.CopyFrom(data.Room.AsSpan(0, 15));
            Parallelism.Threads = 1;
            var ofRows = flat.CreateTrainer(new Sgd(0.1), data.Count);
            var weights = new float[data.Count];
            var deltas = Enumerable.Range(0, data.Count).Select(row =>
            {
                weights[row] = 1;
                ofRows.Backward(data.Inputs, targets, weights);
                weights[row] = 0;
                return ofRows.GradientBlock.Dense(0).Biases.ToArray();
            }).ToArray();
            foreach (var threads in new[] { 1, 3 })
            {
                Parallelism.Threads = threads;
                var trainer = network.CreateTrainer(new Sgd(0.1), samples);
                trainer.Backward(data.Inputs, targets);
                var gradients = trainer.GradientBlock.Dense(0);
                for (var unit = 0; unit < 5; unit++)
                {
                    Assert.Equal(Sum(data.Count, (sum, row) => sum + deltas[row][unit], rowsOfPart), gradients.Biases[unit]);
                    for (var input = 0; input < 3; input++)
                        Assert.Equal(Sum(data.Count, (sum, row) => Add(data.Inputs[3 * row + input], deltas[row][unit], sum), rowsOfPart), gradients.Weights[unit, input]);
                }
            }
        }
    }

    [Fact]
    public void A_batch_may_have_more_steps_than_an_int_can_count()
    {
        var network = new ManySteps(3);
        var data = new Samples(150 * 4);
        var targets = new float[4 * ManySteps.OutputSize];
        var (all, some) = (network.CreateTrainer(new Sgd(0.1), int.MaxValue), network.CreateTrainer(new Sgd(0.1), 4));
        all.Accumulate(data.Inputs, targets, 1 << 30);
        some.Accumulate(data.Inputs, targets, 1 << 20);
        var (expected, gradients) = (some.GradientBlock.Dense(0).Biases, all.GradientBlock.Dense(0).Biases);
        for (var unit = 0; unit < 5; unit++)
            Assert.Equal(expected[unit], 1024 * gradients[unit]);

        // The second of the parts of 150 rows from row 3,000,000,000 on.
        var part = new PartRows(row: 150, rows: 300, before: 3_000_000_000, all: 3_000_000_300, rowsOfPart: 150);
        Assert.Equal((150, BitOperations.PopCount(20_000_001u), true, false), (part.Count, part.Waiting, part.IsLast, part.Continues));
    }

    [Fact]
    public void A_batch_whose_steps_do_not_fit_is_refused_in_samples()
    {
        // 2,147,483,591 − 16 floats, of 150 × 16 and of 65,536 × 528 a sample.
        Assert.StartsWith("ManyNormalizedSteps takes batches of up to 894784 samples, which batch normalisation needs in memory together.", Refused(new ManyNormalizedSteps(1), 894_785), StringComparison.Ordinal);
        Assert.StartsWith("TooManySteps takes batches of up to 62 samples, the most whose activations a layer can hold: Accumulate larger ones.", Refused(new TooManySteps(1), 63), StringComparison.Ordinal);

        static string Refused(INetwork network, int batchSize) => Assert.Throws<ArgumentOutOfRangeException>(() => network.CreateTrainer(new Sgd(0.1), batchSize)).Message;
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(256, 2)]
    [InlineData(640, 3)]
    [InlineData(1030, 4)]
    public void Any_division_of_a_batch_has_the_bits_of_the_whole(int samples, ulong seed)
    {
        var network = new Summed(3);
        var data = new Samples(samples);
        var whole = network.CreateTrainer(new Sgd(0.1), samples);
        whole.Backward(data.Inputs, data.Targets);
        var random = new RandomStream(seed);
        foreach (var threads in new[] { 1, 2, 3 })
        {
            Parallelism.Threads = threads;
            for (var trial = 0; trial < 20; trial++)
            {
                var largest = 1 + random.NextInt32(samples);
                var trainer = network.CreateTrainer(new Sgd(0.1), largest);
                for (var first = 0; first < samples;)
                {
                    var rows = Math.Min(samples - first, 1 + random.NextInt32(largest));
                    trainer.Accumulate(data.Inputs.AsSpan(3 * first, 3 * rows), data.Targets.AsSpan(2 * first, 2 * rows), samples);
                    first += rows;
                }
                Assert.Equal(whole.GradientBlock.Hash(), trainer.GradientBlock.Hash());
            }
        }
    }

    [Fact]
    public void What_waits_outlives_a_step_that_is_refused_and_goes_to_another_trainer()
    {
        var network = new Summed(3);
        var data = new Samples(1000);
        var whole = network.CreateTrainer(new Sgd(0.1), 1000);
        whole.Backward(data.Inputs, data.Targets);
        var trainer = network.CreateTrainer(new Sgd(0.1), 500);
        var bad = data.Targets[..1000];
        bad[^1] = float.MaxValue;
        for (var first = 0; first < 1000; first += 125)
        {
            trainer.Accumulate(data.Inputs.AsSpan(3 * first, 375), data.Targets.AsSpan(2 * first, 250), 1000);
            Assert.ThrowsAny<ArithmeticException>(() => trainer.Step(data.Inputs.AsSpan(0, 1500), bad));
            var other = network.CreateTrainer(new Sgd(0.1), 500);
            other.CopyStateFrom(trainer);
            trainer = other;
        }
        Assert.Equal(whole.GradientBlock.Hash(), trainer.GradientBlock.Hash());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(900)]
    public void A_step_is_a_backward_pass_and_an_update_for_every_optimiser(int samples)
    {
        foreach (var threads in new[] { 1, 2, 3 })
        {
            Parallelism.Threads = threads;
            Compare(new Sgd(0.1));
            Compare(new Momentum(0.1));
            Compare(new Adam());
        }

        void Compare<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            Summed stepped = new(3), updated = new(3);
            var data = new Samples(samples);
            var (steps, updates) = (stepped.CreateTrainer(optimizer, samples), updated.CreateTrainer(optimizer, samples));
            for (var step = 0; step < 3; step++)
            {
                steps.Step(data.Inputs, data.Targets);
                updates.Backward(data.Inputs, data.Targets);
                updates.Update();
                Assert.Equal(updated.Hash(), stepped.Hash());
            }
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(700)]
    public void Statistics_of_a_batch_are_summed_in_parts(int samples)
    {
        var data = new Samples(samples);
        foreach (var threads in new[] { 1, 3 })
        {
            Parallelism.Threads = threads;
            var network = new SummedStatistics(1);
            network.CreateTrainer(new Sgd(0), samples).Step(data.Inputs, data.Targets);
            for (var feature = 0; feature < 3; feature++)
            {
                var mean = Sum(samples, (sum, sample) => sum + data.Inputs[3 * sample + feature]) / samples;
                var squares = Sum(samples, (sum, sample) => Add(data.Inputs[3 * sample + feature] - mean, data.Inputs[3 * sample + feature] - mean, sum));
                Assert.Equal(mean, network.Parameters.Norm(0).RunningMeans[feature]);
                Assert.Equal(squares / samples * (float)(samples / (samples - 1.0)), network.Parameters.Norm(0).RunningVariances[feature]);
            }
        }
    }

    [Fact]
    public void The_loss_of_a_batch_does_not_depend_on_what_is_computed_at_a_time()
    {
        var network = new Summed(3);
        var data = new Samples(1500);
        Parallelism.Threads = 1;
        var loss = network.CreateTrainer(new Sgd(0.1), 1500).Loss(data.Inputs, data.Targets);
        Parallelism.Threads = 5;
        Assert.Equal(loss, network.CreateTrainer(new Sgd(0.1), 1500).Loss(data.Inputs, data.Targets));
        Assert.Equal(loss, network.CreateTrainer(new Sgd(0.1), 1500).Backward(data.Inputs, data.Targets));
    }

    [Fact]
    public void Doubles_are_summed_in_the_same_tree()
    {
        var random = new RandomStream(5);
        var parts = new double[300];
        var sum = new SampleSum();
        Assert.Equal(0, sum.Total);
        for (var part = 0; part < parts.Length; part++)
        {
            parts[part] = random.NextNormal();
            sum.Add(parts[part]);
            Assert.Equal(Tree(0, part + 1), sum.Total);
        }

        double Tree(int first, int count)
        {
            if (count == 1)
                return parts[first];
            var left = LargestPowerOfTwoBelow(count);
            return Tree(first, left) + Tree(first + left, count - left);
        }
    }

    /// <summary>δ of every unit, sample for sample, as the gradients of biases and shifts of batches in which the others count nothing.</summary>
    static float[][][] DeltasOfSamples(Summed network, Samples data)
    {
        Parallelism.Threads = 1;
        var trainer = network.CreateTrainer(new Sgd(0.1), data.Count);
        var weights = new float[data.Count];
        return [.. Enumerable.Range(0, data.Count).Select(sample =>
        {
            weights[sample] = 1;
            trainer.Backward(data.Inputs, data.Targets, weights);
            weights[sample] = 0;
            var gradients = trainer.GradientBlock;
            return new[] { gradients.Dense(0).Biases.ToArray(), gradients.Dense(1).Biases.ToArray(), gradients.Norm(2).Shifts.ToArray(), gradients.Dense(3).Biases.ToArray() };
        })];
    }

    static void Check(Trainer<Sgd> trainer, Samples data, float[][][] deltas)
    {
        var gradients = trainer.GradientBlock;
        CheckSums(0, gradients.Dense(0).Biases);
        CheckSums(1, gradients.Dense(1).Biases);
        CheckSums(2, gradients.Norm(2).Shifts);
        CheckSums(3, gradients.Dense(3).Biases);
        for (var input = 0; input < 3; input++)
            for (var unit = 0; unit < 5; unit++)
                Assert.Equal(
                    Sum(data.Count, (sum, sample) => Add(data.Inputs[3 * sample + input], deltas[sample][0][unit], sum)),
                    gradients.Dense(0).Weights[unit, input]);

        void CheckSums(int layer, ParameterVector values)
        {
            for (var unit = 0; unit < values.Length; unit++)
                Assert.Equal(Sum(data.Count, (sum, sample) => sum + deltas[sample][layer][unit]), values[unit]);
        }
    }

    /// <summary>A sum over samples in the declared order.</summary>
    static float Sum(int rows, Func<float, int, float> add, int part = Part)
    {
        return Tree(0, (rows + part - 1) / part);

        float Tree(int first, int count)
        {
            if (count > 1)
            {
                var left = LargestPowerOfTwoBelow(count);
                return Tree(first, left) + Tree(first + left, count - left);
            }
            var sum = 0f;
            for (var row = first * part; row < Math.Min(rows, (first + 1) * part); row++)
                sum = add(sum, row);
            return sum;
        }
    }

    static int LargestPowerOfTwoBelow(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)count) / 2;

    static float Add(float x, float y, float sum) => SimdWidth.HasFusedMultiplyAdd ? MathF.FusedMultiplyAdd(x, y, sum) : x * y + sum;

    sealed class Samples
    {
        public Samples(int count)
        {
            var random = new RandomStream((ulong)count);
            (Count, Inputs, Targets) = (count, new float[3 * count], new float[2 * count]);
            foreach (ref var input in Inputs.AsSpan())
                input = (float)random.NextNormal();
            foreach (ref var target in Targets.AsSpan())
                target = (float)random.NextNormal();
        }

        public int Count { get; }

        public float[] Inputs { get; }

        /// <summary>Room for some weights.</summary>
        public float[] Room { get; } = new float[15];

        public float[] Targets { get; }
    }
}
