namespace GenNet;

/// <summary>Training in one call.</summary>
public static class NetworkTraining
{
    internal const int DefaultBatchSize = 32;

    /// <summary>Trains a network for some epochs and returns what each came to.</summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="optimizer">How a gradient changes a weight, <c>new Adam()</c> for example.</param>
    /// <param name="options">Epochs, batch size, validation and so on: <c>new() { Epochs = 20, Validation = test }</c>.</param>
    /// <param name="cancellationToken">Stops between two steps; the weights stay as trained so far.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or the options the data.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as before that step.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FitResult Fit<TOptimizer>(
        this INetwork network, Dataset data, TOptimizer optimizer, FitOptions? options = null, CancellationToken cancellationToken = default)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.CreateTrainer(optimizer, options?.BatchSize ?? DefaultBatchSize).Fit(data, options, cancellationToken: cancellationToken);
    }

    /// <summary>Trains a network with a trainer of your own: to begin with the optimiser's state as it is, or to go on with a fit that ended before its last epoch.</summary>
    /// <param name="trainer">The trainer, and the network, changed.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="options">Epochs, validation and so on.</param>
    /// <param name="state">Where the fit is, kept up to date. A new one, or that of a fit to go on with.</param>
    /// <param name="cancellationToken">Stops between two steps; the weights stay as trained so far.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, the options the data or the trainer, or the state the options.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is not a finite number. The weights are as before that step.</exception>
    /// <exception cref="RankFailedException">Of ranks that train together (<see cref="Trainer.Exchange"/>) one fails, or differs from the first in what must be alike.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, on whichever rank.</exception>
    public static FitResult Fit(
        this Trainer trainer, Dataset data, FitOptions? options = null, FitState? state = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        FitLoop Begin()
        {
            // Other ranks hear of it too.
            ArgumentNullException.ThrowIfNull(data);
            return new(trainer, data, options ?? new FitOptions(), state ?? new FitState());
        }

        return trainer.Meeting is null ? Begin().Run(cancellationToken) : FitTogether.Run(trainer, Begin, cancellationToken);
    }
}
