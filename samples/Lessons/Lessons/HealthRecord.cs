using GenNet;

namespace Lessons;

/// <summary>Writes down how the layers fare: at the end of each epoch, and whatever is wrong after a step.</summary>
sealed class HealthRecord : FitCallback
{
    readonly List<LayerFigures[]> _epochs = [];

    public IReadOnlyList<LayerFigures[]> Epochs => _epochs;

    /// <summary>What was wrong, the first time that something was.</summary>
    public IReadOnlyList<HealthFinding> Worst { get; private set; } = [];

    public override void OnBatchEnd(FitContext context)
    {
        if (Worst.Count == 0)
            Worst = context.Trainer.Health!.Diagnose();
    }

    public override void OnEpochEnd(FitContext context, EpochResult result)
    {
        _epochs.Add([.. context.Trainer.Health!.Layers.Select(LayerFigures.Of)]);
        if (Worst.Count == 0)
            Worst = result.Findings;
    }
}
