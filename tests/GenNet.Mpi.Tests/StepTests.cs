using Fingerprints;
using GenNet.Tests.Training.Histories;

namespace GenNet.Mpi.Tests;

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

    static List<string> Train(Type type, IRankExchange? exchange)
    {
        var network = (INetwork)Activator.CreateInstance(type, 5UL)!;
        var trainer = network.CreateTrainer(new Adam(0.01), Samples);
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
            losses.AddRange(TrainerSnapshot.Of(trainer, keepsGradients: true));
        }
        return losses;
    }

    static float[] Numbers(ref RandomStream random, int count, float least)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = least + (1 - least) * random.NextSingle();
        return numbers;
    }
}
