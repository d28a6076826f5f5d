using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// Deep Q-learning (Mnih and others, <i>Human-level control through deep reinforcement learning</i>, 2015), double, over several steps and with priorities where they are wanted: learns what each of several
/// actions is worth, from a memory of steps. All of it follows from the seed: the same bits on every machine with fused multiply-add, in one go or in pieces, stopped and resumed.
/// </summary>
/// <remarks>It reports every 1,000 environment steps. One thread at a time may use it. Nothing is allocated for a step: the replay memory has its full size from the start.</remarks>
/// <typeparam name="TEnvironment">The environment, of a discrete action space: best a struct.</typeparam>
public sealed class Dqn<TEnvironment> : Agent<DqnReport> where TEnvironment : IEnvironment
{
    /// <summary>Environment steps between two reports.</summary>
    const int ReportInterval = 1_000;

    readonly EnvironmentRows<TEnvironment> _environments;
    readonly INetwork _target;
    readonly Trainer<Adam> _trainer;
    readonly ReplayBuffer _memory;
    readonly DqnUpdate _update;
    readonly StepQueue[] _queues;
    readonly float[] _observations, _next, _last, _values, _masks;
    readonly bool[] _allowed;
    readonly int _count, _width, _actions;
    RandomStream _random;
    bool _begun;

    /// <summary>Steps of each environment, and of updates those that are due now.</summary>
    long _rounds;

    int _due, _losses;
    double _loss;

    /// <summary>Learns with a network.</summary>
    /// <param name="network">Observations in, the value of each action out. It is trained in place.</param>
    /// <param name="environments">The environments that it acts in, side by side: <c>new CartPole[1]</c>. They are stepped in place.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentOutOfRangeException">An array cannot hold as many steps, or samples.</exception>
    /// <exception cref="InsufficientMemoryException">Memory cannot.</exception>
    /// <exception cref="ArgumentException">The network does not fit the environment, its actions are not discrete, or an environment is missing or given twice.</exception>
    public Dqn(INetwork network, TEnvironment[] environments, DqnOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        EnvironmentList.Check(environments);
        var space = TEnvironment.ActionSpace;
        if (!space.IsDiscrete)
            throw new ArgumentException($"An action of {typeof(TEnvironment).Name} is {space}, but deep Q-learning chooses one of several actions. Learn with {nameof(Ppo<TEnvironment>)}.", nameof(environments));
        if (Recurrence.Window(network, TEnvironment.ObservationSize) > 0)
            throw new ArgumentException($"{network.GetType().Name} remembers what it saw, but the steps that deep Q-learning learns from come in any order. Learn with {nameof(Ppo<TEnvironment>)}.", nameof(network));
        ActorCritic.Check(network, typeof(TEnvironment), TEnvironment.ObservationSize, space.Count, isTrained: true);
        ActorCritic.CheckNoSoftmax(network, firstOutput: 0);
        Options = options ?? new DqnOptions();
        Network = network;
        (_count, _width, _actions) = (environments.Length, TEnvironment.ObservationSize, space.Count);
        _environments = new EnvironmentRows<TEnvironment>(environments, seed);
        _random = new RandomStream(seed).Split(1UL << 41);
        _target = network.Clone();
        _trainer = network.CreateTrainer(new Adam(Options.LearningRate), Math.Min(PolicyHead.Rows, Options.BatchSize));
        _trainer.Seed = seed;
        _trainer.MaxGradientNorm = Options.MaxGradNorm;
        var masked = TEnvironment.HasActionMasks ? _actions : 0;
        ReplayBuffer.CheckRoom(Options.BufferSize, _width, masked, Options.Prioritized);
        Setting.CheckRoom(nameof(DqnOptions.BatchSize), Options.BatchSize, (Int128)Options.BatchSize * Math.Max(_width, _actions), "observations of so many samples, or values of their actions,");
        _memory = Setting.Make(nameof(DqnOptions.BufferSize), Options.BufferSize, () => new ReplayBuffer(Options.BufferSize, _width, masked, Options.Prioritized));
        _update = Setting.Make(nameof(DqnOptions.BatchSize), Options.BatchSize, () => new DqnUpdate(network, _target, _trainer, _memory, masked > 0, Options));
        _queues = new StepQueue[_count];
        for (var index = 0; index < _count; index++)
            _queues[index] = new StepQueue(Options.NStep, _width, Options.Gamma);
        (_observations, _next, _last) = (new float[_count * _width], new float[_width], new float[_width]);
        (_values, _masks, _allowed) = (new float[_count * _actions], new float[_count * masked], new bool[_actions]);
    }

    /// <summary>The hyper-parameters.</summary>
    public DqnOptions Options { get; }

    /// <summary>The network: the value of each action.</summary>
    public INetwork Network { get; }

    /// <inheritdoc/>
    public override long Steps => _rounds * _count;

    /// <summary>Updates so far.</summary>
    public long Updates => _trainer.StepCount;

    /// <summary>The share of random actions at present.</summary>
    public double Exploration => Steps >= Options.ExplorationSteps ? Options.ExplorationFinalEps
        : Options.ExplorationInitialEps + (Options.ExplorationFinalEps - Options.ExplorationInitialEps) * Steps / Options.ExplorationSteps;

    /// <inheritdoc/>
    public override bool Advance()
    {
        if (_due > 0)
        {
            // Where it fails, it is not tried again.
            _due--;
            _loss += _update.Learn(ref _random);
            _losses++;
            return false;
        }
        try
        {
            Step();
        }
        catch
        {
            // The environments are somewhere in the middle of a step.
            _begun = false;
            throw;
        }
        _rounds++;
        if (_rounds % Options.TargetUpdateInterval == 0)
            _target.Parameters.Lerp(Network.Parameters, (float)Options.Tau);
        if (_memory.Count > 0 && Steps >= Options.LearningStarts && _rounds % Options.TrainFreq == 0)
            _due = Options.GradientSteps;
        if (Steps / ReportInterval == (Steps - _count) / ReportInterval)
            return false;
        Reports.Add(new DqnReport(Steps, Returns.Episodes, Returns.Mean, Updates, _loss / _losses, Exploration));
        (_loss, _losses) = (0, 0);
        return true;
    }

    private protected override bool IsDue => _due > 0;

    /// <summary>A step of each environment: by chance, or by the best action.</summary>
    void Step()
    {
        if (!_begun)
            for (var index = 0; index < _count; index++)
            {
                _environments.Reset(index, Observation(index));
                WriteMask(index);
                _queues[index].Clear();
            }
        _begun = true;
        Network.ForwardBatch(_observations, _values);
        for (var index = 0; index < _count; index++)
        {
            var action = Choose(index);
            var result = _environments.Step(index, new AgentAction(action), _next, _last, out var finished);
            var over = !double.IsNaN(finished);
            if (over)
                Returns.Add(finished);
            var before = Observation(index);

            // Which actions there would have been where an episode is broken off nobody knows: all.
            Mask(index).Fill(1);
            if (!over)
                WriteMask(index);
            _queues[index].Add(before, action, result, over ? _last : _next, Mask(index), _memory);
            _next.CopyTo(before);
            if (over)
                WriteMask(index);
        }
    }

    int Choose(int index)
    {
        var mask = Mask(index);
        if (_random.NextDouble() >= Exploration)
        {
            var values = _values.AsSpan(index * _actions, _actions);
            FiniteNumbers.CheckOutputs(Network, values, _actions);
            return Greedy.Best(values, mask);
        }
        var choices = 0;
        for (var action = 0; action < _actions; action++)
            choices += mask.IsEmpty || mask[action] != 0 ? 1 : 0;
        var choice = _random.NextInt32(choices);
        for (var action = 0; ; action++)
            if ((mask.IsEmpty || mask[action] != 0) && choice-- == 0)
                return action;
    }

    Span<float> Observation(int index) => _observations.AsSpan(index * _width, _width);

    Span<float> Mask(int index) => TEnvironment.HasActionMasks ? _masks.AsSpan(index * _actions, _actions) : default;

    void WriteMask(int index)
    {
        if (TEnvironment.HasActionMasks)
            _environments.WriteActionMask(index, _allowed, Mask(index));
    }

    /// <summary>Lets the network act for whole episodes without chance, by the best action. Learns nothing and leaves the environments that it learns in alone.</summary>
    /// <param name="environment">An environment for it.</param>
    /// <param name="episodes">Episodes.</param>
    /// <param name="seed">What the episodes follow from.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The return of each episode.</returns>
    /// <exception cref="ArgumentException">The environment is an object that the agent is learning in.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="episodes"/> is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] Evaluate(TEnvironment environment, int episodes = 100, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        _environments.CheckFree(environment);
        return Episodes.Run(Network, _actions, firstOutput: 0, standardizer: null, environment, episodes, seed, cancellationToken);
    }

    /// <summary>
    /// Writes a checkpoint between two pieces: weights, the optimiser's state, environments, random numbers, the replay memory, history. Learning that goes on from it has the same bits as learning that never stopped.
    /// The weights have their usual names in it, so that the file can be loaded as a model too.
    /// </summary>
    /// <param name="path">The file, which is replaced in one go.</param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, or the environment has references and is no <see cref="ISavedEnvironment"/>. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public void Save(string path) => AgentFile.Save(path, _trainer, value: null, Run);

    /// <summary>Goes on where the run of a checkpoint was: in an agent of the same network, environments and <see cref="Options"/>, of whatever seed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such an agent with such settings. The message names the file and the fault. All is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read. All is as it was.</exception>
    public void Load(string path)
    {
        var trainer = AgentFile.Copy(_trainer);
        AgentFile.Load(path, trainer, value: null, Run);
        AgentFile.TakeOver(_trainer, trainer);
    }

    AgentRun Run => new(string.Create(CultureInfo.InvariantCulture, $"DQN in {_count} × {typeof(TEnvironment)}"), Options.Texts, Write, Read, () =>
    {
        var arrays = new RunArrays();
        _memory.AddTo(arrays);
        return arrays;
    });

    void Write(BinaryWriter writer)
    {
        writer.Write(_random.Key);
        writer.Write(_random.Counter);
        _environments.Save(writer);
        _memory.Save(writer);
        foreach (var queue in _queues)
            queue.Save(writer);
        Returns.Save(writer);
        var target = new float[_target.Parameters.Length];
        _target.Parameters.CopyTo(target);
        foreach (var number in (ReadOnlySpan<float>)[.. target, .. _observations, .. _masks])
            writer.Write(number);
        writer.Write(_begun);
        writer.Write(_rounds);
        writer.Write(_due);
        writer.Write(_loss);
        writer.Write(_losses);
        writer.Write(Reports.Count);
        foreach (var report in Reports)
            report.Save(writer);
    }

    void Read(BinaryReader reader)
    {
        _random = RandomStream.Resume(reader.ReadUInt64(), reader.ReadUInt64());
        _environments.Load(reader);
        _memory.Load(reader);
        foreach (var queue in _queues)
            queue.Load(reader);
        Returns.Load(reader);
        var target = new float[_target.Parameters.Length];
        foreach (var numbers in (float[][])[target, _observations, _masks])
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = reader.ReadSingle();
        _target.Parameters.CopyFrom(target);
        _begun = reader.ReadBoolean();
        _rounds = reader.ReadInt64();
        _due = reader.ReadInt32();
        _loss = reader.ReadDouble();
        _losses = reader.ReadInt32();
        Reports.Clear();
        for (var count = reader.ReadInt32(); count > 0; count--)
            Reports.Add(DqnReport.Load(reader));
    }

    /// <summary>What is learnt and how, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"DQN of {Network.GetType().Name} in {_count} × {typeof(TEnvironment).Name}, {Steps} steps, {Updates} updates");
}
