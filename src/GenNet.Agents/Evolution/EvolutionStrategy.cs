using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// An evolution strategy (Salimans and others, <i>Evolution strategies as a scalable alternative to reinforcement learning</i>, 2017): antithetic pairs, centred ranks, Adam.
/// </summary>
public sealed class EvolutionStrategy : PopulationSearch
{
    const double Epsilon = 1e-8;

    readonly VectorAdam _adam;
    readonly ParameterBlock _sums;
    readonly float[] _weights, _sumsFlat;

    /// <summary>What weight decay multiplies each value by: zeros of running statistics.</summary>
    readonly double[] _decay;
    readonly double[] _gradients, _ranks, _keys;
    readonly int[] _order;

    /// <param name="network">Where the search begins, and what it ends with: it is changed in place, after each generation. Running statistics of normalisations stay.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentOutOfRangeException">An array cannot hold the fitness of as many networks.</exception>
    /// <exception cref="InsufficientMemoryException">Memory cannot.</exception>
    public EvolutionStrategy(INetwork network, EvolutionStrategyOptions? options = null, ulong seed = 0) : this(network, options ??= new EvolutionStrategyOptions(), options.Standardizer, seed) { }

    EvolutionStrategy(INetwork network, EvolutionStrategyOptions options, Standardizer? standardizer, ulong seed) : base(options.Population, standardizer, seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        (Network, Options) = (network, options);
        Setting.CheckRoom(nameof(EvolutionStrategyOptions.Population), Population, Population, "so many networks' fitness");
        _sums = network.Clone().Parameters;
        var length = network.Parameters.Length;
        (_weights, _sumsFlat, _gradients, _adam) = (new float[length], new float[length], new double[length], new VectorAdam(length, Epsilon));
        _decay = [.. network.Parameters.Tensors.SelectMany(tensor => Enumerable.Repeat(tensor.Kind is ParameterKind.RunningMean or ParameterKind.RunningVariance ? 0 : options.WeightDecay, tensor.Length))];
        (_ranks, _keys, _order) = Setting.Make(nameof(EvolutionStrategyOptions.Population), Population, () => (new double[Population], new double[Population], new int[Population]));

        // Of each weight itself, its sum and gradient, and the two averages of Adam.
        Update = new RowPasses([RowPass.Over(Population / 2, length, Add, BeginMove), RowPass.Over(length, 5, Move, () => network.Parameters.CopyFrom(_weights))]);
    }

    /// <summary>The network in the middle of the generation, until the next one is complete.</summary>
    public override INetwork Network { get; }

    /// <summary>The hyper-parameters.</summary>
    public EvolutionStrategyOptions Options { get; }

    /// <summary>Writes the weights of a network of the present generation: w + σ·ε where its number is even, and w − σ·ε with the same ε of the next. Threads may ask at the same time.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="network">Such a network, changed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such network.</exception>
    /// <exception cref="ArgumentException">The network has other layers.</exception>
    public void Ask(int index, INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if ((uint)index >= (uint)Population)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Population} networks, counted from 0.");
        var noise = NoiseOf(index / 2);
        network.Parameters.CopyFrom(Network.Parameters);
        network.Parameters.Mutate(ref noise, rate: 1, index % 2 == 0 ? Options.Deviation : -Options.Deviation);
    }

    private protected override void Rank(ReadOnlySpan<double> fitness)
    {
        Fitness.CentredRanks(fitness, _keys, _order, _ranks);
        _sums.Clear();
    }

    private protected override RowPasses Update { get; }

    /// <summary>Σ(rank of one − rank of the other)·ε: what is added with a deviation of the difference.</summary>
    void Add(int firstPair, int endPair)
    {
        for (var pair = firstPair; pair < endPair; pair++)
        {
            var noise = NoiseOf(pair);
            _sums.Mutate(ref noise, rate: 1, (float)(_ranks[2 * pair] - _ranks[2 * pair + 1]));
        }
    }

    void BeginMove()
    {
        _sums.CopyTo(_sumsFlat);
        Network.Parameters.CopyTo(_weights);
        _adam.Begin();
    }

    void Move(int first, int end)
    {
        for (var i = first; i < end; i++)
            _gradients[i] = _decay[i] * _weights[i] - _sumsFlat[i] / (double)Population;
        _adam.Update(_weights, _gradients, Options.LearningRate, first, end);
    }

    /// <summary>The noise of a pair follows from its number and the generation's, so that it is drawn again instead of kept.</summary>
    RandomStream NoiseOf(int pair) => Random.SplitFor(RandomPurpose.Weights).Split((ulong)History.Count).Split((ulong)pair);

    private protected override Func<int, int, INetwork> Candidates(int threads)
    {
        var networks = new INetwork[threads];
        for (var thread = 0; thread < threads; thread++)
            networks[thread] = Network.Clone();
        return (thread, index) =>
        {
            Ask(index, networks[thread]);
            return networks[thread];
        };
    }

    private protected override double Judged(Generation generation) => generation.Mean;

    private protected override string Kind => string.Create(CultureInfo.InvariantCulture, $"an evolution strategy with networks of {_weights.Length} weights");

    private protected override IReadOnlyList<(string Name, string Text)> Texts => Options.Texts;

    private protected override void Save(BinaryWriter writer) => _adam.Save(writer);

    private protected override void Load(BinaryReader reader) => _adam.Load(reader);

    /// <summary>What is searched and how far, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"An evolution strategy of {Network.GetType().Name}, {Population} networks, {History.Count} generations");
}
