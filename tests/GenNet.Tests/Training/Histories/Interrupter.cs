namespace GenNet.Tests.Training.Histories;

/// <summary>Interrupts a fit at one of the events that it is told of, whichever it is, and writes a checkpoint at another one.</summary>
sealed class Interrupter(Interruption kind, int at, string path, int checkpointAt) : FitCallback, IProgress<EpochResult>, IDisposable
{
    readonly CancellationTokenSource _source = new();
    int _events;
    float? _spoiled;
    FitContext? _context;

    /// <summary>The number of the event.</summary>
    public int At => at;

    public CancellationToken Token => _source.Token;

    public override void OnFitBegin(FitContext context) => Happen(context);

    public override void OnEpochBegin(FitContext context) => Happen(context);

    public override void OnBatchEnd(FitContext context) => Happen(context);

    public override void OnEpochEnd(FitContext context, EpochResult result) => Happen(context);

    public override void OnFitEnd(FitContext context, FitResult result) => Happen(context);

    public void Report(EpochResult value) => Happen(_context!);

    public void Dispose() => _source.Dispose();

    /// <summary>Takes back what made the loss no number.</summary>
    public void PutRight(Trainer trainer)
    {
        if (_spoiled is { } value)
            SetBias(trainer, value);
    }

    void Happen(FitContext context)
    {
        _context = context;
        if (++_events == checkpointAt)
            Checkpoint.Save(path, context.Trainer, new TrainingState { Fit = context.State });
        if (_events != at)
            return;
        switch (kind)
        {
            case Interruption.Stop:
                context.Stop();
                break;
            case Interruption.Cancel:
                _source.Cancel();
                break;

            // Only where another step follows, which is refused.
            case Interruption.Diverge when context.Step < context.StepsPerEpoch && context.State.StepsDone > 0:
                _spoiled = SetBias(context.Trainer, float.NaN);
                checkpointAt = int.MaxValue;
                break;
            default:
                throw new Thrown();
        }
    }

    /// <summary>Sets a bias of the last layer; returns what it was.</summary>
    static float SetBias(Trainer trainer, float value)
    {
        var last = trainer.Network.Parameters.Dense(trainer.Network.Parameters.LayerCount - 1);
        var before = last.Biases[1];
        last.Biases[1] = value;
        return before;
    }

    /// <summary>What a callback throws.</summary>
    public sealed class Thrown : Exception;
}
