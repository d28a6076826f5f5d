namespace GenNet;

/// <summary>What one fold of a cross-validation came to.</summary>
/// <param name="Fold">Its number, from 1.</param>
/// <param name="Fit">The fit to its training part.</param>
/// <param name="Validation">The fitted network's quality on its validation part, which it never saw.</param>
public sealed record FoldResult(int Fold, FitResult Fit, Evaluation Validation);
