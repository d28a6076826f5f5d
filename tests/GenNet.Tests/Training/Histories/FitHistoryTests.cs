using GenNet.Tests.Networks;

namespace GenNet.Tests.Training.Histories;

public sealed class FitHistoryTests : IDisposable
{
    const int Few = 30;

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-histories").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Dense_layers_come_to_the_same_bits() => Histories.Run(Few, seed => Run(seed, start => new PlainClassifier(start), new Momentum(0.02)));

    [Fact]
    public void Batch_normalisation_and_dropout_come_to_the_same_bits() => Histories.Run(Few, seed => Run(seed, start => new NormalizedClassifier(start), new Adam(0.02).WithAverage(0.9)));

    [Fact]
    public void Every_layer_comes_to_the_same_bits() => Histories.Run(Few, seed => Run(seed, start => new EveryLayer(start), new NAdam(0.01)));

    void Run<TOptimizer>(ulong seed, Func<ulong, INetwork> create, TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        new FitHistory<TOptimizer>(seed, create, optimizer, _folder).Run();
}
