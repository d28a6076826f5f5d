using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// Deep Q-learning (Mnih and others, <i>Human-level control through deep reinforcement learning</i>, 2015), double, over several steps and with priorities where they are wanted: learns what each of several
/// actions is worth, from a memory of steps. All of it follows from the seed: the same bits on every machine with fused multiply-add, in one go or in pieces, stopped and resumed.
/// </summary>
/// <remarks>It reports every 1,000 environment steps. One thread at a time may use it. Nothing is allocated for a step: the replay memory has its full size from the start.</remarks>
/// <typeparam name="TEnvironment">The environment, of a discrete action space: best a struct.</typeparam>
public sealed partial class Dqn<TEnvironment> : Agent<DqnReport> where TEnvironment : IEnvironment
{
    /// <summary>Environment steps between two reports.</summary>
    const int ReportInterval = 1_000;

    readonly EnvironmentRows<TEnvironment> _environments;
    readonly INetwork _target;
    readonly ReplayBuffer _memory;
    readonly StepQueue[] _queues;

    /// <summary>[environments, observations] what the agent sees, what it will see, and what it saw last of an episode that is over.</summary>
    readonly float[] _observations, _next, _last;

    /// <summary>[environments, actions] what they are worth, which there are and which there will be; the latter two empty where there are always all.</summary>
    readonly float[] _values, _masks, _nextMasks;

    /// <summary>[environments] what is done, what came of it, and the returns of episodes that are over.</summary>
    readonly int[] _choices;

    readonly StepResult[] _results;
    readonly double[] _finished;
    readonly bool[] _allowed;
    readonly int _count, _width, _actions, _masked;
    readonly Action<int> _beginEpisode, _act;
    readonly ulong _seed;
    Trainer<Adam> _trainer;
    DqnUpdate _update;
    Exception? _failure;
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
        (_count, _width, _actions, _masked) = (environments.Length, TEnvironment.ObservationSize, space.Count, TEnvironment.HasActionMasks ? space.Count : 0);
        _environments = new EnvironmentRows<TEnvironment>(environments, seed);
        _random = new RandomStream(seed).Split(1UL << 41);
        _target = network.Clone();
        _seed = seed;
        ReplayBuffer.CheckRoom(Options.BufferSize, _width, _masked, Options.Prioritized);
        Setting.CheckRoom(nameof(DqnOptions.BatchSize), Options.BatchSize, (Int128)Options.BatchSize * Math.Max(_width, _actions), "observations of so many samples, or values of their actions,");
        _memory = Setting.Make(nameof(DqnOptions.BufferSize), Options.BufferSize, () => new ReplayBuffer(Options.BufferSize, _width, _masked, Options.Prioritized));
        CreateTrainer(isDivided: false);
        _queues = new StepQueue[_count];
        for (var index = 0; index < _count; index++)
            _queues[index] = new StepQueue(Options.NStep, _width, Options.Gamma);
        (_observations, _next, _last) = (new float[_count * _width], new float[_count * _width], new float[_count * _width]);
        (_values, _masks, _nextMasks, _allowed) = (new float[_count * _actions], new float[_count * _masked], new float[_count * _masked], new bool[_actions]);
        (_choices, _results, _finished) = (new int[_count], new StepResult[_count], new double[_count]);
        (_beginEpisode, _act) = (BeginEpisode, Act);
    }

    /// <param name="isDivided">Whether ranks divide batches, which they take as wholes.</param>
    [MemberNotNull(nameof(_trainer), nameof(_update))]
    void CreateTrainer(bool isDivided)
    {
        var trainer = Network.CreateTrainer(new Adam(Options.LearningRate), isDivided ? Options.BatchSize : Math.Min(PolicyHead.Rows, Options.BatchSize));
        trainer.Seed = _seed;
        trainer.MaxGradientNorm = Options.MaxGradNorm;
        _update = Setting.Make(nameof(DqnOptions.BatchSize), Options.BatchSize, () => new DqnUpdate(Network, _target, trainer, _memory, _masked > 0, Options));
        _trainer = trainer;
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
        Compare();
        if (_due > 0)
        {
            MeetBefore(_trainer);

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
            (_begun, _failure) = (false, null);
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
        {
            ForOwn(_beginEpisode);
            Share();
            for (var index = 0; index < _count; index++)
            {
                Next(index).CopyTo(Observation(index));
                NextMask(index).CopyTo(Mask(index));
                _queues[index].Clear();
            }
        }
        _begun = true;
        Network.ForwardBatch(_observations, _values);
        for (var index = 0; index < _count; index++)
            _choices[index] = Choose(index);
        ForOwn(_act);
        Share();
        for (var index = 0; index < _count; index++)
            Remember(index);
    }

    /// <summary>Does something with each environment that this rank steps, also where it fails with one: which others were to come shows in nothing.</summary>
    void ForOwn(Action<int> action)
    {
        var (first, end) = Ranks?.Own ?? (0, _count);
        for (var index = first; index < end; index++)
        {
            try
            {
                action(index);
            }
            catch (Exception e)
            {
                _failure ??= e;
            }
        }
    }

    void BeginEpisode(int index)
    {
        _environments.Reset(index, Next(index));
        WriteMask(index);
    }

    void Act(int index)
    {
        _results[index] = _environments.Step(index, new AgentAction(_choices[index]), Next(index), Last(index), out _finished[index]);
        WriteMask(index);
    }

    /// <summary>Adds the step of an environment to the memory, and goes on to what it gave.</summary>
    void Remember(int index)
    {
        var isOver = !double.IsNaN(_finished[index]);
        if (isOver)
            Returns.Add(_finished[index]);

        // Which actions there would have been where an episode is broken off nobody knows: all.
        var mask = Mask(index);
        mask.Fill(1);
        if (!isOver)
            NextMask(index).CopyTo(mask);
        _queues[index].Add(Observation(index), _choices[index], _results[index], isOver ? Last(index) : Next(index), mask, _memory);
        Next(index).CopyTo(Observation(index));
        NextMask(index).CopyTo(mask);
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

    Span<float> Next(int index) => _next.AsSpan(index * _width, _width);

    Span<float> Last(int index) => _last.AsSpan(index * _width, _width);

    Span<float> Mask(int index) => _masks.AsSpan(index * _masked, _masked);

    Span<float> NextMask(int index) => _nextMasks.AsSpan(index * _masked, _masked);

    void WriteMask(int index)
    {
        if (TEnvironment.HasActionMasks)
            _environments.WriteActionMask(index, _allowed, NextMask(index));
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
    /// The weights have their usual names in it, so that the file can be loaded as a model too. Of several ranks all call it, and the first writes.
    /// </summary>
    /// <param name="path">The file, which is replaced in one go.</param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, or the environment has references and is no <see cref="ISavedEnvironment"/>. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    /// <exception cref="RankFailedException">Another rank cannot go on, or is elsewhere.</exception>
    public void Save(string path) => Save(() => AgentFile.Save(path, _trainer, value: null, Run));

    /// <summary>Goes on where the run of a checkpoint was: in an agent of the same network, environments and <see cref="Options"/>, of whatever seed and with however many ranks. Of several all call it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such an agent with such settings. The message names the file and the fault. All is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read. All is as it was.</exception>
    /// <exception cref="RankFailedException">Another rank cannot read it, reads something else or does something else. All is as it was.</exception>
    public void Load(string path) => Load(agree =>
    {
        var trainer = AgentFile.Copy(_trainer);
        AgentFile.Load(path, trainer, value: null, Run, agree);
        AgentFile.TakeOver(_trainer, trainer);
        if (Ranks is not null)
            Ranks.IsWhole = true;
    });

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
