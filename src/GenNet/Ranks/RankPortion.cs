namespace GenNet;

/// <summary>Rows that ranks compute together: those of a batch, or of a portion of one that is accumulated.</summary>
/// <param name="Rows">Their number.</param>
/// <param name="Before">Samples of the batch before them.</param>
/// <param name="Samples">All samples of the batch.</param>
/// <param name="Plan">Who computes which. Losses, and what layers need of all rows, are added as those of a batch of its own.</param>
/// <param name="OfBatch">The same, for gradients, which are added as those of the batch.</param>
readonly record struct RankPortion(int Rows, int Before, int Samples, RankPlan Plan, RankPlan OfBatch);
