using GenNet;

namespace Lessons;

/// <summary>One way to train a network.</summary>
/// <param name="Name">What is different about it.</param>
/// <param name="CreateTrainer">A new network and its trainer.</param>
sealed record Attempt(string Name, Func<Trainer> CreateTrainer)
{
    /// <summary>Trains for some epochs, or until the loss is no number, and measures every step.</summary>
    public AttemptResult Run(Dataset data, Dataset test, int epochs)
    {
        var trainer = CreateTrainer();
        var health = trainer.Health ?? throw new InvalidOperationException($"{trainer.Network.Architecture.Name} is not declared with Health = true.");
        health.Interval = 1;
        var record = new HealthRecord();
        var state = new FitState();
        string? end = null;
        try
        {
            trainer.Fit(data, new() { Epochs = epochs, Validation = test, Seed = 1, Callbacks = [record] }, state);
        }
        catch (TrainingDivergedException exception)
        {
            end = exception.Message;
        }
        return new AttemptResult(Name, [.. state.History], record.Epochs, record.Worst, end);
    }
}
