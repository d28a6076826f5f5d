using GenNet;

namespace Fingerprints;

/// <summary>
/// Networks that between them have every activation, loss, optimiser and awkward size. The golden files hold their fingerprints.
/// Programs of every kind compile these files in: a benchmark, and what is published for other processors.
/// </summary>
static class FingerprintSuite
{
    sealed record Entry(string Name, Func<ulong, INetwork> Create, Func<INetwork, ulong, (ulong Fingerprint, float Loss)> Train);

    static readonly Entry[] Entries =
    [
        With(seed => new Networks.Identity(seed), 7, new Sgd(0.1)),
        With(seed => new Networks.Sigmoid(seed), 33, new Momentum(0.1)),
        With(seed => new Networks.Tanh(seed), 150, new Adam()),
        With(seed => new Networks.ReLU(seed), 129, new AdamW { DecayBiases = true }),
        With(seed => new Networks.LeakyReLU(seed), 65, new Momentum(0.05, nesterov: true)),
        With(seed => new Networks.ELU(seed), 5, new Adam(0.01)),
        With(seed => new Networks.GELU(seed), 16, new Adam()),
        With(seed => new Networks.SiLU(seed), 1, new Sgd(0.05, 0.01) { DecayBiases = true }),
        With(seed => new Networks.Softplus(seed), 3, new AdamW(0.01) { DecayBiases = true }),
        With(seed => new Networks.HardSigmoid(seed), 31, new Adam()),
        With(seed => new Networks.SoftmaxHuber(seed), 17, new Sgd(0.5)),
        With(seed => new Networks.SoftmaxAbsolute(seed), 17, new Momentum(0.5)),
        With(seed => new Networks.Logits(seed), 20, new Adam()),
        With(seed => new Networks.BinaryLogits(seed), 64, new AdamW { DecayBiases = true }),
        With(seed => new Networks.Orthogonal(seed), 2, new Adam()),
        With(seed => new Networks.LeCun(seed), 300, new Adam()),
        With(seed => new Networks.Wide(seed), 40, new Momentum(0.01)),
        With(seed => new Networks.Deep(seed), 9, new Adam()),
        With(seed => new Networks.Mixed(seed), 128, new AdamW { DecayBiases = true }),
        With(seed => new Networks.Controller(seed), 32, new Sgd(0.1)),
        With(seed => new Networks.Single(seed), 1, new Sgd(0.1, 0.01)),
        With(seed => new Networks.SingleDeep(seed), 1, new Sgd(0.05)),
        With(seed => new Networks.SingleSlow(seed), 1, new Adam()),
        With(seed => new Networks.SingleSmall(seed), 1, new Sgd(0.1)),
        With(seed => new Networks.SingleRagged(seed), 1, new Sgd(0.1)),
        With(seed => new Networks.SingleLayer(seed), 1, new Sgd(0.05)),
        With(seed => new Networks.LongReLU(seed), 4, new Sgd(0.05)),
        With(seed => new Networks.LongTanh(seed), 4, new Sgd(0.05)),
        With(seed => new Networks.LongSigmoid(seed), 4, new Sgd(0.05)),
        With(seed => new Networks.LongELU(seed), 4, new Sgd(0.05)),
        With(seed => new Networks.RMSProp(seed), 30, new RMSProp(0.001, weightDecay: 0.01)),
        With(seed => new Networks.Centered(seed), 12, new RMSProp(0.001) { Centered = true, Momentum = 0.9 }),
        With(seed => new Networks.Adagrad(seed), 40, new Adagrad(0.05, learningRateDecay: 0.01)),
        With(seed => new Networks.Adadelta(seed), 11, new Adadelta(weightDecay: 0.01)),
        With(seed => new Networks.AMSGrad(seed), 25, new AdamW(0.01) { AMSGrad = true }),
        With(seed => new Networks.NAdam(seed), 18, new NAdam(weightDecay: 0.01)),
        With(seed => new Networks.RAdam(seed), 22, new RAdam(0.01, beta2: 0.9)),
        With(seed => new Networks.Lion(seed), 14, new Lion(0.001, weightDecay: 0.1)),
        With(seed => new Networks.Decorated(seed), 35, new Adam().WithPenalty(1e-3, 1e-2).ClipByValue(0.01).WithAverage(0.9)),
        With(seed => new Networks.Steps(seed), 90, new Adam()),
        With(seed => new Networks.Branched(seed), 150, new Adam(), trainer => trainer.MaxGradientNorm = 0.5),
        With(seed => new Networks.Pictures(seed), 35, new Adam()),
        With(seed => new Networks.Groups(seed), 33, new Adam()),
        With(seed => new Networks.Enlarged(seed), 21, new Momentum(0.05)),
        With(seed => new Networks.OneChannel(seed), 22, new Adam(0.003)),
        With(seed => new Networks.Projected(seed), 40, new Adam()),
        With(seed => new Networks.Waves(seed), 23, new Adam(0.003)),
        With(seed => new Networks.Memories(seed), 150, new Adam(0.003)),
        With(seed => new Networks.Tokens(seed), 150, new Adam(0.003)),
        With(seed => new Networks.Tags(seed), 150, new Adam(0.003)),
        With(seed => new Networks.Posters(seed), 150, new Momentum(0.01)),
        With(seed => new Networks.Limited(seed), 150, new Momentum(0.1), trainer =>
        {
            trainer.MaxGradientNorm = 0.1;
            trainer.MaxWeightNorm = 0.7;
            trainer.Schedule = new WarmupSchedule(4).Then(4, new CosineSchedule(8, 0.1).Times(new PolynomialSchedule(20, 0.7)));
        }),
        new(nameof(Networks.Outside), seed => new Networks.Outside(seed), Fingerprint.TrainFromOutside),
        new(nameof(Networks.Evolution), seed => new Networks.Evolution(seed), Fingerprint.Evolve),
    ];

    /// <summary>The fingerprint and the last loss of each network after some steps, with weights and data of the seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="create">Makes a network of that name in place of the one that is compiled in.</param>
    public static IEnumerable<(string Name, ulong Fingerprint, float Loss)> Compute(ulong seed, Func<string, INetwork>? create = null)
    {
        foreach (var entry in Entries)
        {
            var (fingerprint, loss) = entry.Train(create is null ? entry.Create(seed) : create(entry.Name), seed);
            yield return (entry.Name, fingerprint, loss);
        }
    }

    static Entry With<TNetwork, TOptimizer>(Func<ulong, TNetwork> create, int batch, TOptimizer optimizer, Action<Trainer>? configure = null)
        where TNetwork : INetwork where TOptimizer : struct, IOptimizer<TOptimizer> =>
        new(typeof(TNetwork).Name, seed => create(seed), (network, seed) => Fingerprint.Train(network, optimizer, batch, steps: 12, seed, configure));
}
