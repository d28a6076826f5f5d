using GenNet.Tests.Training;
using GenNet.Tests.Training.Histories;

namespace GenNet.Tests.Health;

[Network(Health = true)]
[Sequence(3, 2)]
[GRU(5, Bidirectional = true)]
[LastStep]
[Dense(1)]
sealed partial class WatchedMemory;

/// <summary>What is measured does not depend on how many rows the layers' memory holds, which follows from the number of threads.</summary>
[Collection(nameof(ParallelismTests))]
public class HealthThreadsTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(260)]
    [InlineData(100)]
    public void Any_number_of_threads_measures_the_same(int samples)
    {
        foreach (var create in new Func<INetwork>[] { () => new WatchedRectifiers(1), () => new WatchedMemory(1) })
        {
            var expected = Train(create(), 1);
            foreach (var threads in new[] { 2, 3 })
                Assert.Equal(expected, Train(create(), threads));
        }

        List<string> Train(INetwork network, int threads)
        {
            var before = Parallelism.Threads;
            Parallelism.Threads = threads;
            try
            {
                var trainer = network.CreateTrainer(new Adam(0.01), samples);
                trainer.Health!.Interval = 1;
                var random = new RandomStream(1);
                var (inputs, targets) = (new float[samples * 6], new float[samples]);
                random.NextNormals(inputs);
                random.NextNormals(targets);
                for (var step = 0; step < 3; step++)
                    trainer.Step(inputs, targets);
                trainer.Health.EndEpoch();
                return TrainerSnapshot.Of(trainer, keepsGradients: false);
            }
            finally
            {
                Parallelism.Threads = before;
            }
        }
    }
}
