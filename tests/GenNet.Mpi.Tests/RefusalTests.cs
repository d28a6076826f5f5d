using GenNet.Tests.Training.Histories;

namespace GenNet.Mpi.Tests;

[Network(4, 6, 3, Output = Activation.Softmax)]
sealed partial class PlainNetwork;

[Network]
[Sequence(4, 1)]
[LSTM(5)]
[LastStep]
[Dense(3, Activation.Softmax)]
sealed partial class SteppingNetwork;

[Network(4)]
[Dense(6)]
[BatchNorm(Activation.ReLU)]
[Dense(3, Activation.Softmax)]
sealed partial class SummedNetwork;

/// <summary>What one rank is not to do alone is refused on all, and all is as it was.</summary>
public class RefusalTests
{
    const int Samples = 400;

    public enum Fault
    {
        Feature, Loss, Schedule,
    }

    [Theory]
    [InlineData(Fault.Feature, false)]
    [InlineData(Fault.Feature, true)]
    [InlineData(Fault.Loss, false)]
    [InlineData(Fault.Loss, true)]
    [InlineData(Fault.Schedule, false)]
    public void A_step_that_fails_on_one_rank_changes_nothing_on_any(Fault fault, bool kept)
    {
        var ends = ThreadRanks.Run(3, exchange =>
        {
            var trainer = CreateTrainer(exchange);
            var (inputs, labels) = Batch();
            trainer.Step(inputs, labels);
            if (kept)
                trainer.Backward(inputs, labels);
            var before = TrainerSnapshot.Of(trainer, kept);

            // Of the last of four parts, which the last rank has.
            if (fault != Fault.Schedule && exchange.Rank == 2)
                inputs.AsSpan(fault == Fault.Feature ? ^1.. : ^4..).Fill(fault == Fault.Feature ? float.NaN : 3e38f);
            if (fault == Fault.Schedule && exchange.Rank == 2)
                trainer.Schedule = new Failing();
            var exception = Record.Exception(() => { trainer.Step(inputs, labels); })!;
            trainer.Schedule = null;
            Assert.Equal(before, TrainerSnapshot.Of(trainer, kept));

            // The ranks go on together.
            trainer.Step(Batch().Inputs, labels);
            return exception;
        });
        switch (fault)
        {
            case Fault.Feature:
                Assert.StartsWith("PlainNetwork.Step: feature 3 of sample 399 is NaN", Assert.IsType<NotFiniteNumberException>(ends[2]).Message, StringComparison.Ordinal);
                Assert.StartsWith("PlainNetwork: rank 2 cannot go on: PlainNetwork.Step: feature 3 of sample 399", Assert.IsType<RankFailedException>(ends[0]).Message, StringComparison.Ordinal);
                break;
            case Fault.Loss:
                Assert.StartsWith("PlainNetwork.Step: the loss became", Assert.IsType<TrainingDivergedException>(ends[2]).Message, StringComparison.Ordinal);
                Assert.StartsWith("Rank 2: PlainNetwork.Step: the loss became", Assert.IsType<TrainingDivergedException>(ends[0]).Message, StringComparison.Ordinal);
                Assert.Equal(((TrainingDivergedException)ends[2]).Layer, ((TrainingDivergedException)ends[1]).Layer);
                break;
            default:
                Assert.Equal(2, Assert.IsType<RankFailedException>(ends[1]).Rank);
                break;
        }
    }

    /// <summary>What one rank's samples make no number batch normalisation makes none on all: it is theirs nevertheless.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_no_number_is_said_to_be_where_it_began(int culprit)
    {
        var ends = ThreadRanks.Run(3, exchange =>
        {
            var trainer = new SummedNetwork(1).CreateTrainer(new Adam(0.01), Samples);
            trainer.Exchange = exchange;
            var (inputs, labels) = Batch();
            trainer.Step(inputs, labels);
            var before = TrainerSnapshot.Of(trainer, keepsGradients: false);
            if (exchange.Rank == culprit)
                inputs.AsSpan(4 * (128 * culprit + 3), 4).Fill(3e38f);
            var exception = Record.Exception(() => { trainer.Step(inputs, labels); })!;
            Assert.Equal(before, TrainerSnapshot.Of(trainer, keepsGradients: false));
            trainer.Step(Batch().Inputs, labels);
            return Assert.IsType<TrainingDivergedException>(exception).Message;
        });
        Assert.StartsWith("SummedNetwork.Step: the loss became NaN in step 2. It begins in layer 1: the activation of unit", ends[culprit], StringComparison.Ordinal);
        Assert.Contains($"for sample {128 * culprit + 3}.", ends[culprit], StringComparison.Ordinal);
        Assert.All(ends.Where((_, rank) => rank != culprit), message => Assert.Equal($"Rank {culprit}: {ends[culprit]}", message));
    }

    [Fact]
    public void What_is_no_number_of_all_ranks_together_is_said_to_be_theirs()
    {
        var ends = ThreadRanks.Run(3, exchange =>
        {
            var network = new SummedNetwork(1);
            var weights = network.Parameters.Dense(0).Weights;
            for (var unit = 0; unit < 6; unit++)
                for (var feature = 0; feature < 4; feature++)
                    weights[unit, feature] = unit == 0 && feature == 0 ? 1 : 0;
            var trainer = network.CreateTrainer(new Adam(0.01), Samples);
            trainer.Exchange = exchange;
            var (inputs, labels) = Batch();
            foreach (var sample in new[] { 0, 128, 256 })
                inputs[4 * sample] = 1.5e38f;
            return Assert.IsType<TrainingDivergedException>(Record.Exception(() => { trainer.Step(inputs, labels); })).Message;
        });
        Assert.All(ends, message => Assert.Contains("What batch normalisation sums over the samples of all ranks is no finite number; each rank's own sums are.", message, StringComparison.Ordinal));
    }

    public static TheoryData<string, Action<Trainer>> Differences => new()
    {
        { "the weights", trainer => trainer.Network.Parameters.Dense(0).Weights[0, 0] = 3 },
        { "the limits of norms", trainer => trainer.MaxGradientNorm = 3 },
        { "label smoothing", trainer => trainer.LabelSmoothing = 0.1 },
        { "the weights of classes", trainer => trainer.ClassWeights = [1, 2, 3] },
        { "how layers are trained", trainer => trainer.Layers[0].IsFrozen = true },
        { "what the optimiser keeps", trainer => trainer.State("exp_avg").Dense(0).Weights[0, 0] = 1 },
        { "the optimiser", trainer => ((Trainer<Adam>)trainer).Optimizer = new Adam(0.5) },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void What_differs_is_named_at_the_first_step(string what, Action<Trainer> differ)
    {
        ArgumentNullException.ThrowIfNull(differ);
        var ends = ThreadRanks.Try(3, exchange =>
        {
            var trainer = CreateTrainer(exchange);
            if (exchange.Rank == 2)
                differ(trainer);
            var (inputs, labels) = Batch();
            return trainer.Step(inputs, labels);
        });
        Assert.All(ends, end => Assert.StartsWith($"PlainNetwork: rank 2 differs from rank 0 in {what}.", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Ranks_that_do_different_things_are_told()
    {
        Check("rank 1 is in its Backward, rank 0 Step", (trainer, inputs, labels) => trainer.Backward(inputs, labels));
        Check("rank 1 has a batch of so many samples: 399, rank 0 400", (trainer, inputs, labels) => trainer.Step(inputs.AsSpan(4), labels.AsSpan(1)));
        Check("rank 1 has a batch of other labels, targets, sample weights or gradients of outputs", (trainer, inputs, labels) => trainer.Step(inputs, (int[])[.. labels[1..], labels[0]]));
        Check("rank 1 has the seed 9, rank 0 0", (trainer, inputs, labels) =>
        {
            trainer.Seed = 9;
            trainer.Step(inputs, labels);
        });
        const string Settings = "rank 1 has another optimiser, other limits of norms, label smoothing, weights of classes, settings of layers or Health.Interval than rank 0, or had at an update";
        Check(Settings, (trainer, inputs, labels) =>
        {
            trainer.Layers[1].IsFrozen = true;
            trainer.Step(inputs, labels);
        });
        Check(Settings, (trainer, inputs, labels) =>
        {
            ((Trainer<Adam>)trainer).Optimizer = new Adam(0.01) { WeightDecay = 0.5 };
            trainer.Step(inputs, labels);
        });
        Check("rank 1 has the learning rate 0.5, rank 0 0.01", (trainer, inputs, labels) =>
        {
            ((Trainer<Adam>)trainer).Optimizer = new Adam(0.5);
            trainer.Step(inputs, labels);
        });

        static void Check(string message, Action<Trainer, float[], int[]> other)
        {
            var ends = ThreadRanks.Try(2, exchange =>
            {
                var trainer = CreateTrainer(exchange);
                var (inputs, labels) = Batch();
                trainer.Step(inputs, labels);
                if (exchange.Rank == 1)
                    other(trainer, inputs, labels);
                else
                    trainer.Step(inputs, labels);
                return 0;
            });
            Assert.All(ends, end => Assert.Contains(message, Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
        }
    }

    /// <summary>An update is each rank's own: the others hear of it when they next meet.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ranks_that_update_with_different_settings_are_told(bool differ)
    {
        var ends = ThreadRanks.Try(3, exchange =>
        {
            var trainer = CreateTrainer(exchange);
            var (inputs, labels) = Batch();
            for (var update = 0; update < 2; update++)
            {
                trainer.Backward(inputs, labels);
                if (differ && exchange.Rank == 2)
                    trainer.MaxGradientNorm = 1e-3;
                trainer.Update();
                trainer.MaxGradientNorm = double.PositiveInfinity;
            }
            return trainer.Step(inputs, labels);
        });
        Assert.All(ends, end => Assert.Equal(differ, end.Exception is RankFailedException { Rank: 2 } failure && failure.Message.Contains("rank 2 has another optimiser, other limits of norms", StringComparison.Ordinal)));
    }

    /// <summary>What a rank finds in what it is given, before it meets the others.</summary>
    public static TheoryData<string, Action<Trainer, float[], int[]>> Refusals => new()
    {
        { "PlainNetwork.Step expects 1596 inputs for the labels of 399 samples", (trainer, inputs, labels) => trainer.Step(inputs, labels.AsSpan(1)) },
        { "PlainNetwork.Step expects at least one sample, got none", (trainer, inputs, labels) => trainer.Step([], Array.Empty<int>()) },
        { "PlainNetwork.Step takes up to 400 samples", (trainer, inputs, labels) => trainer.Step((float[])[.. inputs, .. inputs], (int[])[.. labels, .. labels]) },
        { "PlainNetwork.Step expects labels from 0 to 2, got 3 for sample 399", (trainer, inputs, labels) => trainer.Step(inputs, (int[])[.. labels[1..], 3]) },
        { "PlainNetwork.Step expects 3 targets a sample, got 1199", (trainer, inputs, labels) => trainer.Step(inputs, new float[Samples * 3 - 1]) },
        { "PlainNetwork.Step: the 3 targets of sample 0 add up to 0", (trainer, inputs, labels) => trainer.Step(inputs, new float[Samples * 3]) },
        { "PlainNetwork.Step expects 400 sample weights, got 1", (trainer, inputs, labels) => trainer.Step(inputs, labels, [1f]) },
        { "PlainNetwork: the weight of sample 1 is NaN", (trainer, inputs, labels) => trainer.Step(inputs, labels, (float[])[1, float.NaN, .. new float[Samples - 2]]) },
        { "PlainNetwork.Step reads the trainer's InputGradients", (trainer, inputs, labels) =>
            {
                // As many as a batch has, whatever they are of.
                trainer.Forward(inputs);
                trainer.BackwardToInputs(new float[Samples * 3]);
                trainer.Step(trainer.InputGradients, labels);
            }
        },
        { "PlainNetwork.Backward expects labels from 0 to 2, got -2 for sample 399", (trainer, inputs, labels) => trainer.Backward(inputs, (int[])[.. labels[1..], -2]) },
        { "PlainNetwork.Backward expects 3 targets a sample, got 1", (trainer, inputs, labels) => trainer.Backward(inputs, [1f]) },
        { "PlainNetwork.Accumulate expects labels from 0 to 2, got 3 for sample 399", (trainer, inputs, labels) => trainer.Accumulate(inputs, (int[])[.. labels[1..], 3], 1000) },
        { "PlainNetwork.Accumulate expects 300 more samples of a batch of 300, got 400", (trainer, inputs, labels) => trainer.Accumulate(inputs, labels, 300) },
        { "PlainNetwork.Accumulate cannot know over how many labels", (trainer, inputs, labels) => trainer.Accumulate(inputs, (int[])[.. labels[1..], Dataset.IgnoredLabel], 1000) },
        { "PlainNetwork.Accumulate: 400 labels of this part count", (trainer, inputs, labels) => trainer.Accumulate(inputs, labels, 1000, counted: 2000) },
        { "PlainNetwork.Accumulate cannot know the class weights", (trainer, inputs, labels) =>
            {
                trainer.ClassWeights = [1, 2, 3];
                try
                {
                    trainer.Accumulate(inputs, labels, 1000);
                }
                finally
                {
                    trainer.ClassWeights = [];
                }
            }
        },
        { "PlainNetwork.Forward expects 4 inputs a sample, got 1599 in all", (trainer, inputs, labels) => trainer.Forward(inputs.AsSpan(1)) },
        { "PlainNetwork.Step: the network takes no sequence", (trainer, inputs, labels) => trainer.Step(inputs, labels, new Sequences { Lengths = new int[Samples] }) },
        { "PlainNetwork.Forward: the network takes no sequence", (trainer, inputs, labels) => trainer.Forward(inputs, new Sequences { Lengths = new int[Samples] }) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_one_rank_refuses_all_hear_and_nothing_changes(string message, Action<Trainer, float[], int[]> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        foreach (var isFirst in new[] { true, false })
        {
            var ends = ThreadRanks.Run(3, exchange =>
            {
                var trainer = new PlainNetwork(1).CreateTrainer(new Adam(0.01), Samples, inputGradients: true);
                trainer.Exchange = exchange;
                var (inputs, labels) = Batch();
                if (!isFirst)
                {
                    trainer.Step(inputs, labels);
                    trainer.Backward(inputs, labels);
                }
                var before = TrainerSnapshot.Of(trainer, keepsGradients: !isFirst);
                var exception = Record.Exception(() =>
                {
                    if (message.Contains("InputGradients", StringComparison.Ordinal) && exchange.Rank != 1)
                    {
                        trainer.Forward(inputs);
                        trainer.BackwardToInputs(new float[Samples * 3]);
                    }
                    if (exchange.Rank == 1)
                        call(trainer, inputs, labels);
                    else
                        trainer.Step(inputs, labels);
                })!;
                Assert.Equal(before, TrainerSnapshot.Of(trainer, keepsGradients: !isFirst));

                // The ranks go on together.
                trainer.Step(inputs, labels);
                return exception;
            });
            Assert.StartsWith(message, ends[1].Message, StringComparison.Ordinal);
            Assert.All([ends[0], ends[2]], end => Assert.Equal((1, $"PlainNetwork: rank 1 cannot go on: {ends[1].Message}"), (Assert.IsType<RankFailedException>(end).Rank, end.Message)));
        }
    }

    [Fact]
    public void What_one_rank_refuses_in_judging_is_its_own() => _ = ThreadRanks.Run(2, exchange =>
    {
        var trainer = CreateTrainer(exchange);
        var (inputs, labels) = Batch();
        trainer.Step(inputs, labels);
        if (exchange.Rank == 1)
        {
            Refused<ArgumentOutOfRangeException>("PlainNetwork.Loss expects labels from 0 to 2, got 3", () => trainer.Loss(inputs, (int[])[.. labels[1..], 3]));
            Refused<ArgumentException>("PlainNetwork.Loss: the 3 targets of sample 0 add up to 0", () => trainer.Loss(inputs, new float[Samples * 3]));
        }
        trainer.Step(inputs, labels);
        return 0;
    });

    [Theory]
    [InlineData(true, "rank 1 differs from rank 0 in whether gradients of inputs are computed")]
    [InlineData(false, "rank 1 has a batch of other labels, targets, sample weights or gradients of outputs than rank 0, or other FinalStates")]
    public void What_only_one_rank_asks_for_is_told(bool inputGradients, string message)
    {
        var ends = ThreadRanks.Try(2, exchange =>
        {
            var (network, isOther) = (new SteppingNetwork(1), exchange.Rank == 1);
            var trainer = network.CreateTrainer(new Adam(), Samples, inputGradients && isOther);
            trainer.Exchange = exchange;
            var (inputs, labels) = Batch();
            return trainer.Step(inputs, labels, new Sequences { FinalStates = isOther && !inputGradients ? network.CreateState(Samples) : null });
        });
        Assert.All(ends, end => Assert.Contains(message, Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sequences_that_differ_are_told(bool isReset)
    {
        var ends = ThreadRanks.Try(2, exchange =>
        {
            var trainer = new SteppingNetwork(1).CreateTrainer(new Adam(), Samples);
            trainer.Exchange = exchange;
            var (inputs, labels) = Batch();
            var (lengths, resets) = (Enumerable.Repeat(4, Samples).ToArray(), new bool[4 * Samples]);
            if (exchange.Rank == 1)
                (lengths[^1], resets[^1]) = (isReset ? 4 : 3, isReset);
            return trainer.Step(inputs, labels, new Sequences { Lengths = lengths, Resets = resets });
        });
        Assert.All(ends, end => Assert.Contains("rank 1 has a batch of other sequences than rank 0", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Fewer_parts_than_ranks_are_refused()
    {
        _ = ThreadRanks.Run(4, exchange =>
        {
            Refused<ArgumentException>("PlainNetwork: batches of 384 samples have 3 parts of 128 samples, fewer than the 4 ranks that would share them. Take batches of more than 384 samples, or start fewer ranks.",
                () => new PlainNetwork(1).CreateTrainer(new Adam(), 384).Exchange = exchange);
            new PlainNetwork(1).CreateTrainer(new Adam(), 385).Exchange = exchange;
            return 0;
        });
    }

    [Fact]
    public void Sequences_of_unequal_lengths_have_the_bits_of_one_rank()
    {
        var expected = Train(null);
        Assert.All(ThreadRanks.Run(3, Train), hash => Assert.Equal(expected, hash));

        static string Train(IRankExchange? exchange)
        {
            var network = new SteppingNetwork(1);
            var trainer = network.CreateTrainer(new Adam(), Samples);
            trainer.Exchange = exchange;
            var (inputs, labels) = Batch();
            int[] lengths = [.. Enumerable.Range(0, Samples).Select(sample => 1 + sample % 4)];
            bool[] resets = [.. Enumerable.Range(0, Samples * 4).Select(step => step % 7 == 0)];
            var state = network.CreateState(Samples);
            var losses = new List<float>();
            for (var step = 0; step < 3; step++)
                losses.Add(trainer.Step(inputs, labels, new Sequences { Lengths = lengths, Resets = resets, InitialStates = state }));
            return $"{network.Hash():X16} {string.Join(' ', losses)}";
        }
    }

    [Fact]
    public void Warm_steps_allocate_nothing() => _ = ThreadRanks.Run(2, exchange =>
    {
        // What moves bytes in these tests allocates; what it is given for a meeting of one rank is nothing.
        var trainer = CreateTrainer(new EchoExchange(exchange.Rank));
        var (inputs, labels) = Batch();
        var gradients = new float[Samples * 3];
        Step();

        // What the runtime itself allocates on a thread is there once.
        var allocated = 1L;
        for (var attempt = 0; attempt < 20 && allocated != 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 20; step++)
                Step();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
        return 0;

        void Step()
        {
            trainer.Step(inputs, labels);
            trainer.Forward(inputs);
            trainer.Backward(gradients);
            trainer.Update();
        }
    });

    static Trainer<Adam> CreateTrainer(IRankExchange exchange)
    {
        var trainer = new PlainNetwork(1).CreateTrainer(new Adam(0.01), Samples);
        trainer.Exchange = exchange;
        return trainer;
    }

    static (float[] Inputs, int[] Labels) Batch()
    {
        var random = new RandomStream(1);
        var inputs = new float[Samples * 4];
        random.NextNormals(inputs);
        return (inputs, [.. Enumerable.Range(0, Samples).Select(sample => sample * 7 % 3)]);
    }

    static void Refused<TException>(string message, Action call) where TException : Exception => Assert.StartsWith(message, Assert.Throws<TException>(call).Message, StringComparison.Ordinal);

    sealed class Failing : ISchedule
    {
        public double At(long step) => throw new InvalidOperationException("no rate");
    }
}
