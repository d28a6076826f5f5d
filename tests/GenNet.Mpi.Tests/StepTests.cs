using System.Runtime.InteropServices;
using Fingerprints;
using GenNet.Tests.Training.Histories;

namespace GenNet.Mpi.Tests;

/// <summary>Its means are those of all steps that are there, on whichever rank.</summary>
[Network]
[Sequence(6, 2)]
[Dense(17, Activation.Tanh)]
[BatchNorm(Activation.ReLU)]
[GRU(5)]
[BatchNorm]
[GlobalMaxPool1D]
[Dense(3, Activation.Softmax)]
sealed partial class NormalizedStepsNetwork;

/// <summary>Steps of several ranks have the bits of one, for every kind of layer.</summary>
public class StepTests
{
    const int Samples = 300;

    public static TheoryData<Type> Networks => new(typeof(Fingerprint).Assembly.GetTypes().Where(type => type.Namespace == "Fingerprints.Networks" && typeof(INetwork).IsAssignableFrom(type)));

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_kind_of_layer_has_the_bits_of_one_rank(Type type)
    {
        var expected = Train(type, exchange: null);
        foreach (var ranks in new[] { 2, 3 })
            Assert.All(ThreadRanks.Run(ranks, exchange => Train(type, exchange)), snapshot => Assert.Equal(expected, snapshot));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void States_go_on_from_window_to_window_on_all_ranks(int ranks)
    {
        var expected = TrainWindows(exchange: null);
        Assert.All(ThreadRanks.Run(ranks, TrainWindows), values => Assert.Equal(expected, values));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Means_over_steps_are_those_of_all_ranks_without_padding(int ranks)
    {
        var expected = TrainUnequal(exchange: null);
        Assert.All(ThreadRanks.Run(ranks, TrainUnequal), snapshot => Assert.Equal(expected, snapshot));
    }

    /// <summary>Trains on sequences of unequal lengths; returns what the trainer knows behind each step.</summary>
    static List<string> TrainUnequal(IRankExchange? exchange)
    {
        var trainer = new NormalizedStepsNetwork(4).CreateTrainer(new Adam(0.01), Samples);
        trainer.Exchange = exchange;
        var all = new List<string>();
        foreach (var samples in new[] { Samples, 2, 200 })
        {
            var random = new RandomStream((ulong)samples);
            var (inputs, labels, lengths) = (Numbers(ref random, samples * NormalizedStepsNetwork.InputSize, -1), new int[samples], new int[samples]);
            for (var sample = 0; sample < samples; sample++)
                (labels[sample], lengths[sample]) = (random.NextInt32(3), 1 + random.NextInt32(6));
            all.Add($"{trainer.Step(inputs, labels, new Sequences { Lengths = lengths }):R}");
            all.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: false));
        }
        return all;
    }

    /// <summary>Trains on windows that follow one another; returns the states behind each.</summary>
    static List<float> TrainWindows(IRankExchange? exchange)
    {
        var network = new SteppingNetwork(4);
        var trainer = network.CreateTrainer(new Adam(0.01), Samples);
        trainer.Exchange = exchange;
        var (states, all) = (network.CreateState(Samples), new List<float>());
        for (var window = 0; window < 3; window++)
        {
            var random = new RandomStream((ulong)window);
            var (inputs, labels, lengths) = (Numbers(ref random, Samples * 4, -1), new int[Samples], new int[Samples]);
            for (var sample = 0; sample < Samples; sample++)
                (labels[sample], lengths[sample]) = (random.NextInt32(3), 1 + random.NextInt32(4));
            trainer.Step(inputs, labels, new Sequences { Lengths = lengths, InitialStates = states, FinalStates = states });
            for (var sample = 0; sample < Samples; sample++)
                all.AddRange(states.Values(sample));

            // Whatever came before, this one wants no states.
            trainer.Step(inputs, labels);
        }
        return all;
    }

    static List<string> Train(Type type, IRankExchange? exchange)
    {
        var network = (INetwork)Activator.CreateInstance(type, 5UL)!;
        var trainer = network.CreateTrainer(new Adam(0.01), Samples, inputGradients: true);
        trainer.Exchange = exchange;
        trainer.MaxGradientNorm = 0.5;
        var losses = new List<string>();
        foreach (var samples in new[] { Samples, 2, 200 })
        {
            var random = new RandomStream((ulong)samples);
            var inputs = Fingerprint.FittingInputs(network, Numbers(ref random, samples * network.InputSize, -1));
            var targets = Fingerprint.Fitting(network, Numbers(ref random, samples * network.OutputSize, 0));
            var labels = Fingerprint.LabelsOfSteps(network, samples, ref random);
            losses.Add($"{(labels is null ? trainer.Step(inputs, targets) : trainer.Step(inputs, labels)):R}");
            losses.Add($"{(labels is null ? trainer.Backward(inputs, targets) : trainer.Backward(inputs, labels)):R}");
            losses.Add(Convert.ToHexString(MemoryMarshal.AsBytes(trainer.InputGradients)));
            losses.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));
        }
        return losses;
    }

    /// <summary>Numbers from <paramref name="least"/> to 1.</summary>
    internal static float[] Numbers(ref RandomStream random, int count, float least)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = least + (1 - least) * random.NextSingle();
        return numbers;
    }
}
