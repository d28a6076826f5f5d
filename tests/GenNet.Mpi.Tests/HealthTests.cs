using GenNet.Tests.Training.Histories;

namespace GenNet.Mpi.Tests;

[Network(6, Health = true)]
[Dense(40, Activation.ReLU)]
[Dense(17, Activation.Sigmoid)]
[Dense(3, Activation.Softmax)]
sealed partial class WatchedNetwork;

[Network(6, Health = true)]
[Dense(20, Activation.Tanh)]
[Dense(40)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.2)]
[Dense(3, Activation.Softmax)]
sealed partial class WatchedNormalization;

[Network(Health = true)]
[Sequence(3, 2)]
[GRU(7, Bidirectional = true)]
[LSTM(6)]
[LastStep]
[Dense(3, Activation.Softmax)]
sealed partial class WatchedMemory;

/// <summary>What several ranks measure of a training has the bits of what one does, on all of them.</summary>
public class HealthTests
{
    const int Samples = 900;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Any_number_of_ranks_measures_the_same(int ranks)
    {
        foreach (var create in new Func<INetwork>[] { () => new WatchedNetwork(1), () => new WatchedNormalization(1), () => new WatchedMemory(1) })
        {
            var expected = Train(create(), null);
            Assert.Contains(expected, line => line.StartsWith("health", StringComparison.Ordinal));
            Assert.All(ThreadRanks.Run(ranks, exchange => Train(create(), exchange)), known => Assert.Equal(expected, known));
        }
    }

    [Fact]
    public void A_fit_finds_the_same()
    {
        var expected = Fit(null);
        Assert.Contains("Dead", expected, StringComparison.Ordinal);
        Assert.All(ThreadRanks.Run(3, Fit), found => Assert.Equal(expected, found));

        static string Fit(IRankExchange? exchange)
        {
            var network = new WatchedNetwork(1);
            network.Parameters.Dense(0).Biases.Fill(-30);
            var (inputs, labels) = Batch(2 * Samples);
            var trainer = network.CreateTrainer(new Adam(0.01), Samples);
            trainer.Exchange = exchange;
            var result = trainer.Fit(new Dataset(inputs, 6, labels, 3), new() { Epochs = 2, ValidationSplit = 0.1 });
            return string.Join('\n', result.Epochs.SelectMany(epoch => epoch.Findings));
        }
    }

    [Fact]
    public void Ranks_that_do_different_things_are_told()
    {
        Check("Health.Interval than rank 0", trainer => trainer.Health!.Interval = 5);
        Check("rank 1 is in its EndOfEpoch, rank 0 Step", trainer => trainer.Health!.EndEpoch());

        static void Check(string message, Action<Trainer> differ)
        {
            var (inputs, labels) = Batch(Samples);
            var ends = ThreadRanks.Try(2, exchange =>
            {
                var trainer = new WatchedNetwork(1).CreateTrainer(new Adam(0.01), Samples);
                trainer.Exchange = exchange;
                trainer.Step(inputs, labels);
                if (exchange.Rank == 1)
                    differ(trainer);
                return trainer.Step(inputs, labels);
            });
            Assert.All(ends, end => Assert.Contains(message, Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
        }
    }

    /// <summary>What one rank has not seen of the units, it does not judge them by.</summary>
    [Fact]
    public void Who_goes_on_alone_judges_by_what_it_sees()
    {
        var expected = Train(null);
        Assert.DoesNotContain(expected, double.IsNaN);
        Assert.All(ThreadRanks.Run(3, Train), shares => Assert.Equal(expected, shares));

        static List<double> Train(IRankExchange? exchange)
        {
            var network = new WatchedNetwork(1);
            network.Parameters.Dense(0).Biases.Fill(-1);
            var trainer = network.CreateTrainer(new Adam(0.01), Samples);
            trainer.Exchange = exchange;
            var (shares, (inputs, labels)) = (new List<double>(), Batch(Samples));
            Step(Samples);
            End();

            // Two samples, of which two ranks have none: what they would say is not that of all.
            if (exchange is not null)
                Step(2);
            trainer.Exchange = null;
            if (exchange is not null)
                trainer.Health!.EndEpoch();
            shares.Add(trainer.Health!.Layers[0].DeadShare);
            if (exchange is null)
                Step(2);
            trainer.Health.EndEpoch();
            Step(Samples);
            End();
            return shares;

            void Step(int samples) => trainer.Step(inputs.AsSpan(0, samples * 6), labels.AsSpan(0, samples));

            void End()
            {
                trainer.Health!.EndEpoch();
                shares.Add(trainer.Health.Layers[0].DeadShare);
            }
        }
    }

    [Fact]
    public void Warm_steps_allocate_nothing()
    {
        var trainer = new WatchedNetwork(1).CreateTrainer(new Adam(0.01), Samples);
        trainer.Exchange = new EchoExchange(rank: 1);
        trainer.Health.Interval = 2;
        var (inputs, labels) = Batch(Samples);
        var allocated = 1L;
        for (var attempt = 0; attempt < 20 && allocated != 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 10; step++)
                trainer.Step(inputs, labels);
            trainer.Health.EndEpoch();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    /// <summary>Steps by labels, targets and gradients from outside; returns all that is known after each.</summary>
    static List<string> Train(INetwork network, IRankExchange? exchange)
    {
        // Units that are positive, some of them, for the large inputs of the first part alone.
        if (network is not WatchedMemory)
            network.Parameters.Dense(0).Biases.Fill(-1);
        var trainer = network.CreateTrainer(new Adam(0.01), Samples);
        trainer.Exchange = exchange;
        trainer.Health!.Interval = 2;
        var known = new List<string>();
        foreach (var samples in new[] { Samples, 260, 2, 300 })
        {
            var (inputs, labels) = Batch(samples);
            var targets = new float[samples * 3];
            for (var i = 0; i < samples; i++)
                targets[i * 3 + labels[i]] = 1;
            for (var step = 0; step < 2; step++)
                trainer.Step(inputs, labels);
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: false));
            trainer.Backward(inputs, targets);
            trainer.Update();
            trainer.Health.EndEpoch();
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: false));
            trainer.Step(inputs, targets, static (targets, outputs, gradients) =>
            {
                targets.AsSpan().CopyTo(gradients);
                return 1;
            });
            trainer.Forward(inputs);
            trainer.Backward(targets);
            trainer.Update();
            trainer.Health.EndEpoch();
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: false));
        }
        return known;
    }

    static (float[] Inputs, int[] Labels) Batch(int samples)
    {
        var random = new RandomStream((ulong)samples);
        var inputs = new float[samples * 6];
        random.NextNormals(inputs);
        for (var i = 0; i < Math.Min(inputs.Length, 128 * 6); i++)
            inputs[i] *= 8;
        return (inputs, [.. Enumerable.Range(0, samples).Select(sample => sample * 7 % 3)]);
    }
}
