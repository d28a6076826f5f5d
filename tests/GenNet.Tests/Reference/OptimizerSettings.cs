namespace GenNet.Tests.Reference;

/// <summary>Which of PyTorch's optimisers.</summary>
enum OptimizerKind
{
    Sgd,
    Adam,
    AdamW,
    RMSProp,
    Adagrad,
    Adadelta,
    NAdam,
    RAdam,
    Lion,
}

/// <summary>An optimiser's hyper-parameters, with PyTorch's meaning, and what is done beside it; those of other kinds are ignored.</summary>
/// <param name="Kind">The optimiser.</param>
/// <param name="DecayBiases">Whether decay and penalties are for biases too, as in PyTorch with one group of parameters.</param>
/// <param name="AMSGrad">Of Adam and AdamW: whether the largest mean of squares is kept.</param>
/// <param name="L1">Factor of the penalty |w|.</param>
/// <param name="L2">Factor of the penalty ½w².</param>
/// <param name="ClipValue">Largest element of a gradient, 0 for no limit.</param>
/// <param name="ClipNorm">Largest norm of all gradients, 0 for no limit.</param>
/// <param name="MaxNorm">Largest norm of a unit's weights, 0 for no limit.</param>
/// <param name="Average">Decay of the average of the weights, 0 for no average.</param>
/// <param name="Parts">Samples of each micro-batch, or null for whole batches.</param>
sealed record OptimizerSettings(
    OptimizerKind Kind,
    double LearningRate,
    double Momentum = 0,
    bool Nesterov = false,
    double WeightDecay = 0,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    bool DecayBiases = true,
    double Alpha = 0.99,
    bool Centered = false,
    double Rho = 0.9,
    double LearningRateDecay = 0,
    double InitialAccumulator = 0,
    double MomentumDecay = 4e-3,
    bool AMSGrad = false,
    double L1 = 0,
    double L2 = 0,
    double ClipValue = 0,
    double ClipNorm = 0,
    double MaxNorm = 0,
    double Average = 0,
    int[]? Parts = null)
{
    /// <summary>A trainer with this optimiser.</summary>
    public Trainer CreateTrainer(INetwork network, int batchSize, bool inputGradients = false)
    {
        var trainer = Kind switch
        {
            OptimizerKind.Sgd when Momentum == 0 => Penalised(network, batchSize, inputGradients, new Sgd(LearningRate, WeightDecay) { DecayBiases = DecayBiases }),
            OptimizerKind.Sgd => Penalised(network, batchSize, inputGradients, new Momentum(LearningRate, Momentum, Nesterov, WeightDecay) { DecayBiases = DecayBiases }),
            OptimizerKind.Adam => Penalised(network, batchSize, inputGradients, new Adam(LearningRate, Beta1, Beta2, Epsilon, WeightDecay) { DecayBiases = DecayBiases, AMSGrad = AMSGrad }),
            OptimizerKind.AdamW => Penalised(network, batchSize, inputGradients, new AdamW(LearningRate, Beta1, Beta2, Epsilon, WeightDecay) { DecayBiases = DecayBiases, AMSGrad = AMSGrad }),
            OptimizerKind.RMSProp => Penalised(network, batchSize, inputGradients, new RMSProp(LearningRate, Alpha, Epsilon, WeightDecay) { DecayBiases = DecayBiases, Centered = Centered, Momentum = Momentum }),
            OptimizerKind.Adagrad => Penalised(network, batchSize, inputGradients, new Adagrad(LearningRate, LearningRateDecay, WeightDecay, InitialAccumulator, Epsilon) { DecayBiases = DecayBiases }),
            OptimizerKind.Adadelta => Penalised(network, batchSize, inputGradients, new Adadelta(LearningRate, Rho, Epsilon, WeightDecay) { DecayBiases = DecayBiases }),
            OptimizerKind.NAdam => Penalised(network, batchSize, inputGradients, new NAdam(LearningRate, Beta1, Beta2, Epsilon, WeightDecay, MomentumDecay) { DecayBiases = DecayBiases }),
            OptimizerKind.RAdam => Penalised(network, batchSize, inputGradients, new RAdam(LearningRate, Beta1, Beta2, Epsilon, WeightDecay) { DecayBiases = DecayBiases }),
            OptimizerKind.Lion => Penalised(network, batchSize, inputGradients, new Lion(LearningRate, Beta1, Beta2, WeightDecay) { DecayBiases = DecayBiases }),
            _ => throw new InvalidOperationException($"Unknown optimiser {Kind}."),
        };
        if (ClipNorm > 0)
            trainer.MaxGradientNorm = ClipNorm;
        if (MaxNorm > 0)
            trainer.MaxWeightNorm = MaxNorm;
        return trainer;
    }

    Trainer Penalised<TOptimizer>(INetwork network, int batchSize, bool inputGradients, TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        L1 > 0 || L2 > 0 ? Clipped(network, batchSize, inputGradients, optimizer.WithPenalty(L1, L2) with { DecayBiases = DecayBiases }) : Clipped(network, batchSize, inputGradients, optimizer);

    Trainer Clipped<TOptimizer>(INetwork network, int batchSize, bool inputGradients, TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        ClipValue > 0 ? Averaging(network, batchSize, inputGradients, optimizer.ClipByValue(ClipValue)) : Averaging(network, batchSize, inputGradients, optimizer);

    Trainer Averaging<TOptimizer>(INetwork network, int batchSize, bool inputGradients, TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        Average > 0 ? network.CreateTrainer(optimizer.WithAverage(Average), batchSize, inputGradients) : network.CreateTrainer(optimizer, batchSize, inputGradients);
}
