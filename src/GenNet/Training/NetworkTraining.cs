using System.Diagnostics;

namespace GenNet;

/// <summary>Training in one call.</summary>
public static class NetworkTraining
{
    /// <summary>Trains a network for some epochs and returns what each came to.</summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="optimizer">How a gradient changes a weight, <c>new Adam()</c> for example.</param>
    /// <param name="epochs">How often it sees every sample.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="validation">Data to judge it by after each epoch.</param>
    /// <param name="seed">The order of the samples follows from it.</param>
    /// <param name="schedule">How the learning rate changes from step to step; <see cref="Schedule.PerEpoch"/> counts epochs.</param>
    /// <param name="progress">Told each epoch's result.</param>
    /// <param name="cancellationToken">Stops between two steps; the weights stay as trained so far.</param>
    /// <returns>The results of the epochs, in order.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as before that step.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<EpochResult> Fit<TOptimizer>(
        this INetwork network,
        Dataset data,
        TOptimizer optimizer,
        int epochs = 10,
        int batchSize = 32,
        Dataset? validation = null,
        ulong seed = 0,
        ISchedule? schedule = null,
        IProgress<EpochResult>? progress = null,
        CancellationToken cancellationToken = default)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        var trainer = network.CreateTrainer(optimizer, batchSize);
        trainer.Schedule = schedule;
        var history = new List<EpochResult>(epochs);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            var loss = 0.0;
            foreach (var batch in data.Shuffled(new RandomStream(seed).Split((ulong)epoch).Key).Batches(batchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                loss += (double)trainer.Step(batch) * batch.Count;
            }
            var time = Stopwatch.GetElapsedTime(start);
            var result = new EpochResult(epoch, loss / data.Count, validation is null ? null : trainer.Evaluate(validation), time);
            history.Add(result);
            (schedule as IMetricSchedule)?.Report(result.Validation?.Loss ?? result.Loss);
            progress?.Report(result);
        }
        return history;
    }
}
