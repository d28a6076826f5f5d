using System.Globalization;
using System.Runtime.InteropServices;
using GenNet.Kernels;

namespace GenNet.Agents;

/// <summary>
/// A genetic algorithm over the weights of many networks: the fittest have children, by uniform crossover and Gaussian mutation (<see cref="ParameterBlock.CrossOver"/>, <see cref="ParameterBlock.Mutate"/>).
/// What networks are worth is told by whatever judges them; or <see cref="Learn{TEnvironment}"/> does it all. All of it follows from the seed: the same bits on every machine and with any number of threads.
/// </summary>
/// <remarks>Nothing is allocated for a generation once warm.</remarks>
public sealed class GeneticAlgorithm
{
    /// <summary>Networks that have no place in the generation, as many as stay or have children.</summary>
    readonly INetwork[] _spare;

    readonly INetwork[] _free;
    readonly double[] _keys;
    readonly int[] _order;
    readonly List<Generation> _history = new(capacity: 1024);
    readonly Breeding _breeding;
    readonly int _parents, _staying;
    INetwork[] _networks, _next;
    RandomStream _random;

    /// <param name="network">A network: the first generation is of copies of it, each changed at random. It stays as it is.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentException">There would be more elites than networks.</exception>
    public GeneticAlgorithm(INetwork network, GeneticAlgorithmOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        (Options, _random) = (options ?? new GeneticAlgorithmOptions(), new RandomStream(seed));
        if (Options.Elites > Options.Population)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {Options.Elites} elites among {Options.Population} networks: set fewer."), nameof(options));
        _parents = Math.Max(1, (int)(Options.Parents * Options.Population));

        _staying = Math.Max(_parents, Options.Elites);
        (_networks, _next, _free) = (new INetwork[Options.Population], new INetwork[Options.Population], new INetwork[Options.Population]);
        _spare = new INetwork[_staying];
        for (var index = 0; index < _spare.Length; index++)
            _spare[index] = network.Clone();
        for (var index = 0; index < _networks.Length; index++)
        {
            _networks[index] = network.Clone();
            var random = StreamOf(index);
            _networks[index].Parameters.Mutate(ref random, rate: 1, Options.InitialDeviation);
        }
        (_keys, _order) = (new double[Options.Population], new int[Options.Population]);
        _breeding = new Breeding(this);
    }

    /// <summary>The networks of the present generation. After a generation the elites come first, the fittest of them first. Another generation has them in other places.</summary>
    public IReadOnlyList<INetwork> Networks => _networks;

    /// <summary>The fittest network of the last generation that was told of, where there are elites.</summary>
    public INetwork Best => _networks[0];

    /// <summary>The hyper-parameters.</summary>
    public GeneticAlgorithmOptions Options { get; }

    /// <summary>The generations so far.</summary>
    public IReadOnlyList<Generation> History => _history;

    /// <summary>Environment steps so far, of <see cref="Learn{TEnvironment}"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes what the networks of the generation are worth, and breeds the next one in their place.</summary>
    /// <param name="fitness">[population] of <see cref="Networks"/>, the more the better.</param>
    /// <exception cref="ArgumentException">There are not as many as networks.</exception>
    /// <exception cref="NotFiniteNumberException">One is not a finite number. All is as it was.</exception>
    public void Tell(ReadOnlySpan<double> fitness)
    {
        Fitness.Check(fitness, _networks.Length, nameof(GeneticAlgorithm));
        for (var index = 0; index < fitness.Length; index++)
            _keys[index] = -fitness[index];
        Fitness.Rank(_keys, _order);
        _history.Add(Generation.Of(_history.Count + 1, fitness, Steps));

        // Children get the memory that was to spare, and that of networks that have no children and do not stay.
        int count = _networks.Length, elites = Options.Elites;
        _spare.CopyTo(_free, 0);
        for (var rank = _staying; rank < count; rank++)
            _free[rank] = _networks[_order[rank]];
        for (var rank = 0; rank < elites; rank++)
            _next[rank] = _networks[_order[rank]];
        Array.Copy(_free, 0, _next, elites, count - elites);
        WorkerTeam.Run(_breeding, Math.Min(Parallelism.Threads, count - elites));

        // What is left over, and the parents that do not stay, are to spare next time.
        Array.Copy(_free, count - elites, _spare, 0, elites);
        for (var rank = elites; rank < _staying; rank++)
            _spare[rank] = _networks[_order[rank]];
        (_networks, _next) = (_next, _networks);
    }

    /// <summary>The random numbers of a network of the present generation.</summary>
    RandomStream StreamOf(int index) => _random.SplitFor(RandomPurpose.Weights).Split((ulong)_history.Count).Split((ulong)index);

    /// <summary>Makes a child of the fittest.</summary>
    void Breed(int index)
    {
        var random = StreamOf(index);
        var child = _next[index].Parameters;
        var parent = Parent(ref random);
        if (Options.CrossOver)
            child.CrossOver(parent, Parent(ref random), ref random);
        else
            child.CopyFrom(parent);
        child.Mutate(ref random, Options.MutationRate, Options.MutationDeviation);
    }

    ParameterBlock Parent(ref RandomStream random) => _networks[_order[random.NextInt32(_parents)]].Parameters;

    /// <summary>Learns in an environment: each network acts for the same episodes, without chance, and is worth its mean return.</summary>
    /// <param name="environments">As many environments as threads may work: <c>new Track[2]</c>. Threads take whole networks.</param>
    /// <param name="generations">Generations, counted from the first.</param>
    /// <param name="episodes">Episodes of each network.</param>
    /// <param name="targetFitness">Ends after the generation whose best fitness is this or more; null to go on.</param>
    /// <param name="progress">Told of each generation.</param>
    /// <param name="cancellationToken">Ends it between two generations: it goes on from there.</param>
    /// <exception cref="ArgumentException">The networks do not fit the environment, or there is no environment.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">An observation, a reward or an output is no finite number. What was learnt is kept.</exception>
    public void Learn<TEnvironment>(TEnvironment[] environments, int generations, int episodes = 1, double? targetFitness = null, IProgress<Generation>? progress = null, CancellationToken cancellationToken = default)
        where TEnvironment : IEnvironment
    {
        var judges = new Judges<TEnvironment>(environments, _networks[0], _networks.Length, episodes, _random, Options.Standardizer) { Candidate = (_, index) => _networks[index] };
        while (_history.Count < generations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fitness = judges.Judge(_history.Count);
            Steps += judges.Steps;
            Tell(fitness);
            progress?.Report(_history[^1]);
            if (_history[^1].Best >= targetFitness)
                break;
        }
    }

    /// <summary>Lets the first network, the fittest of the last generation where there are elites, act for whole episodes, without chance.</summary>
    /// <param name="environment">An environment for it.</param>
    /// <param name="episodes">Episodes.</param>
    /// <param name="seed">What the episodes follow from.</param>
    /// <returns>The return of each episode.</returns>
    public double[] Evaluate<TEnvironment>(TEnvironment environment, int episodes = 100, ulong seed = 0) where TEnvironment : IEnvironment =>
        Episodes.Run(Best, firstOutput: 0, Options.Standardizer, environment, episodes, seed);

    /// <summary>Writes a checkpoint between two generations, of all networks: search that goes on from it has the same bits as one that never stopped.</summary>
    /// <param name="path">The file, which is replaced in one go. It can be loaded as a model too, the first network.</param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public void Save(string path) => AgentFile.Save(path, Best, Kind, writer =>
    {
        writer.Write(_random.Key);
        writer.Write(Steps);
        Generation.Save(_history, writer);
        var weights = new float[Best.Parameters.Length];
        foreach (var network in _networks)
        {
            network.Parameters.CopyTo(weights);
            writer.Write(MemoryMarshal.AsBytes<float>(weights));
        }
    });

    /// <summary>Goes on where the search of a checkpoint was.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such a search. The message names the file and the fault. All is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Load(string path) => AgentFile.Load(path, Best, Kind, reader =>
    {
        _random = RandomStream.Resume(reader.ReadUInt64(), 0);
        Steps = reader.ReadInt64();
        Generation.Load(_history, reader);
        var weights = new float[Best.Parameters.Length];
        foreach (var network in _networks)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes<float>(weights));
            network.Parameters.CopyFrom(weights);
        }
    });

    /// <summary>What must be the same for a checkpoint to fit.</summary>
    string Kind => string.Create(CultureInfo.InvariantCulture, $"a genetic algorithm with {_networks.Length} networks of {Best.Parameters.Length} weights");

    /// <summary>What is bred and how far, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"A genetic algorithm with {_networks.Length} × {Best.GetType().Name}, {_history.Count} generations");

    /// <summary>Children, divided by their numbers.</summary>
    sealed class Breeding(GeneticAlgorithm algorithm) : SharedWork
    {
        public override void Execute(int part, int parts)
        {
            int elites = algorithm.Options.Elites, children = algorithm._next.Length - elites;
            for (var child = children * part / parts; child < children * (part + 1) / parts; child++)
                algorithm.Breed(elites + child);
        }
    }
}
