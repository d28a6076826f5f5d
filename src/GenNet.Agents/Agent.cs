using System.Diagnostics;

namespace GenNet.Agents;

/// <summary>
/// What learns from reward in environments, piece by piece. All of it follows from its seed, and the bits do not depend on how many pieces there are in a call, nor on the clock.
/// </summary>
/// <typeparam name="TReport">What it tells of how it fares.</typeparam>
public abstract class Agent<TReport> where TReport : struct
{
    // What it tells grows by an update and not by a step: room for most runs.
    private protected readonly List<TReport> Reports = new(capacity: 1024);
    private protected readonly RecentReturns Returns = new();

    private protected Agent() { }

    /// <summary>Environment steps so far, of all environments.</summary>
    public abstract long Steps { get; }

    /// <summary>How it fared, the first report first.</summary>
    public IReadOnlyList<TReport> History => Reports;

    /// <summary>Learns until there are so many environment steps, counted from the first, and what is due then is done.</summary>
    /// <param name="steps">Environment steps, of all environments.</param>
    /// <param name="targetReturn">Ends with the report in which the mean return of the last 100 episodes is this or more; null to go on.</param>
    /// <param name="progress">Told of each report.</param>
    /// <param name="cancellationToken">Ends it between two pieces: it goes on from there.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">An observation, a reward, an output or a gradient is no finite number. What was learnt is kept.</exception>
    /// <exception cref="InvalidOperationException">An environment allows no action. What was learnt is kept.</exception>
    public void Learn(long steps, double? targetReturn = null, IProgress<TReport>? progress = null, CancellationToken cancellationToken = default)
    {
        while (Steps < steps || IsDue)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!AdvanceFar())
                continue;
            progress?.Report(Reports[^1]);
            if (Returns.Mean >= targetReturn)
                break;
        }
    }

    /// <summary>
    /// Goes on by the smallest piece: a step of each environment, what follows from the last of them, or a batch. So a program learns between two frames.
    /// </summary>
    /// <returns>Whether there is a new report, which is then the last of <see cref="History"/>.</returns>
    /// <inheritdoc cref="Learn"/>
    public abstract bool Advance();

    /// <summary>Goes on piece by piece for as long as there is time. A piece that has begun is finished.</summary>
    /// <param name="budget">The time.</param>
    /// <returns>Whether there is a new report.</returns>
    /// <inheritdoc cref="Learn"/>
    public bool Advance(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        var reported = false;
        do
            reported |= Advance();
        while (Stopwatch.GetElapsedTime(start) < budget);
        return reported;
    }

    /// <summary>Whether something is to be learnt before the environments go on.</summary>
    private protected abstract bool IsDue { get; }

    /// <summary>Goes on by a piece, or by several that are faster together.</summary>
    private protected virtual bool AdvanceFar() => Advance();
}
