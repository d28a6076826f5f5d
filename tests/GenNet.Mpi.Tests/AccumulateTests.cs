using System.Runtime.InteropServices;
using Fingerprints;
using GenNet.Tests.Training.Histories;

namespace GenNet.Mpi.Tests;

/// <summary>Batches that are accumulated have, on several ranks, the bits of one, in whatever portions they come.</summary>
public sealed class AccumulateTests : IDisposable
{
    /// <summary>Samples of the portions of some batches: of whole parts of 128 samples or not, that ranks divide or not, some kept sums left as they are or none.</summary>
    static readonly int[][] Batches = [[384, 256, 384, 300], [100, 256, 44], [256, 128, 130], [896, 130], [2, 126, 256, 700], [300]];

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-accumulate-").FullName;

    public void Dispose()
    {
        Parallelism.Threads = 1;
        Directory.Delete(_folder, recursive: true);
    }

    public static TheoryData<Type> Networks => StepTests.Networks;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_kind_of_layer_has_the_bits_of_one_rank(Type type)
    {
        foreach (var isOutside in new[] { false, true })
        {
            var expected = Train(type, 300, [[300, 84], [256, 256, 140], [100, 256]], isOutside, exchange: null);
            foreach (var ranks in new[] { 2, 3 })
                Assert.All(ThreadRanks.Run(ranks, exchange => Train(type, 300, [[300, 84], [256, 256, 140], [100, 256]], isOutside, exchange)), known => Assert.Equal(expected, known));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 3)]
    [InlineData(7, 1)]
    public void Any_number_of_ranks_and_threads_has_the_bits_of_one(int ranks, int threads)
    {
        foreach (var type in new[] { typeof(FittedNetwork), typeof(PlainNetwork), typeof(WatchedNetwork), typeof(WatchedNormalization) })
            foreach (var isOutside in new[] { false, true })
            {
                var expected = Train(type, 900, Batches, isOutside, exchange: null);
                Parallelism.Threads = threads;
                var found = ThreadRanks.Run(ranks, exchange => Train(type, 900, Batches, isOutside, exchange));
                Parallelism.Threads = 1;
                Assert.All(found, known => Assert.Equal(expected, known));
            }
    }

    [Fact]
    public void Labels_that_do_not_count_are_those_of_the_whole_batch()
    {
        var expected = Train(null);
        Assert.All(ThreadRanks.Run(3, Train), known => Assert.Equal(expected, known));

        static List<string> Train(IRankExchange? exchange)
        {
            var (trainer, known) = (CreateTrainer(exchange), new List<string>());
            foreach (var samples in new[] { 384, 384, 232 })
            {
                var (inputs, labels) = Portion(samples);
                for (var sample = 0; sample < samples; sample += 3)
                    labels[sample] = Dataset.IgnoredLabel;
                known.Add($"{trainer.Accumulate(inputs, labels, 1000, counted: 666):R}");
            }
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));
            return known;
        }
    }

    [Fact]
    public void Sequences_have_the_bits_of_one_rank()
    {
        var expected = Train(null);
        Assert.All(ThreadRanks.Run(3, Train), known => Assert.Equal(expected, known));

        static List<string> Train(IRankExchange? exchange)
        {
            var (network, known) = (new NormalizedStepsNetwork(4), new List<string>());
            var trainer = network.CreateTrainer(new Adam(0.01), 400);
            trainer.Exchange = exchange;
            foreach (var samples in new[] { 384, 256, 100, 30 })
            {
                var random = new RandomStream((ulong)samples);
                var (inputs, lengths) = (StepTests.Numbers(ref random, samples * NormalizedStepsNetwork.InputSize, -1), new int[samples]);
                for (var sample = 0; sample < samples; sample++)
                    lengths[sample] = 1 + random.NextInt32(6);
                known.Add(Hex(trainer.Forward(inputs, new Sequences { Lengths = lengths })));
                trainer.Accumulate(StepTests.Numbers(ref random, samples * 3, -1), 770);
                known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));
            }
            trainer.Update();
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: false));
            return known;
        }
    }

    /// <summary>All ranks have all that is kept, so that any other number may go on with it, and one alone.</summary>
    [Fact]
    public void A_batch_goes_on_with_another_number_of_ranks()
    {
        var expected = Train(null);
        Assert.All(ThreadRanks.Run(3, Train), known => Assert.Equal(expected, known));

        static List<string> Train(IRankExchange? exchange)
        {
            var trainer = CreateTrainer(null);
            foreach (var (samples, together) in new[] { (256, false), (384, true), (128, false), (384, true), (300, true), (48, false) })
            {
                trainer.Exchange = together ? exchange : null;
                var (inputs, labels) = Portion(samples);
                trainer.Accumulate(inputs, labels, 1500);
            }
            var other = new FittedNetwork(9).CreateTrainer(new Adam(0.01), 900);
            other.Network.Parameters.CopyFrom(trainer.Network.Parameters);
            other.CopyStateFrom(trainer);
            other.Update();
            return TrainerSnapshot.Of(other, keepsGradients: false);
        }
    }

    [Fact]
    public void A_checkpoint_between_two_portions_has_none_of_them_and_any_number_of_ranks_goes_on()
    {
        foreach (var (stage, ranks) in new[] { 3, 1, 4, 2 }.Select((ranks, stage) => (stage, ranks)))
        {
            var expected = Train(null, stage, "alone");
            Assert.All(ThreadRanks.Run(ranks, exchange => Train(exchange, stage, "together")), known => Assert.Equal(expected, known));
            Assert.Equal(File.ReadAllBytes(FileOf(stage + 1, "alone")), File.ReadAllBytes(FileOf(stage + 1, "together")));
        }

        string FileOf(int stage, string name) => Path.Combine(_folder, $"{name}{stage}.safetensors");

        List<string> Train(IRankExchange? exchange, int stage, string name)
        {
            var trainer = CreateTrainer(exchange);
            if (stage > 0)
                Checkpoint.Load(FileOf(stage, name), trainer);
            Accumulate(384);
            Accumulate(300);
            trainer.Update();
            Accumulate(384);
            if (exchange is null or { Rank: 0 })
                Checkpoint.Save(FileOf(stage + 1, name), trainer);
            Accumulate(300);
            trainer.Update();
            return TrainerSnapshot.Of(trainer, keepsGradients: false);

            void Accumulate(int samples)
            {
                var (inputs, labels) = Portion(samples);
                trainer.Accumulate(inputs, labels, 684);
            }
        }
    }

    public enum Fault
    {
        Feature, Loss,
    }

    /// <summary>384 samples the ranks divide, 100 they do not.</summary>
    [Theory]
    [InlineData(Fault.Feature, 384)]
    [InlineData(Fault.Loss, 384)]
    [InlineData(Fault.Feature, 100)]
    public void A_portion_that_fails_on_one_rank_changes_nothing_on_any(Fault fault, int samples)
    {
        var expected = Train(null);
        Assert.All(ThreadRanks.Run(3, Train), known => Assert.Equal(expected, known));

        List<string> Train(IRankExchange? exchange)
        {
            var trainer = new PlainNetwork(1).CreateTrainer(new Adam(0.01), 400);
            trainer.Exchange = exchange;
            var (inputs, labels) = Portion(384, PlainNetwork.InputSize);
            trainer.Accumulate(inputs, labels, 800);
            var before = TrainerSnapshot.Of(trainer, keepsGradients: true);
            if (exchange is { Rank: 2 })
                inputs.AsSpan((samples - 1) * 4, 4).Fill(fault == Fault.Feature ? float.NaN : 3e38f);
            if (exchange is not null)
            {
                var exception = Record.Exception(() => { trainer.Accumulate(inputs.AsSpan(0, samples * 4), labels.AsSpan(0, samples), 800); })!;
                Assert.Contains(fault == Fault.Feature ? $"PlainNetwork.Accumulate: feature 0 of sample {samples - 1} is NaN" : "PlainNetwork.Accumulate: the loss became", exception.Message, StringComparison.Ordinal);
                Assert.Equal(exchange.Rank != 2, exception.Message.Contains("ank 2", StringComparison.Ordinal));
                Assert.Equal(before, TrainerSnapshot.Of(trainer, keepsGradients: true));
            }

            // The ranks go on together, in the same batch.
            inputs = Portion(384, PlainNetwork.InputSize).Inputs;
            trainer.Accumulate(inputs, labels, 800);
            trainer.Accumulate(inputs.AsSpan(0, 32 * 4), labels.AsSpan(0, 32), 800);
            return TrainerSnapshot.Of(trainer, keepsGradients: true);
        }
    }

    [Theory]
    [InlineData("rank 1 has a part of a batch of so many samples: 1001, rank 0 1000", 256, 0)]
    [InlineData("rank 1 has a part of a batch of so many samples: 1001, rank 0 1000", 100, 0)]
    [InlineData("rank 1 has a batch of other labels, targets, sample weights or gradients of outputs than rank 0, or other FinalStates", 256, 1)]
    [InlineData("rank 1 has a batch of other labels, targets, sample weights or gradients of outputs than rank 0, or other FinalStates", 100, 1)]
    [InlineData("rank 1 has a batch of other sequences than rank 0, or a part of a batch of other features", 100, 2)]
    [InlineData("rank 1 is in its Backward, rank 0 Accumulate", 256, 3)]
    [InlineData("rank 1 differs from rank 0 in what was accumulated", 256, 4)]
    public void Ranks_that_accumulate_different_things_are_told(string message, int samples, int difference)
    {
        var ends = ThreadRanks.Try(2, exchange =>
        {
            // Without batch normalisation, whose running statistics would differ first.
            var trainer = new PlainNetwork(1).CreateTrainer(new Adam(0.01), 400);
            trainer.Exchange = exchange;
            var (inputs, labels) = Portion(samples, PlainNetwork.InputSize);
            var isOther = exchange.Rank == 1;
            if (isOther && difference == 1)
                labels[^1] = (labels[^1] + 1) % 3;
            if (isOther && difference == 2)
                inputs[0] += 1;
            if (difference == 4)
            {
                trainer.Exchange = null;
                var (first, ofFirst) = Portion(isOther ? 128 : 384, PlainNetwork.InputSize);
                trainer.Accumulate(first, ofFirst, 1000);
                trainer.Exchange = exchange;
            }
            return isOther && difference == 3 ? trainer.Backward(inputs, labels) : trainer.Accumulate(inputs, labels, isOther && difference == 0 ? 1001 : 1000);
        });
        Assert.All(ends, end => Assert.Contains(message, Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    /// <summary>The ranks meet once, and once more each to add gradients and to share the sums; where each computes all, they only meet.</summary>
    [Fact]
    public void No_call_has_more_rounds_than_it_needs()
    {
        _ = ThreadRanks.Run(2, exchange =>
        {
            var counted = new CountedExchange(exchange);
            var trainer = new PlainNetwork(1).CreateTrainer(new Adam(0.01), 400);
            trainer.Exchange = counted;
            var (inputs, labels) = (new float[400 * 4], new int[400]);
            trainer.Step(inputs, labels);
            Assert.Equal(3, Rounds(() => trainer.Step(inputs, labels)));
            Assert.Equal(3, Rounds(() => trainer.Backward(inputs, labels)));
            Assert.Equal(3, Rounds(() => trainer.Accumulate(inputs.AsSpan(0, 256 * 4), labels.AsSpan(0, 256), 500)));
            Assert.Equal(1, Rounds(() => trainer.Accumulate(inputs.AsSpan(0, 100 * 4), labels.AsSpan(0, 100), 500)));
            Assert.Equal(1, Rounds(() => trainer.Accumulate(inputs.AsSpan(0, 144 * 4), labels.AsSpan(0, 144), 500)));
            Assert.Equal(2, Rounds(() => trainer.Forward(inputs)));
            return 0;

            int Rounds(Action call)
            {
                var before = counted.Meetings;
                call();
                return counted.Meetings - before;
            }
        });
    }

    [Fact]
    public void Warm_batches_allocate_nothing()
    {
        var trainer = CreateTrainer(new EchoExchange(rank: 1));
        var portions = new[] { 384, 256, 100, 160 }.Select(samples => Portion(samples)).ToArray();
        var gradients = new float[384 * 3];
        var allocated = 1L;
        for (var attempt = 0; attempt < 20 && allocated != 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 5; step++)
                Step();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);

        void Step()
        {
            foreach (var (inputs, labels) in portions)
                trainer.Accumulate(inputs, labels, 900);
            trainer.Update();
            foreach (var (inputs, labels) in portions)
            {
                trainer.Forward(inputs);
                trainer.Accumulate(gradients.AsSpan(0, labels.Length * 3), 900);
            }
            trainer.Update();
        }
    }

    static Trainer<Adam> CreateTrainer(IRankExchange? exchange)
    {
        var trainer = new FittedNetwork(1).CreateTrainer(new Adam(0.01), 900);
        trainer.Exchange = exchange;
        return trainer;
    }

    static (float[] Inputs, int[] Labels) Portion(int samples, int inputSize = FittedNetwork.InputSize)
    {
        var random = new RandomStream((ulong)samples);
        return (StepTests.Numbers(ref random, samples * inputSize, -1), [.. Enumerable.Range(0, samples).Select(sample => sample * 7 % 3)]);
    }

    static (float[] Inputs, float[] Targets, int[]? Labels, float[] Gradients) PortionOf(INetwork network, int samples)
    {
        var random = new RandomStream((ulong)samples);
        return (
            Fingerprint.FittingInputs(network, StepTests.Numbers(ref random, samples * network.InputSize, -1)), Fingerprint.Fitting(network, StepTests.Numbers(ref random, samples * network.OutputSize, 0)),
            Fingerprint.LabelsOfSteps(network, samples, ref random), StepTests.Numbers(ref random, samples * network.OutputSize, -1));
    }

    /// <summary>Batches in portions; returns all that comes of each.</summary>
    static List<string> Train(Type type, int batchSize, int[][] batches, bool isOutside, IRankExchange? exchange)
    {
        var network = (INetwork)Activator.CreateInstance(type, 5UL)!;
        var trainer = network.CreateTrainer(new Adam(0.01), batchSize, inputGradients: true);
        trainer.Exchange = exchange;
        trainer.MaxGradientNorm = 0.5;
        var known = new List<string>();
        foreach (var sizes in batches)
        {
            var (batch, portions) = (sizes.Sum(), sizes.Select(samples => PortionOf(network, samples)).ToArray());
            var counted = portions.Sum(portion => portion.Labels?.Count(label => label != Dataset.IgnoredLabel) ?? 0);
            foreach (var (inputs, targets, labels, gradients) in portions)
            {
                if (isOutside)
                {
                    known.Add(Hex(trainer.Forward(inputs)));
                    trainer.Accumulate(gradients, batch);
                }
                else
                    known.Add($"{(labels is null ? trainer.Accumulate(inputs, targets, batch) : trainer.Accumulate(inputs, labels, batch, counted)):R}");
                known.Add(Hex(trainer.InputGradients));
                known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));
            }
            trainer.Update();
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: false));
        }
        return known;
    }

    static string Hex(ReadOnlySpan<float> values) => Convert.ToHexString(MemoryMarshal.AsBytes(values));
}
