namespace GenNet;

/// <summary>What a cross-validation came to.</summary>
/// <param name="Folds">The result of each fold, in order.</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldResult> Folds)
{
    /// <summary>The mean of the folds' validation losses, and of each of their other figures, those of each head too.</summary>
    public Evaluation Mean => Over(values => values.Average());

    /// <summary>The standard deviation of the folds' validation losses, and of each of their other figures, with k − 1 in the denominator.</summary>
    public Evaluation Deviation => Over(Spread);

    Evaluation Over(Func<IEnumerable<double>, double> measure) => Over(Folds.Select(fold => fold.Validation).ToArray(), measure);

    static Evaluation Over(Evaluation[] results, Func<IEnumerable<double>, double> measure)
    {
        double Of(Func<Evaluation, double> figure) => measure(results.Select(figure));
        return new(Of(result => result.Loss), Of(result => result.Accuracy))
        {
            RootMeanSquaredError = Of(result => result.RootMeanSquaredError),
            MeanAbsoluteError = Of(result => result.MeanAbsoluteError),
            RSquared = Of(result => result.RSquared),
            Heads = results[0].Heads?.Keys.ToDictionary(name => name, name => Over([.. results.Select(result => result.Heads![name])], measure)),
        };
    }

    static double Spread(IEnumerable<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count() - 1));
    }
}
