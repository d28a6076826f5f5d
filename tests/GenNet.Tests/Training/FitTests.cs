using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class FitTests
{
    static readonly Dataset XorData = new(new float[] { 0, 0, 0, 1, 1, 0, 1, 1 }, 2, new[] { 0, 1, 1, 0 }, 2);

    [Fact]
    public void Learns_exclusive_or()
    {
        var network = new Xor(1);
        var reported = new List<EpochResult>();
        var history = network.Fit(XorData, new Adam(0.05), new() { Epochs = 200, BatchSize = 4, Validation = XorData, Progress = new Collector(reported) }).Epochs;
        Assert.Equal(200, history.Count);
        Assert.Equal(history, reported);
        Assert.Equal(Enumerable.Range(1, 200), history.Select(epoch => epoch.Epoch));
        Assert.True(history[^1].Loss < 0.02 && history[^1].Loss < history[0].Loss / 10, $"loss {history[^1].Loss}");
        Assert.Equal(1, history[^1].Validation!.Value.Accuracy);
        Assert.Empty(new Xor(1).Fit(XorData, new Sgd(0.1), new() { Epochs = 0 }).Epochs);
    }

    [Fact]
    public void Is_the_loop_that_one_would_write()
    {
        var network = new Xor(1);
        var history = network.Fit(XorData, new Adam(0.05), new() { Epochs = 5, BatchSize = 3, Seed = 7 }).Epochs;

        var other = new Xor(1);
        var trainer = other.CreateTrainer(new Adam(0.05), 3);
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            var loss = 0.0;
            foreach (var batch in XorData.Shuffled(new RandomStream(7).Split((ulong)epoch).Key).Batches(3))
                loss += (double)trainer.Step(batch) * batch.Count;
            Assert.Equal(loss / 4, history[epoch - 1].Loss);
        }
        Assert.Equal(other.Hash(), network.Hash());
    }

    [Fact]
    public void Repeats_itself_for_a_seed()
    {
        ulong Train(ulong seed)
        {
            var network = new Xor(1);
            network.Fit(XorData, new Adam(0.05), new() { Epochs = 3, BatchSize = 3, Seed = seed });
            return network.Hash();
        }
        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void Stops_when_cancelled_and_keeps_what_it_learned()
    {
        var network = new Xor(1);
        using var source = new CancellationTokenSource();
        var reported = new List<EpochResult>();
        Assert.Throws<OperationCanceledException>(() =>
            network.Fit(XorData, new Adam(0.05), new() { Epochs = 100, Progress = new Collector(reported, () => source.Cancel()) }, source.Token));
        Assert.Single(reported);
        Assert.NotEqual(new Xor(1).Hash(), network.Hash());
    }

    [Fact]
    public void Evaluate_gives_the_mean_over_batches_of_any_size()
    {
        var network = new SmallClassifier(2);
        var random = new RandomStream(3);
        var inputs = new float[11 * 5];
        foreach (ref var value in inputs.AsSpan())
            value = random.NextSingle();
        var data = new Dataset(inputs, 5, Enumerable.Range(0, 11).Select(i => i % 3).ToArray(), 3);
        var whole = network.CreateTrainer(new Adam(), 11).Evaluate(data);
        var parts = network.CreateTrainer(new Adam(), 4).Evaluate(data);
        Assert.Equal(whole.Loss, parts.Loss, 1e-6);
        Assert.Equal(whole.Accuracy, parts.Accuracy);
        Assert.Equal(whole.Accuracy, network.CreateTrainer(new Adam(), 4).Evaluate(data.OneHot()).Accuracy);
        Assert.Equal(whole.Loss, network.CreateTrainer(new Adam(), 11).Evaluate(data.OneHot()).Loss, 1e-6);
    }

    /// <summary>Reports at once, on the same thread.</summary>
    sealed class Collector(List<EpochResult> results, Action? then = null) : IProgress<EpochResult>
    {
        public void Report(EpochResult value)
        {
            results.Add(value);
            then?.Invoke();
        }
    }
}
