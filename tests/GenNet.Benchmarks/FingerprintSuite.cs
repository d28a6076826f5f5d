using GenNet.Shared;
using Microsoft.CodeAnalysis;

namespace GenNet.Benchmarks;

/// <summary>Networks that between them have every activation, loss, optimiser and awkward size. The golden file holds their fingerprints.</summary>
static class FingerprintSuite
{
    sealed record Entry(string Name, string Declaration, int Batch, Func<INetwork, int, ulong, (ulong Fingerprint, float Loss)> Train);

    static readonly Entry[] Entries =
    [
        With("Identity", "[Network(3, 5, 2, Hidden = Activation.Identity)]", 7, new Sgd(0.1)),
        With("Sigmoid", "[Network(9, 17, 1, Hidden = Activation.Sigmoid, Output = Activation.Sigmoid)]", 33, new Momentum(0.1)),
        With("Tanh", "[Network(17, 64, 64, 6, Hidden = Activation.Tanh)]", 150, new Adam()),
        With("ReLU", "[Network(100, 130, 40, 10, Output = Activation.Softmax)]", 129, new AdamW { DecayBiases = true }),
        With("LeakyReLU", "[Network(31, 33, 15, Hidden = Activation.LeakyReLU, Loss = Loss.Huber)]", 65, new Momentum(0.05, nesterov: true)),
        With("ELU", "[Network(2, 48, 3, Hidden = Activation.ELU, Loss = Loss.MeanAbsoluteError)]", 5, new Adam(0.01)),
        With("GELU", "[Network(5, 20, 20, 4, Hidden = Activation.GELU, Output = Activation.Softmax, Loss = Loss.MeanSquaredError)]", 16, new Adam()),
        With("SiLU", "[Network(8, 32, 32, 1, Hidden = Activation.SiLU)]", 1, new Sgd(0.05, 0.01) { DecayBiases = true }),
        With("Softplus", "[Network(1, 1, 1, Hidden = Activation.Softplus, Output = Activation.Softplus)]", 3, new AdamW(0.01) { DecayBiases = true }),
        With("HardSigmoid", "[Network(6, 7, 5, Hidden = Activation.HardTanh, Output = Activation.HardSigmoid, Loss = Loss.BinaryCrossEntropy)]", 31, new Adam()),
        With("SoftmaxHuber", "[Network(12, 9, 18, Output = Activation.Softmax, Loss = Loss.Huber)]", 17, new Sgd(0.5)),
        With("SoftmaxAbsolute", "[Network(12, 9, 33, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.MeanAbsoluteError)]", 17, new Momentum(0.5)),
        With("Logits", "[Network(47, 65, 32, Loss = Loss.CrossEntropy)]", 20, new Adam()),
        With("BinaryLogits", "[Network(15, 16, 8, Loss = Loss.BinaryCrossEntropy)]", 64, new AdamW { DecayBiases = true }),
        With("Orthogonal", "[Network(33, 31, 34, Hidden = Activation.Tanh, Init = Initializer.Orthogonal)]", 2, new Adam()),
        With("LeCun", "[Network(16, 96, 4, Hidden = Activation.SiLU, Init = Initializer.LeCunNormal)]", 300, new Adam()),
        With("Wide", "[Network(70, 256, 129, 12, Hidden = Activation.ReLU)]", 40, new Momentum(0.01)),
        With("Deep", "[Network(4, 8, 16, 8, 16, 8, 3, Hidden = Activation.Tanh)]", 9, new Adam()),
        With("Mixed", "[Network(11)] [Dense(24, Activation.GELU)] [Dense(40, Activation.ELU, Init = Initializer.GlorotNormal)] [Dense(3, Activation.Sigmoid)]", 128, new AdamW { DecayBiases = true }),
        With("Controller", "[Network(4, 16, 16, 2, Hidden = Activation.Tanh, Init = Initializer.HeUniform)]", 32, new Sgd(0.1)),
        With("Single", "[Network(17, 32, 31, 13, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.Huber)]", 1, new Sgd(0.1, 0.01)),
        With("SingleDeep", "[Network(3, 8, 30, 8, 15, 2, Hidden = Activation.ELU)]", 1, new Sgd(0.05)),
        With("SingleSlow", "[Network(5, 12, 7, 3, Hidden = Activation.LeakyReLU, Loss = Loss.MeanAbsoluteError)]", 1, new Adam()),
        With("SingleSmall", "[Network(2, 8, 1, Hidden = Activation.Sigmoid)]", 1, new Sgd(0.1)),
        With("SingleRagged", "[Network(3, 7, 11, 3, Hidden = Activation.Tanh, Output = Activation.Sigmoid, Loss = Loss.Huber)]", 1, new Sgd(0.1)),
        With("SingleLayer", "[Network(6, 2, Loss = Loss.MeanAbsoluteError)]", 1, new Sgd(0.05)),
        With("LongReLU", "[Network(32, 32, 32, 32)]", 4, new Sgd(0.05)),
        With("LongTanh", "[Network(8, 32, 32, 1, Hidden = Activation.Tanh, Output = Activation.Tanh)]", 4, new Sgd(0.05)),
        With("LongSigmoid", "[Network(12, 8, 8, 8, 8, 8, 8, 8, 8, Hidden = Activation.Sigmoid)]", 4, new Sgd(0.05)),
        With("LongELU", "[Network(16, 16, 16, 16, 16, 16, Hidden = Activation.ELU, Output = Activation.ELU)]", 4, new Sgd(0.05)),
        With("RMSProp", "[Network(21, 19, 35, 3, Hidden = Activation.Tanh)]", 30, new RMSProp(0.001, weightDecay: 0.01)),
        With("Centered", "[Network(10, 50, 4, Hidden = Activation.GELU)]", 12, new RMSProp(0.001) { Centered = true, Momentum = 0.9 }),
        With("Adagrad", "[Network(33, 20, 2, Hidden = Activation.Sigmoid)]", 40, new Adagrad(0.05, learningRateDecay: 0.01)),
        With("Adadelta", "[Network(5, 37, 6, Hidden = Activation.Tanh)]", 11, new Adadelta(weightDecay: 0.01)),
        With("AMSGrad", "[Network(14, 23, 9, Hidden = Activation.SiLU)]", 25, new AdamW(0.01) { AMSGrad = true }),
        With("NAdam", "[Network(9, 40, 5, Hidden = Activation.ELU)]", 18, new NAdam(weightDecay: 0.01)),
        With("RAdam", "[Network(7, 41, 8, Hidden = Activation.Tanh)]", 22, new RAdam(0.01, beta2: 0.9)),
        With("Lion", "[Network(26, 18, 7, Hidden = Activation.Tanh)]", 14, new Lion(0.001, weightDecay: 0.1)),
        With("Decorated", "[Network(29, 44, 6, Hidden = Activation.Tanh)]", 35, new Adam().WithPenalty(1e-3, 1e-2).ClipByValue(0.01).WithAverage(0.9)),
        With("Limited", "[Network(65, 70, 3, Hidden = Activation.Tanh)]", 150, new Momentum(0.1), trainer =>
        {
            trainer.MaxGradientNorm = 0.1;
            trainer.MaxWeightNorm = 0.7;
            trainer.Schedule = new WarmupSchedule(4).Then(4, new CosineSchedule(8, 0.1).Times(new PolynomialSchedule(20, 0.7)));
        }),
    ];

    /// <summary>The fingerprint and the last loss of each network after some steps, with weights and data of the seed.</summary>
    public static IEnumerable<(string Name, ulong Fingerprint, float Loss)> Compute(ulong seed, OptimizationLevel optimization)
    {
        var source = "using GenNet;\n" + string.Concat(Entries.Select(entry => $"/// <summary>A network.</summary>\n{entry.Declaration} public partial class {entry.Name};\n"));
        var assembly = InMemoryCompiler.Load(source, optimization);
        foreach (var entry in Entries)
        {
            var (fingerprint, loss) = entry.Train(InMemoryCompiler.Create(assembly, entry.Name, seed), entry.Batch, seed);
            yield return (entry.Name, fingerprint, loss);
        }
    }

    static Entry With<TOptimizer>(string name, string declaration, int batch, TOptimizer optimizer, Action<Trainer>? configure = null) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        new(name, declaration, batch, (network, samples, seed) => Fingerprint.Train(network, optimizer, samples, steps: 12, seed, configure));
}
