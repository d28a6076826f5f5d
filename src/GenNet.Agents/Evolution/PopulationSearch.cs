using System.Diagnostics;

namespace GenNet.Agents;

/// <summary>
/// What searches by generations of networks: they are judged by whatever judges them, and what they are worth is told (<see cref="Tell"/>); or <see cref="Learn{TEnvironment}"/> does it all.
/// All of it follows from the seed: the same bits on every machine with fused multiply-add and with any number of threads. Nothing is allocated for a generation once warm.
/// </summary>
public abstract class PopulationSearch
{
    readonly List<Generation> _history = new(capacity: 1024);

    /// <summary>How often the environments refused the generation that is to be judged.</summary>
    int _refusals;
    readonly Standardizer? _standardizer;
    Generation _told;

    private protected PopulationSearch(int population, Standardizer? standardizer, ulong seed) => (Population, _standardizer, Random) = (population, standardizer, new RandomStream(seed));

    /// <summary>What all random numbers are split off from.</summary>
    private protected RandomStream Random { get; private set; }

    /// <summary>Networks of a generation.</summary>
    public int Population { get; }

    /// <summary>What the search has come to.</summary>
    public abstract INetwork Network { get; }

    /// <summary>The generations so far.</summary>
    public IReadOnlyList<Generation> History => _history;

    /// <summary>Environment steps so far, of <see cref="Learn{TEnvironment}"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// What moves bytes between the ranks that search together, null, as it is at first, for searching alone. In <see cref="Learn{TEnvironment}"/> each rank judges its own networks of a generation,
    /// and tells the others what they are worth; all have all networks, which follow from the seed. The bits are those of one rank.
    /// </summary>
    public IRankExchange? Exchange { get; set; }

    /// <summary>Takes what the networks of the generation are worth, and makes the next one.</summary>
    /// <param name="fitness">[population] the more the better.</param>
    /// <exception cref="ArgumentException">There are not as many as networks.</exception>
    /// <exception cref="NotFiniteNumberException">One is not a finite number. All is as it was.</exception>
    /// <exception cref="InvalidOperationException">The next generation is being made (<see cref="IsDue"/>).</exception>
    public void Tell(ReadOnlySpan<double> fitness)
    {
        BeginTell(fitness);
        Complete();
    }

    /// <summary>Takes what the networks of the generation are worth, and leaves the next one to <see cref="Advance()"/>: to the same bits as <see cref="Tell"/>, in however many pieces.</summary>
    /// <inheritdoc cref="Tell"/>
    public void BeginTell(ReadOnlySpan<double> fitness)
    {
        CheckNotDue(nameof(Tell));
        Fitness.Check(fitness, Population, GetType().Name);
        _told = Generation.Of(_history.Count + 1, fitness, Steps);
        Rank(fitness);
        Update.Begin();
        IsDue = true;
    }

    /// <summary>Whether the next generation is being made: <see cref="Advance()"/> goes on with it, and <see cref="Save(string)"/> and <see cref="Load(string)"/> wait for it.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Goes on with the next generation by the smallest piece: some networks, one where they are large. So a program breeds between two frames.</summary>
    /// <returns>Whether it is complete, and the present one is the last of <see cref="History"/>.</returns>
    /// <exception cref="InvalidOperationException">None is being made (<see cref="IsDue"/>).</exception>
    public bool Advance() => Advance(pieces: 1);

    /// <summary>Goes on piece by piece for as long as there is time, or until the next generation is complete. A piece that has begun is finished.</summary>
    /// <param name="budget">The time.</param>
    /// <returns>Whether it is complete.</returns>
    /// <inheritdoc cref="Advance()"/>
    public bool Advance(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        while (!Advance())
            if (Stopwatch.GetElapsedTime(start) >= budget)
                return false;
        return true;
    }

    bool Advance(int pieces)
    {
        if (!IsDue)
            throw new InvalidOperationException($"{GetType().Name}.{nameof(Advance)}: no generation is being made. Call {nameof(BeginTell)} first, and {nameof(Advance)} while {nameof(IsDue)}.");
        if (!Update.Advance(pieces))
            return false;
        IsDue = false;
        _history.Add(_told);
        return true;
    }

    void Complete()
    {
        while (IsDue)
            Advance(int.MaxValue);
    }

    /// <summary>Throws while the next generation is being made.</summary>
    private protected void CheckNotDue(string member)
    {
        if (IsDue)
            throw new InvalidOperationException($"{GetType().Name}.{member}: the next generation is being made. Call {nameof(Advance)} until it is complete.");
    }

    /// <summary>Learns in an environment: each network of a generation acts for the same episodes, without chance, and is worth its mean return. A generation that is being made is completed first.</summary>
    /// <param name="environments">As many environments as threads may work: <c>new Track[2]</c>. Threads take whole networks.</param>
    /// <param name="generations">Generations, counted from the first.</param>
    /// <param name="episodes">Episodes of each network.</param>
    /// <param name="targetFitness">Ends after the generation whose fitness is this or more: the mean of a strategy's, the best of a genetic algorithm's. Null to go on.</param>
    /// <param name="progress">Told of each generation, on the first rank.</param>
    /// <param name="cancellationToken">Ends it between two steps, and the generation counts as not begun.</param>
    /// <exception cref="ArgumentException">The networks do not fit the environment, or an environment is missing or given twice.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">An observation, a reward or an output is no finite number. What was learnt is kept; called again, the generation is judged by other episodes, by one rank alone.</exception>
    /// <exception cref="InvalidOperationException">An environment allows no action. What was learnt is kept.</exception>
    /// <exception cref="RankFailedException">Another rank cannot go on, is elsewhere, or was given something else. What was learnt is kept.</exception>
    public void Learn<TEnvironment>(TEnvironment[] environments, int generations, int episodes = 1, double? targetFitness = null, IProgress<Generation>? progress = null, CancellationToken cancellationToken = default)
        where TEnvironment : IEnvironment
    {
        Complete();
        var ranks = Exchange is { Ranks: > 1 }
            ? new JudgingRanks(Exchange, Population, GetType().Name, new RandomStream((ulong)generations).Split((ulong)episodes).Split(BitConverter.DoubleToUInt64Bits(targetFitness ?? double.NaN)).Key)
            : null;
        var judges = CreateJudges(environments, episodes, ranks);
        ranks?.Compare(Texts, (ulong)_history.Count);
        while (_history.Count < generations)
        {
            ReadOnlySpan<double> fitness;
            try
            {
                fitness = judges.Judge(_history.Count, _refusals, Network, cancellationToken);
            }
            catch (Exception e) when (ranks is null && e is not OperationCanceledException)
            {
                // The same episodes would be refused again. Of several ranks each sees another exception, and all must go on with the same episodes.
                _refusals++;
                throw;
            }
            _refusals = 0;
            Steps += judges.Steps;
            Tell(fitness);
            var failure = RankProgress.Report(progress, _history[^1], Exchange);
            ranks?.Agree(failure, (ulong)_history.Count);
            if (Judged(_history[^1]) >= targetFitness)
                break;
        }
    }

    Judges<TEnvironment> CreateJudges<TEnvironment>(TEnvironment[] environments, int episodes, JudgingRanks? ranks) where TEnvironment : IEnvironment
    {
        try
        {
            var judges = new Judges<TEnvironment>(environments, Network, Population, episodes, Random, _standardizer) { Ranks = ranks };
            judges.Candidate = Candidates(judges.Threads);
            return judges;
        }
        catch (Exception e) when (ranks is not null)
        {
            // Other ranks wait for what this one is to judge.
            ranks.Agree(e, place: 0);
            throw;
        }
    }

    /// <summary>Lets the network that the search has come to act for whole episodes, without chance.</summary>
    /// <param name="environment">An environment for it.</param>
    /// <param name="episodes">Episodes.</param>
    /// <param name="seed">What the episodes follow from.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The return of each episode.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="episodes"/> is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] Evaluate<TEnvironment>(TEnvironment environment, int episodes = 100, ulong seed = 0, CancellationToken cancellationToken = default) where TEnvironment : IEnvironment =>
        Episodes.Run(Network, TEnvironment.ActionSpace.Count, firstOutput: 0, _standardizer, environment, episodes, seed, cancellationToken);

    /// <summary>Writes a checkpoint between two generations: search that goes on from it has the same bits as one that never stopped.</summary>
    /// <param name="path">The file, which is replaced in one go. It can be loaded as a model too, <see cref="Network"/>.</param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, or the next generation is being made (<see cref="IsDue"/>). Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public void Save(string path)
    {
        CheckNotDue(nameof(Save));
        AgentFile.Save(path, Network.CreateTrainer(new Sgd(1), batchSize: 1), value: null, Run);
    }

    /// <summary>Goes on where the search of a checkpoint was: in a search of the same networks and hyper-parameters, of whatever seed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such a search with such settings. The message names the file and the fault. All is as it was.</exception>
    /// <exception cref="InvalidOperationException">The next generation is being made (<see cref="IsDue"/>). All is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read. All is as it was.</exception>
    public void Load(string path)
    {
        CheckNotDue(nameof(Load));
        var copy = Network.Clone();
        AgentFile.Load(path, copy.CreateTrainer(new Sgd(1), batchSize: 1), value: null, Run);
        Network.Parameters.CopyFrom(copy.Parameters);
    }

    AgentRun Run => new(Kind, Texts, Write, Read, () =>
    {
        var arrays = new RunArrays();
        AddTo(arrays);
        return arrays;
    });

    void Write(BinaryWriter writer)
    {
        writer.Write(Random.Key);
        writer.Write(Steps);
        writer.Write(_refusals);
        Generation.Save(_history, writer);
        Save(writer);
    }

    void Read(BinaryReader reader)
    {
        Random = RandomStream.Resume(reader.ReadUInt64(), 0);
        Steps = reader.ReadInt64();
        _refusals = reader.ReadInt32();
        Generation.Load(_history, reader);
        Load(reader);
    }

    /// <summary>Puts the networks of this generation in order.</summary>
    private protected abstract void Rank(ReadOnlySpan<double> fitness);

    /// <summary>Makes the next generation of them.</summary>
    private protected abstract RowPasses Update { get; }

    /// <summary>Gives each of several threads the networks of the present generation by their numbers.</summary>
    private protected abstract Func<int, int, INetwork> Candidates(int threads);

    /// <summary>What a generation is judged by.</summary>
    private protected abstract double Judged(Generation generation);

    /// <summary>What must be the same for a checkpoint to fit.</summary>
    private protected abstract string Kind { get; }

    /// <summary>The hyper-parameters in words.</summary>
    private protected abstract IReadOnlyList<(string Name, string Text)> Texts { get; }

    /// <summary>Writes what is known beside <see cref="Network"/>, but for arrays.</summary>
    private protected virtual void Save(BinaryWriter writer) { }

    /// <summary>Reads it again.</summary>
    private protected virtual void Load(BinaryReader reader) { }

    /// <summary>Adds the arrays.</summary>
    private protected virtual void AddTo(RunArrays arrays) { }
}
