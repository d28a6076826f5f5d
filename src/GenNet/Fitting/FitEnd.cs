namespace GenNet;

/// <summary>Why a fit ended.</summary>
public enum FitEnd
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary><see cref="FitOptions.EarlyStopping"/> saw no improvement for longer than its patience.</summary>
    StoppedEarly,

    /// <summary>A callback stopped it.</summary>
    StoppedByCallback,
}
