using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Training.Histories;

public sealed class TrainerHistoryTests : IDisposable
{
    const int Few = 25, Operations = 60;

    static readonly int[] Sizes = [5, 18, 7, 3];
    static readonly Activation[] Activations = [Activation.Tanh, Activation.Tanh, Activation.Softmax];

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-histories").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Dense_layers_do_what_the_naive_network_does() => Histories.Run(Few, seed =>
    {
        static INetwork Create(ulong start) => new PlainClassifier(start);
        switch (seed % 4)
        {
            case 0:
                Run(seed, Create, new Sgd(0.05, 0.1), new(OptimizerKind.Sgd, 0.05, WeightDecay: 0.1, DecayBiases: false));
                break;
            case 1:
                Run(seed, Create, new Momentum(0.02), new(OptimizerKind.Sgd, 0.02, Momentum: 0.9));
                break;
            case 2:
                Run(seed, Create, new Adam(0.002, epsilon: 1e-4), new(OptimizerKind.Adam, 0.002, Epsilon: 1e-4));
                break;
            default:
                Run(seed, Create, new AdamW(0.002, epsilon: 1e-4, weightDecay: 0.1).WithAverage(0.7), new(OptimizerKind.AdamW, 0.002, Epsilon: 1e-4, WeightDecay: 0.1, DecayBiases: false, Average: 0.7));
                break;
        }
    });

    [Fact]
    public void Batch_normalisation_and_dropout_do_the_same_in_every_way() => Histories.Run(Few, seed => Run(seed, start => new NormalizedClassifier(start), new Adam(0.01).WithAverage(0.5)));

    [Fact]
    public void Every_layer_does_the_same_in_every_way_and_is_watched_alike() => Histories.Run(Few, seed => Run(seed, start => new EveryLayer(start), new Momentum(0.02)));

    [Fact]
    public void Lots_of_rows_do_the_same_in_every_way() => Histories.Run(Few, seed => Run(seed, start => new LotsOfRows(start), new RMSProp(0.002).WithAverage(0.5)));

    [Fact]
    public void Single_samples_do_the_same_in_every_way() => Histories.Run(Few, seed => Run(seed, start => new SingleSamples(start), new Sgd(0.05)));

    void Run<TOptimizer>(ulong seed, Func<ulong, INetwork> create, TOptimizer optimizer, OptimizerSettings? settings = null) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        new TrainerHistory<TOptimizer>(seed, create, optimizer, settings is null ? null : new NaiveStep(Sizes, Activations, settings), _folder).Run(Operations);
}
