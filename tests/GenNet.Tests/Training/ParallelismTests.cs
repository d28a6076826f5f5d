using GenNet.Tests.Layers;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

/// <summary>Alone in its collection: the number of threads is the process's.</summary>
[Collection(nameof(ParallelismTests))]
[CollectionDefinition(nameof(ParallelismTests), DisableParallelization = true)]
public sealed class ParallelismTests : IDisposable
{
    public void Dispose() => Parallelism.Threads = 1;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Any_number_of_threads_computes_the_same_bits(int threads)
    {
        var expected = Run();
        Parallelism.Threads = threads;
        Assert.Equal(expected, Run());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Layers_that_need_the_whole_batch_compute_the_same_bits(int threads)
    {
        var expected = RunNormalized();
        Parallelism.Threads = threads;
        Assert.Equal(expected, RunNormalized());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(39)]
    [InlineData(100)]
    [InlineData(299)]
    public void Every_thread_finds_inputs_that_are_not_finite(int sample)
    {
        Parallelism.Threads = 3;
        var network = new Regressor(1);
        var hash = network.Hash();
        var inputs = Numbers(300 * 40);
        inputs[sample * 40 + 17] = float.NegativeInfinity;
        var trainer = network.CreateTrainer(new Sgd(0.1), 300);
        var exception = Assert.Throws<NotFiniteNumberException>(() => { trainer.Step(inputs, Numbers(600)); });
        Assert.Contains($"feature 17 of sample {sample} is", exception.Message, StringComparison.Ordinal);
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void Steps_and_batches_on_threads_allocate_nothing()
    {
        Parallelism.Threads = 2;
        var network = new Regressor(1);
        float[] inputs = Numbers(300 * 40), targets = Numbers(600), outputs = new float[600];
        var trainer = network.CreateTrainer(new Adam(), 300);
        long allocated = 1;
        // Every thread counts, the test runner's too: many short attempts, of which one is undisturbed.
        for (var attempt = 0; attempt < 50 && allocated != 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var call = 0; call < 10; call++)
            {
                trainer.Step(inputs, targets);
                network.ForwardBatch(inputs, outputs);
            }
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Callers_that_meet_compute_the_same_bits()
    {
        var expected = Run();
        Parallelism.Threads = 2;
        Parallel.For(0, 6, _ => Assert.Equal(expected, Run()));
    }

    [Fact]
    public void The_number_of_threads_is_positive() => Assert.Throws<ArgumentOutOfRangeException>(() => Parallelism.Threads = 0);

    static (ulong Weights, float Output) Run()
    {
        var network = new Regressor(4);
        float[] inputs = Numbers(700 * 40), targets = Numbers(700 * 2), outputs = new float[700 * 2];
        var trainer = network.CreateTrainer(new AdamW(), 700);
        for (var step = 0; step < 5; step++)
            trainer.Step(inputs, targets);
        network.ForwardBatch(inputs, outputs);
        return (network.Hash(), outputs[^1]);
    }

    static ulong RunNormalized()
    {
        var network = new Normalized(4);
        var trainer = network.CreateTrainer(new AdamW(), 500);
        int[] labels = [.. Enumerable.Range(0, 500).Select(sample => sample % 2)];
        for (var step = 0; step < 5; step++)
            trainer.Step(Numbers(500 * 3), labels);
        return network.Hash();
    }

    static float[] Numbers(int count)
    {
        var random = new RandomStream(9);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = random.NextSingle() - 0.5f;
        return numbers;
    }
}
