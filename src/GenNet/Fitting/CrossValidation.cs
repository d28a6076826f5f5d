namespace GenNet;

/// <summary>K-fold cross-validation: how well networks of a kind do on data that they were not trained on.</summary>
public static class CrossValidation
{
    /// <summary>Fits a new network for each fold, and judges it by the samples that the fold holds back.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="create">Creates an untrained network: <c>() =&gt; new FashionNet(seed: 1)</c>.</param>
    /// <param name="optimizer">How a gradient changes a weight.</param>
    /// <param name="options">How to fit. Its seed also decides the folds. Early stopping needs <see cref="FitOptions.ValidationSplit"/>, a part of the fold's training samples: a fold's validation samples decide nothing.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="stratified">Whether each part has its share of every class.</param>
    /// <param name="standardize">Learns how to standardise the inputs, from the training samples of a fold alone: <see cref="Standardizer.Fit(Dataset)"/>. Null for inputs as they are.</param>
    /// <param name="progress">Told each fold's result.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or the options the data, or <paramref name="create"/> returns a network again.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than samples.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CrossValidationResult Run<TOptimizer>(
        Dataset data,
        Func<INetwork> create,
        TOptimizer optimizer,
        FitOptions? options = null,
        int folds = 5,
        bool stratified = false,
        Func<Dataset, Standardizer>? standardize = null,
        IProgress<FoldResult>? progress = null,
        CancellationToken cancellationToken = default)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(create);
        options ??= new FitOptions();
        if (options.Validation is not null)
            throw new ArgumentException("Cross-validation takes its validation data from the folds; for early stopping, give a ValidationSplit.", nameof(options));
        options.Sampling?.Check(data);
        var results = new List<FoldResult>();
        var networks = new HashSet<INetwork>(ReferenceEqualityComparer.Instance);
        var divided = data.Folds(folds, options.Seed, stratified);
        var batchSize = options.BatchSize ?? NetworkTraining.DefaultBatchSize;
        foreach (var fold in divided)
        {
            var network = create() ?? throw new ArgumentException($"The network for fold {fold.Number} is null: create a new one each time.", nameof(create));
            if (!networks.Add(network))
                throw new ArgumentException($"The network for fold {fold.Number} is that of an earlier fold, which has seen this one's validation samples: create a new one each time.", nameof(create));
            if (fold.Number == 1)
                CheckAll(network, data, divided, batchSize, options);
            var (training, validation) = (fold.TrainingData(), fold.ValidationData());
            if (standardize?.Invoke(training) is { } standardizer)
                (training, validation) = (standardizer.Transform(training), standardizer.Transform(validation));
            var trainer = network.CreateTrainer(optimizer, batchSize);
            var fit = trainer.Fit(training, options with { Sampling = options.Sampling?.Of(fold.TrainingIndices) }, cancellationToken: cancellationToken);
            var result = new FoldResult(fold.Number, fit, trainer.Evaluate(validation));
            results.Add(result);
            progress?.Report(result);
        }
        return new CrossValidationResult(results);
    }

    /// <summary>What would end a later fold is said before the first one is trained: folds differ by a sample, and in their labels.</summary>
    static void CheckAll(INetwork network, Dataset data, IReadOnlyList<Fold> folds, int batchSize, FitOptions options)
    {
        var check = new SampleCheck(network);
        check.Check(data, nameof(CrossValidation), "data");
        var labels = data.LabelsThere;
        foreach (var fold in labels.Contains(Dataset.IgnoredLabel) ? folds : [])
        {
            check.CheckCounted(Features.GatherRows(labels, data.LabelSize, fold.TrainingIndices), nameof(CrossValidation), $"training data of fold {fold.Number}");
            check.CheckCounted(Features.GatherRows(labels, data.LabelSize, fold.ValidationIndices), nameof(CrossValidation), $"validation data of fold {fold.Number}");
        }
        foreach (var training in folds.Select(fold => data.Count - fold.ValidationIndices.Length).Distinct())
            FitLoop.CheckBatches(network.Architecture, training - (options.ValidationSplit > 0 ? Dataset.PartOf(training, options.ValidationSplit) : 0), batchSize, options, data.Lengths);
    }
}
