namespace GenNet;

/// <summary>Told what happens in a fit. Override what you need. What runs on every batch should allocate nothing.</summary>
/// <remarks>One object may be told of several fits, one after the other, as of the folds of a cross-validation: what it remembers of a fit starts anew in <see cref="OnFitBegin"/>.</remarks>
public abstract class FitCallback
{
    /// <summary>The fit begins or goes on.</summary>
    public virtual void OnFitBegin(FitContext context) { }

    /// <summary>An epoch begins, or goes on where it was left.</summary>
    public virtual void OnEpochBegin(FitContext context) { }

    /// <summary>A step was made.</summary>
    public virtual void OnBatchEnd(FitContext context) { }

    /// <summary>An epoch is over, and validated. The weights are those of its last step.</summary>
    public virtual void OnEpochEnd(FitContext context, EpochResult result) { }

    /// <summary>The fit is over; not called where an exception ended it. The best weights are restored already.</summary>
    public virtual void OnFitEnd(FitContext context, FitResult result) { }
}
