namespace GenNet.Mpi.Tests;

[Network(16)]
[Dense(20)]
[BatchNorm]
[Dropout(0.3)]
[Dense(12, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
sealed partial class FittedNetwork;

/// <summary>A fit on several ranks has the bits of one, with all that a fit has.</summary>
public sealed class FitTests : IDisposable
{
    const int BatchSize = 900;

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-ranks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Any_number_of_ranks_has_the_bits_of_one(int ranks)
    {
        var expected = Fit(null, Options);
        Assert.All(ThreadRanks.Run(ranks, exchange => Fit(exchange, Options)), fit => Assert.Equal(expected, fit));
    }

    [Fact]
    public void A_fit_goes_on_with_another_number_of_ranks()
    {
        var expected = Fit(null, Options);
        foreach (var ranks in new[] { 3, 1, 4, 2 })
            _ = ThreadRanks.Run(ranks, exchange => Fit(exchange, Options, stopAfter: 3));
        var last = ThreadRanks.Run(2, exchange => Fit(exchange, Options, stopAfter: int.MaxValue));
        Assert.All(last, fit => Assert.Equal(expected, fit));
    }

    [Fact]
    public void The_first_rank_reports_and_writes()
    {
        var reports = new int[3];
        ThreadRanks.Run(3, exchange => Fit(exchange, Options with { Progress = new Count(reports, exchange.Rank) }, stopAfter: int.MaxValue));
        Assert.True(reports[0] > 0);
        Assert.Equal([0, 0], reports[1..]);
    }

    [Fact]
    public void A_callback_that_stops_on_one_rank_stops_all_after_the_same_step()
    {
        var ends = ThreadRanks.Run(3, exchange => Fit(exchange, Options with { Callbacks = exchange.Rank == 1 ? [new Stop(5)] : [] }));
        Assert.Single(ends.Distinct());
        Assert.Contains("5 steps", ends[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_cancelled_on_one_rank_is_cancelled_on_all()
    {
        var ends = ThreadRanks.Try(3, exchange =>
        {
            using var source = new CancellationTokenSource();
            return Fit(exchange, Options with { Callbacks = exchange.Rank == 2 ? [new Do(4, source.Cancel)] : [] }, token: source.Token);
        });
        Assert.All(ends, end => Assert.IsType<OperationCanceledException>(end.Exception));
    }

    [Fact]
    public void An_exception_on_one_rank_is_known_to_all()
    {
        var ends = ThreadRanks.Try(3, exchange => Fit(exchange, Options with { Callbacks = exchange.Rank == 2 ? [new Do(4, () => throw new IOException("the disk is full"))] : [] }));
        Assert.IsType<IOException>(ends[2].Exception);
        Assert.All(ends[..2], end => Assert.Equal((2, "FittedNetwork: rank 2 cannot go on: the disk is full"), (Assert.IsType<RankFailedException>(end.Exception).Rank, end.Exception.Message)));
    }

    [Fact]
    public void Weights_that_a_callback_changes_on_one_rank_are_found()
    {
        INetwork? network = null;
        var ends = ThreadRanks.Try(2, exchange => Fit(
            exchange, Options with { Callbacks = exchange.Rank == 1 ? [new Do(2, () => network!.Parameters.Dense(0).Biases[0] += 1)] : [] }, created: created => network = exchange.Rank == 1 ? created : network));
        Assert.All(ends, end => Assert.Contains("rank 1 has other weights than rank 0", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_ranks_cannot_begin_with_is_known_to_all()
    {
        var ends = ThreadRanks.Try(2, exchange => Fit(exchange, exchange.Rank == 0 ? Options : Options with { ValidationSplit = 0 }));
        Assert.IsType<ArgumentException>(ends[1].Exception);
        Assert.StartsWith("FittedNetwork: rank 1 cannot go on: Early stopping", Assert.IsType<RankFailedException>(ends[0].Exception).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<FitOptions, FitOptions>> Differences => new()
    {
        { "Seed", options => options with { Seed = 8 } },
        { "Epochs", options => options with { Epochs = 9 } },
        { "BatchSize", options => options with { BatchSize = 800 } },
        { "DropLast", options => options with { DropLast = true } },
        { "EarlyStopping", options => options with { EarlyStopping = new() { Patience = 1 } } },
        { "Sampling", options => options with { Sampling = null } },
        { "the validation data", options => options with { ValidationSplit = 0.25 } },
        { "the training data", options => options with { ValidationSplit = 0.25 } },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Settings_that_differ_are_named(string what, Func<FitOptions, FitOptions> differ)
    {
        ArgumentNullException.ThrowIfNull(differ);
        var ends = ThreadRanks.Try(3, exchange => Fit(exchange, exchange.Rank == 1 ? differ(Options) : Options));
        Assert.All(ends, end =>
        {
            var exception = Assert.IsType<RankFailedException>(end.Exception);
            Assert.Equal(1, exception.Rank);
            Assert.StartsWith("FittedNetwork: rank 1 differs from rank 0 in ", exception.Message, StringComparison.Ordinal);
            Assert.Contains($"in {what}", exception.Message, StringComparison.Ordinal);
        });
    }

    static FitOptions Options => new()
    {
        Epochs = 4,
        Seed = 7,
        ValidationSplit = 0.2,
        EarlyStopping = new() { Patience = 2, MinDelta = 0.001 },
        Schedule = new PlateauSchedule(factor: 0.5, patience: 0),
        Sampling = Sampling.Balanced,
    };

    /// <summary>Fits on 4 × 4 images that are altered, with weights of classes and samples; returns all that it came to, but for its time.</summary>
    string Fit(IRankExchange? exchange, FitOptions options, int stopAfter = 0, Action<INetwork>? created = null, CancellationToken token = default)
    {
        const int Count = 3210;
        var random = new RandomStream(3);
        var bytes = new byte[Count * 16];
        var labels = new int[Count];
        var weights = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            labels[i] = random.NextInt32(6) / 2 % 3;
            weights[i] = 0.5f + random.NextSingle();
            for (var k = 0; k < 16; k++)
                bytes[i * 16 + k] = (byte)random.NextInt32(k % 3 == labels[i] ? 256 : 200);
        }
        var data = new Dataset(bytes, 16, labels, 3).WithSampleWeights(weights).AsImages(4, 4).Augmented(new() { Shift = 1, FlipHorizontally = true });
        var network = new FittedNetwork(2);
        created?.Invoke(network);
        var trainer = network.CreateTrainer(new AdamW(0.003), BatchSize);
        trainer.ClassWeights = [1, 2, 0.5f];
        trainer.LabelSmoothing = 0.1;
        trainer.MaxGradientNorm = 1;
        trainer.MaxWeightNorm = 2;
        trainer.Layers[0].LearningRateFactor = 0.5;
        trainer.Exchange = exchange;
        FitState? state = null;
        if (stopAfter > 0)
        {
            var store = new CheckpointStore(_folder);
            trainer.Schedule = options.Schedule;
            state = store.LoadNewest(trainer)?.Fit;
            options = options with { Callbacks = [.. options.Callbacks, new Stop(stopAfter), new CheckpointCallback(store) { EverySteps = 1 }] };
        }
        state ??= new FitState();
        var result = trainer.Fit(data, options, state, token);
        return $"{network.Hash():X16} after {trainer.StepCount} steps, best epoch {result.BestEpoch} {result.End}; "
            + string.Join("; ", result.Epochs.Select(epoch => $"{epoch.Loss:R} {epoch.Validation!.Value.Loss:R} {epoch.Validation.Value.Accuracy:R}"));
    }

    sealed class Do(int step, Action action) : FitCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Trainer.StepCount == step)
                action();
        }
    }

    sealed class Stop(int after) : FitCallback
    {
        int _steps;

        public override void OnBatchEnd(FitContext context)
        {
            if (++_steps == after)
                context.Stop();
        }
    }

    sealed class Count(int[] reports, int rank) : IProgress<EpochResult>
    {
        public void Report(EpochResult value) => reports[rank]++;
    }
}
