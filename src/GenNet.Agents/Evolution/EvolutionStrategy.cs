using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// An evolution strategy (Salimans and others, <i>Evolution strategies as a scalable alternative to reinforcement learning</i>, 2017): antithetic pairs, centred ranks, Adam. The networks of a generation are
/// asked for, judged by whatever judges them, and what they are worth is told; or <see cref="Learn{TEnvironment}"/> does it all. All of it follows from the seed: the same bits on every machine and with any number of threads.
/// </summary>
/// <remarks>Nothing is allocated for a generation once warm.</remarks>
public sealed class EvolutionStrategy
{
    const double Epsilon = 1e-8;

    readonly VectorAdam _adam;
    readonly ParameterBlock _sums;
    readonly float[] _weights, _sumsFlat;
    readonly double[] _gradients, _ranks, _keys;
    readonly int[] _order;
    readonly List<Generation> _history = new(capacity: 1024);
    RandomStream _random;

    /// <param name="network">Where the search begins, and what it ends with: it is changed in place, after each generation. It has no batch normalisation, whose statistics nobody would take.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    public EvolutionStrategy(INetwork network, EvolutionStrategyOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        (Network, Options, _random) = (network, options ?? new EvolutionStrategyOptions(), new RandomStream(seed));
        _sums = network.Clone().Parameters;
        var length = network.Parameters.Length;
        (_weights, _sumsFlat, _gradients, _adam) = (new float[length], new float[length], new double[length], new VectorAdam(length, Epsilon));
        (_ranks, _keys, _order) = (new double[Options.Population], new double[Options.Population], new int[Options.Population]);
    }

    /// <summary>The network in the middle of the generation.</summary>
    public INetwork Network { get; }

    /// <summary>The hyper-parameters.</summary>
    public EvolutionStrategyOptions Options { get; }

    /// <summary>The generations so far.</summary>
    public IReadOnlyList<Generation> History => _history;

    /// <summary>Environment steps so far, of <see cref="Learn{TEnvironment}"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>Writes the weights of a network of the present generation: w + σ·ε where its number is even, and w − σ·ε with the same ε of the next. Threads may ask at the same time.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="network">Such a network, changed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such network.</exception>
    /// <exception cref="ArgumentException">The network has other layers.</exception>
    public void Ask(int index, INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if ((uint)index >= (uint)Options.Population)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Options.Population} networks, counted from 0.");
        var noise = NoiseOf(index / 2);
        network.Parameters.CopyFrom(Network.Parameters);
        network.Parameters.Mutate(ref noise, rate: 1, index % 2 == 0 ? Options.Deviation : -Options.Deviation);
    }

    /// <summary>Takes what the networks of the generation are worth, moves the network to where the better ones are, and begins the next generation.</summary>
    /// <param name="fitness">[population] the more the better.</param>
    /// <exception cref="ArgumentException">There are not as many as networks.</exception>
    /// <exception cref="NotFiniteNumberException">One is not a finite number. All is as it was.</exception>
    public void Tell(ReadOnlySpan<double> fitness)
    {
        Fitness.Check(fitness, Options.Population, nameof(EvolutionStrategy));
        Fitness.CentredRanks(fitness, _keys, _order, _ranks);

        // Σ(rank of one − rank of the other)·ε: what is added with a deviation of the difference.
        _sums.Clear();
        for (var pair = 0; pair < Options.Population / 2; pair++)
        {
            var noise = NoiseOf(pair);
            _sums.Mutate(ref noise, rate: 1, (float)(_ranks[2 * pair] - _ranks[2 * pair + 1]));
        }
        _sums.CopyTo(_sumsFlat);
        Network.Parameters.CopyTo(_weights);
        for (var i = 0; i < _weights.Length; i++)
            _gradients[i] = Options.WeightDecay * _weights[i] - _sumsFlat[i] / (double)Options.Population;
        _adam.Update(_weights, _gradients, Options.LearningRate);
        Network.Parameters.CopyFrom(_weights);
        _history.Add(Generation.Of(_history.Count + 1, fitness, Steps));
    }

    /// <summary>The noise of a pair follows from its number and the generation's, so that it is drawn again instead of kept.</summary>
    RandomStream NoiseOf(int pair) => _random.SplitFor(RandomPurpose.Weights).Split((ulong)_history.Count).Split((ulong)pair);

    /// <summary>Learns in an environment: each network of a generation acts for the same episodes, without chance, and is worth its mean return.</summary>
    /// <param name="environments">As many environments as threads may work: <c>new MountainCarContinuous[2]</c>. Threads take whole networks.</param>
    /// <param name="generations">Generations, counted from the first.</param>
    /// <param name="episodes">Episodes of each network.</param>
    /// <param name="targetFitness">Ends after the generation whose mean fitness is this or more; null to go on.</param>
    /// <param name="progress">Told of each generation.</param>
    /// <param name="cancellationToken">Ends it between two generations: it goes on from there.</param>
    /// <exception cref="ArgumentException">The network does not fit the environment, or there is no environment.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">An observation, a reward or an output is no finite number. What was learnt is kept.</exception>
    public void Learn<TEnvironment>(TEnvironment[] environments, int generations, int episodes = 1, double? targetFitness = null, IProgress<Generation>? progress = null, CancellationToken cancellationToken = default)
        where TEnvironment : IEnvironment
    {
        var judges = new Judges<TEnvironment>(environments, Network, Options.Population, episodes, _random, Options.Standardizer);
        var networks = new INetwork[judges.Threads];
        for (var thread = 0; thread < networks.Length; thread++)
            networks[thread] = Network.Clone();
        judges.Candidate = (thread, index) =>
        {
            Ask(index, networks[thread]);
            return networks[thread];
        };
        while (_history.Count < generations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fitness = judges.Judge(_history.Count);
            Steps += judges.Steps;
            Tell(fitness);
            progress?.Report(_history[^1]);
            if (_history[^1].Mean >= targetFitness)
                break;
        }
    }

    /// <summary>Lets the network act for whole episodes, without chance.</summary>
    /// <param name="environment">An environment for it.</param>
    /// <param name="episodes">Episodes.</param>
    /// <param name="seed">What the episodes follow from.</param>
    /// <returns>The return of each episode.</returns>
    /// <exception cref="ArgumentException">The network does not fit the environment.</exception>
    public double[] Evaluate<TEnvironment>(TEnvironment environment, int episodes = 100, ulong seed = 0) where TEnvironment : IEnvironment => Episodes.Run(Network, firstOutput: 0, Options.Standardizer, environment, episodes, seed);

    /// <summary>Writes a checkpoint between two generations: search that goes on from it has the same bits as one that never stopped.</summary>
    /// <param name="path">The file, which is replaced in one go. It can be loaded as a model too.</param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public void Save(string path) => AgentFile.Save(path, Network, Kind, writer =>
    {
        writer.Write(_random.Key);
        writer.Write(Steps);
        _adam.Save(writer);
        Generation.Save(_history, writer);
    });

    /// <summary>Goes on where the search of a checkpoint was.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such a search. The message names the file and the fault. All is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Load(string path) => AgentFile.Load(path, Network, Kind, reader =>
    {
        _random = RandomStream.Resume(reader.ReadUInt64(), 0);
        Steps = reader.ReadInt64();
        _adam.Load(reader);
        Generation.Load(_history, reader);
    });

    /// <summary>What must be the same for a checkpoint to fit.</summary>
    string Kind => string.Create(CultureInfo.InvariantCulture, $"an evolution strategy with {Options.Population} networks of {_weights.Length} weights");

    /// <summary>What is searched and how far, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"An evolution strategy of {Network.GetType().Name}, {Options.Population} networks, {_history.Count} generations");
}
