namespace GenNet;

/// <summary>A callback of another rank stopped the fit, or it was cancelled there.</summary>
sealed class RankEndedException(RankStatus status) : Exception("The fit ended on another rank.")
{
    /// <summary>Which of the two.</summary>
    public RankStatus Status { get; } = status;
}
