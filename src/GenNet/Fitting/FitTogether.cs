namespace GenNet;

/// <summary>A fit on several ranks, which ends on all of them or on none.</summary>
static class FitTogether
{
    /// <summary>Fits, and tells the other ranks how it ended: those that are done or failed meet the others wherever they are.</summary>
    /// <param name="trainer">The trainer, which has an exchange.</param>
    /// <param name="begin">Checks all and makes the fit.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public static FitResult Run(Trainer trainer, Func<FitLoop> begin, CancellationToken cancellationToken)
    {
        var meeting = trainer.Meeting!;
        try
        {
            var fit = begin();
            trainer.Compare(fit.AddToComparison);
            var result = fit.Run(cancellationToken);
            if (!fit.Ended.Elsewhere)
                Meet(trainer, fit.Ended.Stopped ? RankStatus.Stopped : RankStatus.Fine, null);
            return result;
        }
        catch (RankEndedException)
        {
            throw new OperationCanceledException("The fit was cancelled on another rank.");
        }
        catch (OperationCanceledException)
        {
            Meet(trainer, RankStatus.Cancelled, null);
            throw;
        }
        catch (Exception e) when (e is not RankFailedException && !meeting.Knows(e))
        {
            Meet(trainer, RankStatus.Fine, e);
            throw;
        }
    }

    static void Meet(Trainer trainer, RankStatus status, Exception? failure)
    {
        trainer.BeginReport(RankCall.EndOfFit).Status = status;
        _ = trainer.Meet(failure);
    }
}
