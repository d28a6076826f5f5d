using System.Runtime.InteropServices;
using Fingerprints;
using GenNet.Tests.Training.Histories;

namespace GenNet.Mpi.Tests;

/// <summary>Gradients that come from outside have, on several ranks, the bits of one.</summary>
public class OutsideTests
{
    const int Samples = 300;

    public static TheoryData<Type> Networks => StepTests.Networks;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_kind_of_layer_has_the_bits_of_one_rank(Type type)
    {
        var expected = Train(type, [Samples, 2, 200], exchange: null);
        foreach (var ranks in new[] { 2, 3 })
            Assert.All(ThreadRanks.Run(ranks, exchange => Train(type, [Samples, 2, 200], exchange)), known => Assert.Equal(expected, known));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Any_number_of_ranks_has_the_bits_of_one(int ranks)
    {
        var expected = Train(typeof(FittedNetwork), [1000, 770, 300], exchange: null);
        Assert.All(ThreadRanks.Run(ranks, exchange => Train(typeof(FittedNetwork), [1000, 770, 300], exchange)), known => Assert.Equal(expected, known));
    }

    [Fact]
    public void States_go_on_from_window_to_window_on_all_ranks()
    {
        var expected = TrainWindows(exchange: null);
        Assert.All(ThreadRanks.Run(3, TrainWindows), known => Assert.Equal(expected, known));

        static List<string> TrainWindows(IRankExchange? exchange)
        {
            var network = new SteppingNetwork(4);
            var trainer = network.CreateTrainer(new Adam(0.01), Samples);
            trainer.Exchange = exchange;
            var (states, known) = (network.CreateState(Samples), new List<string>());
            for (var window = 0; window < 3; window++)
            {
                var random = new RandomStream((ulong)window);
                known.Add(Hex(trainer.Forward(StepTests.Numbers(ref random, Samples * 4, -1), new Sequences { InitialStates = states, FinalStates = states })));
                trainer.Backward(StepTests.Numbers(ref random, Samples * 3, -1));
                for (var sample = 0; sample < Samples; sample++)
                    known.Add(Hex(states.Values(sample)));
                known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));
                trainer.Update();
            }
            return known;
        }
    }

    [Fact]
    public void One_rank_may_judge_between_the_way_forward_and_the_way_back()
    {
        Assert.Single(ThreadRanks.Run(3, exchange => Train(exchange, judges: exchange.Rank == 1)).Append(Train(exchange: null, judges: false)).Distinct());

        static string Train(IRankExchange? exchange, bool judges)
        {
            var network = new FittedNetwork(2);
            var trainer = network.CreateTrainer(new Adam(0.01), Samples, inputGradients: true);
            trainer.Exchange = exchange;
            var random = new RandomStream(1);
            var (inputs, gradients) = (StepTests.Numbers(ref random, Samples * 16, -1), StepTests.Numbers(ref random, Samples * 3, -1));
            trainer.Forward(inputs);
            if (judges)
                trainer.Loss(inputs, new int[Samples]);
            trainer.Backward(gradients);
            if (judges)
                trainer.Loss(inputs, new int[Samples]);
            trainer.BackwardToInputs(gradients);
            trainer.Update();
            return $"{network.Hash():X16} {Hex(trainer.InputGradients)}";
        }
    }

    public enum Fault
    {
        Feature, Gradient, Loss, Exception,
    }

    [Theory]
    [InlineData(Fault.Feature, "FittedNetwork.Step: feature 15 of sample 299 is NaN")]
    [InlineData(Fault.Gradient, "FittedNetwork.Step: the gradient of output 0 of sample 0 is NaN")]
    [InlineData(Fault.Loss, "FittedNetwork.Step: the loss of the outputs is NaN in step 2")]
    [InlineData(Fault.Exception, "no loss")]
    public void What_fails_on_one_rank_is_known_to_all_and_changes_nothing(Fault fault, string message)
    {
        var ends = ThreadRanks.Run(3, exchange =>
        {
            var trainer = new FittedNetwork(2).CreateTrainer(new Adam(0.01), Samples);
            trainer.Exchange = exchange;
            var random = new RandomStream(1);
            var (inputs, other) = (StepTests.Numbers(ref random, Samples * 16, -1), StepTests.Numbers(ref random, Samples * 16, -1));
            trainer.Step(inputs, (Fault?)null, Loss);
            trainer.Forward(other);
            trainer.Backward(StepTests.Numbers(ref random, Samples * 3, -1));
            var before = TrainerSnapshot.Of(trainer, keepsGradients: true);
            var isFaulty = exchange.Rank == 2;
            if (isFaulty && fault == Fault.Feature)
                inputs[^1] = float.NaN;
            var exception = Record.Exception(() => { trainer.Step(inputs, isFaulty ? fault : (Fault?)null, Loss); })!;
            Assert.Equal(before, TrainerSnapshot.Of(trainer, keepsGradients: true));

            // The ranks go on together.
            trainer.Step(other, (Fault?)null, Loss);
            return exception;
        });
        Assert.StartsWith(message, ends[2].Message, StringComparison.Ordinal);
        Assert.All(ends[..2], end => Assert.Contains(message, end.Message, StringComparison.Ordinal));
        Assert.All(ends[..2], end => Assert.Contains("ank 2", end.Message, StringComparison.Ordinal));

        static double Loss(Fault? fault, ReadOnlySpan<float> outputs, Span<float> gradients)
        {
            gradients.Fill(0.01f);
            if (fault == Fault.Gradient)
                gradients[0] = float.NaN;
            return fault == Fault.Exception ? throw new InvalidOperationException("no loss") : fault == Fault.Loss ? double.NaN : 1;
        }
    }

    [Fact]
    public void Ranks_that_do_different_things_are_told()
    {
        Check("rank 1 has a batch of other labels, targets, sample weights or gradients of outputs than rank 0", (trainer, inputs) =>
        {
            trainer.Forward(inputs);
            trainer.Backward(new float[Samples * 3]);
        });
        Check("rank 1 is in its Inference, rank 0 Forward", (trainer, inputs) => trainer.Forward(inputs, training: false));
        Check("rank 1 has a batch of so many samples: 299, rank 0 300", (trainer, inputs) => trainer.Forward(inputs.AsSpan(16)));
        Check("rank 1 cannot go on: FittedNetwork.Backward: there is no batch whose outputs these are the gradients of", (trainer, inputs) =>
        {
            trainer.Forward(inputs);
            (var exchange, trainer.Exchange) = (trainer.Exchange, null);
            trainer.Exchange = exchange;
            trainer.Backward(new float[Samples * 3]);
        }, isOwn: true);

        static void Check(string message, Action<Trainer, float[]> other, bool isOwn = false)
        {
            var ends = ThreadRanks.Try(2, exchange =>
            {
                var trainer = new FittedNetwork(2).CreateTrainer(new Adam(0.01), Samples);
                trainer.Exchange = exchange;
                var random = new RandomStream(1);
                var inputs = StepTests.Numbers(ref random, Samples * 16, -1);
                if (exchange.Rank == 1)
                    other(trainer, inputs);
                else
                {
                    trainer.Forward(inputs);
                    trainer.Backward(StepTests.Numbers(ref random, Samples * 3, -1));
                }
                return 0;
            });
            Assert.Contains(message, Assert.IsType<RankFailedException>(ends[0].Exception).Message, StringComparison.Ordinal);
            if (!isOwn)
                Assert.Contains(message, Assert.IsType<RankFailedException>(ends[1].Exception).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Forward and back by all ways; returns all that comes of it.</summary>
    static List<string> Train(Type type, int[] batches, IRankExchange? exchange)
    {
        var network = (INetwork)Activator.CreateInstance(type, 5UL)!;
        var trainer = network.CreateTrainer(new Adam(0.01), batches[0], inputGradients: true);
        trainer.Exchange = exchange;
        trainer.MaxGradientNorm = 0.5;
        var known = new List<string>();
        foreach (var samples in batches)
        {
            var random = new RandomStream((ulong)samples);
            var inputs = Fingerprint.FittingInputs(network, StepTests.Numbers(ref random, samples * network.InputSize, -1));
            var gradients = StepTests.Numbers(ref random, samples * network.OutputSize, -1);
            known.Add(Hex(trainer.Forward(inputs)));
            trainer.Backward(gradients);
            known.Add(Hex(trainer.InputGradients));
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));

            // Of the same batch once more: it does not count again.
            Array.Reverse(gradients);
            trainer.Backward(gradients);
            known.Add(Hex(trainer.BackwardToInputs(gradients)));
            trainer.Update();
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: false));
            known.Add($"{trainer.Step(inputs, gradients, static (state, outputs, gradients) =>
            {
                var loss = 0.0;
                for (var i = 0; i < outputs.Length; i++)
                    (gradients[i], loss) = (state[i] * outputs[i], loss + outputs[i]);
                return loss;
            }):R}");
            known.Add(Hex(trainer.Forward(inputs, training: false)));
            known.Add(Hex(trainer.BackwardToInputs(gradients)));
            trainer.Backward(gradients);
            known.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));
        }
        return known;
    }

    static string Hex(ReadOnlySpan<float> values) => Convert.ToHexString(MemoryMarshal.AsBytes(values));
}
