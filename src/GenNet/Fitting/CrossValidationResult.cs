namespace GenNet;

/// <summary>What a cross-validation came to.</summary>
/// <param name="Folds">The result of each fold, in order.</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldResult> Folds)
{
    /// <summary>The mean of the folds' validation losses and of their accuracies.</summary>
    public Evaluation Mean => Over(values => values.Average());

    /// <summary>The standard deviation of the folds' validation losses and of their accuracies, with k − 1 in the denominator.</summary>
    public Evaluation Deviation => Over(Spread);

    Evaluation Over(Func<IEnumerable<double>, double> measure) =>
        new(measure(Folds.Select(fold => fold.Validation.Loss)), measure(Folds.Select(fold => fold.Validation.Accuracy)));

    static double Spread(IEnumerable<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count() - 1));
    }
}
