namespace GenNet;

/// <summary>What a fit came to.</summary>
/// <param name="Epochs">The result of each epoch completed, in order.</param>
/// <param name="BestEpoch">The number of the best epoch, from 1: of the one whose weights the network has now, where they were restored; 0 without <see cref="FitOptions.EarlyStopping"/>.</param>
/// <param name="End">Why the fit ended.</param>
public sealed record FitResult(IReadOnlyList<EpochResult> Epochs, int BestEpoch, FitEnd End);
