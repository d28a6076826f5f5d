namespace GenNet;

/// <summary>How a rank fares.</summary>
enum RankStatus
{
    /// <summary>It goes on.</summary>
    Fine,

    /// <summary>It threw an exception.</summary>
    Failed,

    /// <summary>The same, because the loss was no number.</summary>
    Diverged,

    /// <summary>A callback of its own stopped the fit.</summary>
    Stopped,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
