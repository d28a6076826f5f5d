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
    IRankExchange? _exchange;

    private protected Agent() { }

    /// <summary>
    /// What moves bytes between the ranks that learn together, null, as it is at first, for learning alone. All ranks have all environments, and each steps its own; what came of it they tell one another.
    /// Gradients are divided too where a batch has as many parts of 128 samples as there are ranks. The bits are those of one rank.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer environments than ranks.</exception>
    /// <exception cref="InvalidOperationException">This rank has learnt together with others and not saved since: where their environments are it does not know.</exception>
    public IRankExchange? Exchange
    {
        get => _exchange;
        set
        {
            if (Ranks is { IsWhole: false })
                throw new InvalidOperationException($"{Name} has learnt together with other ranks, whose environments are not known here: {nameof(Exchange)} is set before learning, or after all ranks have saved or loaded a checkpoint.");
            var ranks = value is { Ranks: > 1 } ? new EnvironmentRanks(value, EnvironmentCount, Name) : null;
            (_exchange, Ranks) = (value, ranks);
            ExchangeChanged();
        }
    }

    /// <summary>The ranks that learn together; null where there is one.</summary>
    private protected EnvironmentRanks? Ranks { get; private set; }

    /// <summary>Who learns, for messages.</summary>
    private protected abstract string Name { get; }

    private protected abstract int EnvironmentCount { get; }

    private protected abstract void ExchangeChanged();

    /// <summary>The ranks compare what must be alike, where they have not yet.</summary>
    private protected abstract void Compare();

    /// <summary>A fingerprint of where learning is.</summary>
    private protected abstract ulong Place { get; }

    /// <summary>Every rank gets all that the others know of their environments.</summary>
    private protected abstract void ShareEnvironments();

    /// <summary>Whether gradients of batches of so many samples are divided among ranks. Batch normalisation takes the statistics of 128 samples at a time, which ranks would not.</summary>
    private protected bool Divides(INetwork network, int samples) =>
        Ranks is not null && (samples - 1) / PolicyHead.Rows + 1 >= Exchange!.Ranks && !network.Architecture.Layers.Any(layer => layer is BatchNormLayer);

    /// <summary>Has a checkpoint written: of several ranks by the first, which then knows the environments of all.</summary>
    private protected void Save(Action write)
    {
        if (Ranks is null)
        {
            write();
            return;
        }
        Ranks.Call = RoundCall.Save;
        try
        {
            Compare();
            Ranks.Agree(null, Place);
            ShareEnvironments();
            Exception? failure = null;
            try
            {
                if (Ranks.Writes)
                    write();
            }
            catch (Exception e)
            {
                failure = e;
            }
            Ranks.Agree(failure, Place);
        }
        finally
        {
            Ranks.EndCall();
        }
    }

    /// <summary>Has a checkpoint read, on all of several ranks or on none.</summary>
    /// <param name="read">Reads it. What it is given it calls with a fingerprint of what it has read while it can still leave all as it was; null where there is one rank.</param>
    private protected void Load(Action<Action<ulong>?> read)
    {
        if (Ranks is null)
        {
            read(null);
            return;
        }
        Ranks.Call = RoundCall.Load;
        var agreed = false;
        try
        {
            read(place =>
            {
                agreed = true;
                Ranks.Agree(null, place);
            });
        }
        catch (Exception e) when (!agreed)
        {
            Ranks.Agree(e, place: 0);
            throw;
        }
        finally
        {
            Ranks.EndCall();
        }
    }

    /// <summary>Ranks that learn from a batch together find out before whether all do.</summary>
    private protected void MeetBefore(Trainer trainer)
    {
        if (trainer.Exchange is not null)
            Ranks?.Agree(null, place: 0);
    }

    /// <summary>Environment steps so far, of all environments.</summary>
    public abstract long Steps { get; }

    /// <summary>How it fared, the first report first.</summary>
    public IReadOnlyList<TReport> History => Reports;

    /// <summary>Learns until there are so many environment steps, counted from the first, and what is due then is done.</summary>
    /// <param name="steps">Environment steps, of all environments.</param>
    /// <param name="targetReturn">Ends with the report in which the mean return of the last 100 episodes is this or more; null to go on.</param>
    /// <param name="progress">Told of each report, on the first rank.</param>
    /// <param name="cancellationToken">Ends it between two pieces: it goes on from there. Of several ranks all end, when they next tell one another of their environments.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">An observation, a reward, an output or a gradient is no finite number. What was learnt is kept.</exception>
    /// <exception cref="InvalidOperationException">An environment allows no action. What was learnt is kept.</exception>
    /// <exception cref="RankFailedException">Another rank cannot go on, is elsewhere, or was given something else. What was learnt is kept.</exception>
    public void Learn(long steps, double? targetReturn = null, IProgress<TReport>? progress = null, CancellationToken cancellationToken = default)
    {
        try
        {
            if (Ranks is not null)
            {
                // Before anything is learnt: a call that is refused leaves all as it was.
                (Ranks.Call, Ranks.Cancellation, Ranks.Arguments) = (RoundCall.Learn, cancellationToken, new RandomStream((ulong)steps).Split(BitConverter.DoubleToUInt64Bits(targetReturn ?? double.NaN)).Key);
                Compare();
                Ranks.Agree(null, Place);
                Ranks.ThrowIfCancelled();
            }
            if (Steps < steps)
                steps = EndOf(steps);
            while (Steps < steps || IsDue)
            {
                if (Ranks is null)
                    cancellationToken.ThrowIfCancellationRequested();
                var reported = AdvanceFar(steps);
                if (reported)
                {
                    var failure = RankProgress.Report(progress, Reports[^1], Exchange);
                    Ranks?.Agree(failure, Place);
                }
                Ranks?.ThrowIfCancelled();
                if (reported && Returns.Mean >= targetReturn)
                    break;
            }
        }
        finally
        {
            Ranks?.EndCall();
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

    /// <summary>The steps with which learning ends that is to make so many, more than there are.</summary>
    private protected virtual long EndOf(long steps) => steps;

    /// <summary>Goes on by a piece, or by several that are faster together.</summary>
    /// <param name="steps">Environment steps that are wanted, counted from the first.</param>
    private protected virtual bool AdvanceFar(long steps) => Advance();
}
