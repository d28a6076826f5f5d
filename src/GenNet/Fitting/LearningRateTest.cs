namespace GenNet;

/// <summary>The learning-rate range test (Smith, <i>Cyclical Learning Rates for Training Neural Networks</i>, 2017).</summary>
public static class LearningRateTest
{
    /// <summary>A mean loss so many times the least one ends the test.</summary>
    const double Divergence = 4;

    /// <summary>
    /// Trains for some steps with a rate that grows from step to step, and writes down the losses: a good rate is where the loss falls fastest.
    /// The network is left as it was. Ends before the last step where the loss becomes four times its least or no number.
    /// </summary>
    /// <param name="network">The network, as it will be trained.</param>
    /// <param name="data">What it will learn from.</param>
    /// <param name="optimizer">The optimiser; its learning rate does not matter.</param>
    /// <param name="options">Rates, steps and so on.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or From is not less than To.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LearningRateTestResult Run<TOptimizer>(
        INetwork network, Dataset data, TOptimizer optimizer, LearningRateTestOptions? options = null, CancellationToken cancellationToken = default)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new LearningRateTestOptions();
        if (options.From >= options.To)
            throw new ArgumentException($"The rates go from {options.From} to {options.To}: From must be less than To.", nameof(options));
        var check = new SampleCheck(network);
        check.Check(data, nameof(LearningRateTest), "training data");
        check.CheckCounted(data.LabelsThere, nameof(LearningRateTest), "training data");
        var before = network.Parameters.Like();
        before.CopyFrom(network.Parameters);
        try
        {
            var trainer = network.CreateTrainer(optimizer, options.BatchSize);
            trainer.Seed = options.Seed;
            return new(Measure(trainer, data, options, cancellationToken));
        }
        finally
        {
            network.Parameters.CopyFrom(before);
        }
    }

    static List<LearningRateTrial> Measure<TOptimizer>(Trainer<TOptimizer> trainer, Dataset data, LearningRateTestOptions options, CancellationToken cancellationToken)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var trials = new List<LearningRateTrial>();
        var (mean, weight, least) = (0.0, 1.0, double.PositiveInfinity);
        for (var epoch = 1UL; ; epoch++)
            foreach (var batch in data.Shuffled(new RandomStream(options.Seed).Split(epoch).Key).Batches(options.BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rate = options.From * Math.Pow(options.To / options.From, trials.Count / (options.Steps - 1.0));
                trainer.Optimizer = trainer.Optimizer.WithLearningRate(rate);
                float loss;
                try
                {
                    loss = trainer.Step(batch);
                }
                catch (TrainingDivergedException) when (trials.Count > 0)
                {
                    return trials;
                }

                // The exponential mean starts at 0, which its weights make up for, as Adam's do.
                mean = options.Smoothing * mean + (1 - options.Smoothing) * loss;
                weight *= options.Smoothing;
                var smoothed = mean / (1 - weight);
                trials.Add(new(rate, loss, smoothed));
                least = Math.Min(least, smoothed);
                if (trials.Count == options.Steps || smoothed > Divergence * least)
                    return trials;
            }
    }
}
