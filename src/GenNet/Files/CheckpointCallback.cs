namespace GenNet;

/// <summary>Writes checkpoints while <c>Fit</c> runs. A later run goes on with <c>trainer.Fit(data, options, store.LoadNewest(trainer)?.Fit)</c>. Of several ranks that train together the first writes them.</summary>
/// <param name="store">Where they go.</param>
public sealed class CheckpointCallback(CheckpointStore store) : FitCallback
{
    readonly CheckpointStore _store = store ?? throw new ArgumentNullException(nameof(store));
    readonly int _everyEpochs = 1;
    readonly int _everySteps;

    /// <summary>After how many epochs a checkpoint is written; 0 for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int EveryEpochs
    {
        get => _everyEpochs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _everyEpochs = value;
        }
    }

    /// <summary>After how many updates a checkpoint is written, within an epoch too; 0 for never, as it is at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int EverySteps
    {
        get => _everySteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _everySteps = value;
        }
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context)
    {
        if (EverySteps > 0 && context.Trainer.StepCount % EverySteps == 0)
            Save(context);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochResult result)
    {
        if (EveryEpochs > 0 && result.Epoch % EveryEpochs == 0)
            Save(context);
    }

    void Save(FitContext context)
    {
        if (context.Trainer.Exchange is null or { Rank: 0 })
            _store.Save(context.Trainer, new TrainingState { Fit = context.State });
    }
}
