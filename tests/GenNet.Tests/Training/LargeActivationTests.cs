using GenNet.Tests.Training.Histories;

namespace GenNet.Tests.Training;

[Network]
[Image(24, 24, 2)]
[Conv2D(16, 3, Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(35, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
public sealed partial class PosterNetwork;

[Network]
[Sequence(60, 3)]
[LSTM(40)]
[LayerNorm]
[LastStep]
[Dense(3, Activation.Softmax)]
public sealed partial class DiaryNetwork;

// Its layers' parts are whole samples, 128 of them.
[Network]
[Sequence(300, 16)]
[MaxPool1D(2)]
[Flatten]
[Dense(20, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
public sealed partial class FilmNetwork;

/// <summary>Networks of which caches keep fewer samples than there is memory for, so that the parts of a batch come in pieces.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class LargeActivationTests : IDisposable
{
    const int Samples = 200, PartSamples = 128;

    public void Dispose() => Parallelism.Threads = 1;

    public static TheoryData<Type, int> Networks => new() { { typeof(PosterNetwork), 1 }, { typeof(PosterNetwork), 3 }, { typeof(DiaryNetwork), 1 }, { typeof(DiaryNetwork), 2 }, { typeof(FilmNetwork), 1 } };

    [Theory, MemberData(nameof(Networks))]
    public void A_step_has_the_bits_of_samples_that_come_one_by_one(Type type, int threads)
    {
        Parallelism.Threads = threads;
        Compare(type, new Sgd(0.05));
        Compare(type, new Momentum(0.05));
        Compare(type, new Adam());
    }

    static void Compare<TOptimizer>(Type type, TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var (steps, oneByOne) = (Create(type).CreateTrainer(optimizer, Samples), Create(type).CreateTrainer(optimizer, 1));
        foreach (var samples in new[] { Samples, 40, PartSamples })
        {
            var (inputs, labels) = Draw(steps.Network, samples);
            var losses = new float[samples];
            for (var i = 0; i < samples; i++)
            {
                var sample = inputs.AsSpan(i * oneByOne.Network.InputSize, oneByOne.Network.InputSize);
                losses[i] = oneByOne.Loss(sample, labels.AsSpan(i, 1));
                oneByOne.Accumulate(sample, labels.AsSpan(i, 1), samples);
            }
            oneByOne.Update();
            Assert.Equal(Mean(losses), steps.Loss(inputs, labels));
            Assert.Equal(Mean(losses), steps.Step(inputs, labels));
            Assert.Equal(steps.Network.Hash(), oneByOne.Network.Hash());
        }
    }

    [Fact]
    public void A_step_that_diverges_in_a_later_piece_leaves_what_was_kept()
    {
        var trainer = Create(typeof(PosterNetwork)).CreateTrainer(new Adam(), Samples);
        var (inputs, labels) = Draw(trainer.Network, 100);
        trainer.Backward(inputs, labels);
        var before = TrainerSnapshot.Of(trainer, keepsGradients: true);
        inputs.AsSpan(77 * trainer.Network.InputSize, trainer.Network.InputSize).Fill(3e38f);
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Step(inputs, labels));
        Assert.Equal(1, exception.Layer);
        Assert.Contains("for sample 77, ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, TrainerSnapshot.Of(trainer, keepsGradients: true));
    }

    [Fact]
    public void A_warm_step_allocates_nothing()
    {
        var trainer = Create(typeof(PosterNetwork)).CreateTrainer(new Adam(), Samples);
        var (inputs, labels) = Draw(trainer.Network, Samples);
        var allocated = long.MaxValue;
        for (var attempt = 0; attempt < 3 && allocated != 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Step(inputs, labels);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    static INetwork Create(Type type) => (INetwork)Activator.CreateInstance(type, 3UL)!;

    static (float[] Inputs, int[] Labels) Draw(INetwork network, int samples)
    {
        var random = new RandomStream((ulong)samples);
        var (inputs, labels) = (new float[samples * network.InputSize], new int[samples]);
        random.NextNormals(inputs);
        foreach (ref var label in labels.AsSpan())
            label = random.NextInt32(3);
        return (inputs, labels);
    }

    /// <summary>The mean in the order that is declared, of up to two parts.</summary>
    static float Mean(float[] losses)
    {
        double Part(int first) => 1.0 / losses.Length * losses.Skip(first).Take(PartSamples).Aggregate(0.0, (sum, loss) => sum + loss);
        return (float)(losses.Length > PartSamples ? Part(0) + Part(PartSamples) : Part(0));
    }
}
