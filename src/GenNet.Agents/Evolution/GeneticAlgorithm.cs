using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// A genetic algorithm over the weights of many networks: the fittest have children, by uniform crossover and Gaussian mutation (<see cref="ParameterBlock.CrossOver"/>, <see cref="ParameterBlock.Mutate"/>).
/// </summary>
public sealed class GeneticAlgorithm : PopulationSearch
{
    /// <summary>Networks that have no place in the generation, as many as stay or have children.</summary>
    readonly INetwork[] _spare;

    readonly INetwork[] _free;
    readonly double[] _keys;
    readonly int[] _order;
    readonly int _parents, _staying;
    INetwork[] _networks, _next;

    /// <param name="network">A network: the first generation is of copies of it, each changed at random. It stays as it is.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentException">There would be more elites than networks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An array cannot hold as many networks.</exception>
    /// <exception cref="InsufficientMemoryException">Memory cannot.</exception>
    public GeneticAlgorithm(INetwork network, GeneticAlgorithmOptions? options = null, ulong seed = 0) : this(network, options ??= new GeneticAlgorithmOptions(), options.Standardizer, seed) { }

    GeneticAlgorithm(INetwork network, GeneticAlgorithmOptions options, Standardizer? standardizer, ulong seed) : base(options.Population, standardizer, seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        Options = options;
        if (Options.Elites > Options.Population)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(options.Elites)} is {Options.Elites}, but there are {Options.Population} networks: set no more."), nameof(options));
        Setting.CheckRoom(nameof(options.Population), Population, Population, "so many networks' fitness");
        _parents = Math.Max(1, (int)Math.Round(Options.Parents * Options.Population));
        _staying = Math.Max(_parents, Options.Elites);
        (_keys, _order, _next, _free) = Setting.Make(nameof(options.Population), Population, () => (new double[Population], new int[Population], new INetwork[Population], new INetwork[Population]));
        (_networks, _spare) = Setting.Make(nameof(options.Population), Population, () => (Clones(network, Population), Clones(network, _staying)));
        for (var index = 0; index < _networks.Length; index++)
        {
            var random = StreamOf(generation: 0, index);
            _networks[index].Parameters.Mutate(ref random, rate: 1, Options.InitialDeviation);
        }
        Update = new RowPasses([RowPass.Over(Population - Options.Elites, network.Parameters.Length, new Breeding(this).Run, Replace)]);
    }

    static INetwork[] Clones(INetwork network, int count)
    {
        var clones = new INetwork[count];
        for (var index = 0; index < count; index++)
            clones[index] = network.Clone();
        return clones;
    }

    /// <summary>The networks of the present generation. After a generation the elites come first, the fittest of them first. Another generation has them in other places.</summary>
    /// <exception cref="InvalidOperationException">The next generation is being made, in the memory of those that have no children.</exception>
    public IReadOnlyList<INetwork> Networks
    {
        get
        {
            CheckNotDue(nameof(Networks));
            return _networks;
        }
    }

    /// <summary>The first network: the fittest of the last generation that was told of, where there are elites.</summary>
    /// <inheritdoc cref="Networks" path="/exception"/>
    public override INetwork Network => Networks[0];

    /// <summary>The hyper-parameters.</summary>
    public GeneticAlgorithmOptions Options { get; }

    private protected override void Rank(ReadOnlySpan<double> fitness)
    {
        for (var index = 0; index < fitness.Length; index++)
            _keys[index] = -fitness[index];
        Fitness.Rank(_keys, _order);

        // Children get the memory that was to spare, and that of networks that have no children and do not stay.
        _spare.CopyTo(_free, 0);
        for (var rank = _staying; rank < Population; rank++)
            _free[rank] = _networks[_order[rank]];
        for (var rank = 0; rank < Options.Elites; rank++)
            _next[rank] = _networks[_order[rank]];
        Array.Copy(_free, 0, _next, Options.Elites, Population - Options.Elites);
    }

    private protected override RowPasses Update { get; }

    void Replace()
    {
        // What is left over, and the parents that do not stay, are to spare next time.
        Array.Copy(_free, Population - Options.Elites, _spare, 0, Options.Elites);
        for (var rank = Options.Elites; rank < _staying; rank++)
            _spare[rank] = _networks[_order[rank]];
        (_networks, _next) = (_next, _networks);
    }

    /// <summary>The random numbers of a network of a generation.</summary>
    RandomStream StreamOf(int generation, int index) => Random.SplitFor(RandomPurpose.Weights).Split((ulong)generation).Split((ulong)index);

    /// <summary>Makes a child of the fittest.</summary>
    void Breed(int index)
    {
        var random = StreamOf(History.Count + 1, index);
        var child = _next[index].Parameters;
        var parent = Parent(ref random);
        if (Options.CrossOver)
            child.CrossOver(parent, Parent(ref random), ref random);
        else
            child.CopyFrom(parent);
        child.Mutate(ref random, Options.MutationRate, Options.MutationDeviation);
    }

    ParameterBlock Parent(ref RandomStream random) => _networks[_order[random.NextInt32(_parents)]].Parameters;

    private protected override Func<int, int, INetwork> Candidates(int threads) => (_, index) => _networks[index];

    private protected override double Judged(Generation generation) => generation.Best;

    private protected override string Kind => string.Create(CultureInfo.InvariantCulture, $"a genetic algorithm with networks of {_networks[0].Parameters.Length} weights");

    private protected override IReadOnlyList<(string Name, string Text)> Texts => Options.Texts;

    private protected override void AddTo(RunArrays arrays)
    {
        var room = new float[_networks[0].Parameters.Length];
        foreach (var network in _networks)
            arrays.Add(network.Parameters, room);
    }

    /// <summary>What is bred and how far, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"A genetic algorithm with {Population} × {_networks[0].GetType().Name}, {History.Count} generations");

    /// <summary>Children, divided by their numbers.</summary>
    sealed class Breeding(GeneticAlgorithm algorithm) : SharedWork
    {
        int _first, _end;

        public void Run(int first, int end)
        {
            (_first, _end) = (first, end);
            Parallelism.Run(this, Math.Min(Parallelism.Threads, end - first));
        }

        public override void Execute(int part, int parts)
        {
            var children = _end - _first;
            for (var child = children * part / parts; child < children * (part + 1) / parts; child++)
                algorithm.Breed(algorithm.Options.Elites + _first + child);
        }
    }
}
