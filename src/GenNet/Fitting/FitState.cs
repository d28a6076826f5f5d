using System.Text.Json.Serialization;

namespace GenNet;

/// <summary>
/// Where a fit is: kept up to date after every step, so that whatever ended it (<see cref="FitContext.Stop"/>, cancellation, an exception),
/// a fit of the same data, options and trainer that is given this state goes on to the same bits.
/// </summary>
/// <remarks>The weights, the optimiser's state and the number of updates are the trainer's: <see cref="Trainer{TOptimizer}.CopyStateFrom"/>. What <see cref="FitOptions.Schedule"/> has learned of the past follows from <see cref="History"/>.</remarks>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed class FitState
{
    /// <summary>The seed of the fit, known once it has begun.</summary>
    public ulong? Seed { get; set; }

    /// <summary>Epochs completed.</summary>
    public int EpochsDone { get; set; }

    /// <summary>Steps made in the epoch under way.</summary>
    public int StepsDone { get; set; }

    /// <summary>What the batches of the epoch under way follow from: in its middle, a fit of other data or batches is refused. Null before the fit has begun.</summary>
    public EpochSource? Source { get; set; }

    /// <summary>Updates that the trainer had made after the last step: in the middle of an epoch, a trainer that is not as far is refused.</summary>
    public long StepCount { get; set; }

    /// <summary>The sum of the losses of the samples taken in the epoch under way.</summary>
    public double LossSum { get; set; }

    /// <summary>Time spent in the steps of the epoch under way.</summary>
    public TimeSpan TrainingTime { get; set; }

    /// <summary>The results of the epochs completed, in order.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public IList<EpochResult> History { get; } = [];

    /// <summary>The number of the best epoch so far, from 1; 0 where none was judged. Kept with <see cref="FitOptions.EarlyStopping"/> only.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The monitored metric of the best epoch; NaN where none was judged.</summary>
    public double BestMetric { get; set; } = double.NaN;

    /// <summary>The weights after the best epoch; null where none was judged or they are not to be restored.</summary>
    public ParameterBlock? BestParameters { get; set; }

    /// <summary>Whether early stopping has ended the fit.</summary>
    public bool StoppedEarly { get; set; }
}
