using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace GenNet.Agents;

/// <summary>
/// Some steps of several environments by a policy, and what follows from them: values, advantages, returns. Threads own whole environments and do not wait for each other; each environment
/// has random numbers of its own, so neither the number of threads nor that of the steps that are made in one go shows in the results.
/// </summary>
sealed unsafe partial class Rollout<TEnvironment> : SharedWork where TEnvironment : IEnvironment
{
    const float MostNormalized = 10;

    readonly ActorCritic _networks;
    readonly PolicyHead _head;
    readonly EnvironmentRows<TEnvironment> _environments;
    readonly PpoOptions _options;
    readonly ActionSpace _space = TEnvironment.ActionSpace;
    readonly RandomStream[] _random, _keptRandom;
    readonly (Exception? Exception, int Step)[] _failures;
    readonly RolloutThread[] _threads;
    RolloutBlock[] _blocks = [];
    readonly RunningMoments? _observationMoments, _returnMoments;
    readonly int _observations, _width, _actions, _count, _steps, _window;

    /// <summary>The buffer's observations and values, and the observations as the environments gave them.</summary>
    readonly float[] _seen, _raw, _values;

    /// <summary>[samples] the rewards, the values of the states in which episodes were broken off, and sums of discounted rewards.</summary>
    readonly float[] _rewards, _lastValues, _discounted;

    readonly double[] _finished, _runningReturns;
    readonly RecentReturns _returns;
    (int First, int End) _ownBlocks;
    Exception? _failure;
    int _wanted;
    bool _begun;

    /// <param name="networks">The networks.</param>
    /// <param name="head">What the policy's outputs mean.</param>
    /// <param name="environments">The environments.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <param name="returns">Is told of the episodes that have ended.</param>
    public Rollout(ActorCritic networks, PolicyHead head, TEnvironment[] environments, PpoOptions options, ulong seed, RecentReturns returns)
    {
        (_networks, _head, _options, _returns) = (networks, head, options, returns);
        _environments = new EnvironmentRows<TEnvironment>(environments, seed);
        (_observations, _width, _actions) = (TEnvironment.ObservationSize, _space.Width, TEnvironment.HasActionMasks ? _space.Count : 0);
        if (TEnvironment.HasActionMasks && !_space.IsDiscrete)
            throw new ArgumentException($"{typeof(TEnvironment).Name} has action masks, but its actions are numbers: only actions of a discrete space can be masked.", nameof(environments));
        (_count, _steps, _window) = (environments.Length, options.NSteps, networks.Window);
        var policyState = networks.PolicyWindow == 0 ? 0 : Recurrence.CreateState(networks.Policy, _observations, streams: 1)!.Size;
        var valueState = networks.ValueWindow == 0 ? 0 : Recurrence.CreateState(networks.Value, _observations, streams: 1)!.Size;
        var widest = Math.Max(Math.Max(_observations, Math.Max(_width, _actions)), (Math.Max(policyState, valueState) - 1) / _window + 1);
        Setting.CheckRoom(nameof(PpoOptions.NSteps), _steps, ((Int128)_steps + 1) * _count * widest, $"so many steps of {_count} environments");
        var samples = _count * _steps;
        var windows = samples / _window;
        Buffer = new RolloutBuffer(samples, _count, _observations, _width, _actions) { PolicyStates = new float[windows * policyState], ValueStates = new float[windows * valueState] };
        (_seen, _values) = (Buffer.Observations, Buffer.Values);
        _raw = options.NormalizeObservations ? new float[_seen.Length] : _seen;
        (_rewards, _lastValues, _discounted) = (new float[samples], new float[samples], new float[options.NormalizeRewards ? samples : 0]);
        (_finished, _runningReturns) = (new double[samples], new double[_count]);
        _observationMoments = options.NormalizeObservations ? new RunningMoments(_observations) : null;
        _returnMoments = options.NormalizeRewards ? new RunningMoments(1) : null;
        var parts = Math.Min(Parallelism.Threads, _count);
        _failures = new (Exception?, int)[parts];
        _threads = new RolloutThread[parts];
        for (var part = 0; part < parts; part++)
            _threads[part] = new RolloutThread(new PolicyBlock(head.Outputs, _width), networks, _observations, _width, _space.Count);
        Divide();
        (_random, _keptRandom) = (new RandomStream[_count], new RandomStream[_count]);
        for (var index = 0; index < _count; index++)
            _random[index] = new RandomStream(seed).Split(1UL << 40).Split((ulong)index);
        (_advantages, _end) = (new double[_count], new RowPasses(Passes()));
    }

    public int Environments => _count;

    /// <summary>Divides the environments into blocks: those that this rank steps as evenly as may be, and those before and behind them.</summary>
    void Divide()
    {
        var (first, end) = Own;
        var (blocks, parts) = (new List<RolloutBlock>(), Math.Min(_threads.Length, end - first));
        var count = parts * ((end - first + parts * PolicyHead.Rows - 1) / (parts * PolicyHead.Rows));
        if (first > 0)
            blocks.Add(CreateBlock(0, first));
        _ownBlocks = (blocks.Count, blocks.Count + count);
        for (var block = 0; block < count; block++)
            blocks.Add(CreateBlock(first + (int)((long)(end - first) * block / count), first + (int)((long)(end - first) * (block + 1) / count)));
        if (end < _count)
            blocks.Add(CreateBlock(end, _count));
        foreach (var block in blocks)
            foreach (var before in _blocks)
                block.CopyFrom(before);
        _blocks = [.. blocks];
    }

    RolloutBlock CreateBlock(int first, int end) => new(
        first, end - first, _networks.PolicyWindow == 0 ? null : Recurrence.CreateState(_networks.Policy, _observations, end - first),
        _networks.ValueWindow == 0 ? null : Recurrence.CreateState(_networks.Value, _observations, end - first));

    /// <summary>Its samples, complete after <see cref="Finish"/>.</summary>
    public RolloutBuffer Buffer { get; }

    /// <summary>Samples of a roll-out.</summary>
    public int Samples => Buffer.Samples;

    /// <summary>Steps of each environment so far.</summary>
    public int StepsDone { get; private set; }

    public int StepsLeft => _steps - StepsDone;

    /// <summary>How observations are normalised at present; null where they are not.</summary>
    public Standardizer? Standardizer
    {
        get
        {
            if (_observationMoments is null)
                return null;
            var deviations = new double[_observations];
            for (var i = 0; i < _observations; i++)
                deviations[i] = Deviation(_observationMoments.Variances[i]);
            return new Standardizer(_observationMoments.Means, deviations);
        }
    }

    static double Deviation(double variance) => Math.Sqrt(variance + 1e-8);

    /// <summary>Begins the next roll-out where the last one ended.</summary>
    public void Begin()
    {
        (StepsDone, _shared) = (0, 0);
        var length = _count * _observations;
        if (_observationMoments is not null)
        {
            _raw.AsSpan(Samples * _observations, length).CopyTo(_raw);
            for (var index = 0; index < _count; index++)
                Normalize(_raw.AsSpan(index * _observations, _observations), _seen.AsSpan(index * _observations, _observations));
        }
        else
            _seen.AsSpan(Samples * _observations, length).CopyTo(_seen);
    }

    /// <summary>
    /// Something went wrong: the environments begin new episodes, and the roll-out anew. How far any of them had gone shows in nothing, nor does what the roll-out had come to.
    /// </summary>
    public void Abandon()
    {
        if (_begun)
        {
            _environments.GoBack();
            _keptRandom.CopyTo(_random, 0);
        }
        foreach (var numbers in Numbers)
            Array.Clear(numbers);
        Array.Clear(Buffer.Ended);
        Array.Clear(_finished);
        Array.Clear(_runningReturns);
        foreach (var block in _blocks)
            block.Reset();
        (StepsDone, _shared, _begun, _failure) = (0, 0, false, null);
    }

    /// <summary>Throws where an environment is one of those that it goes on in.</summary>
    public void CheckFree(TEnvironment environment) => _environments.CheckFree(environment);

    /// <summary>Makes some steps of each environment that is this rank's.</summary>
    public void Collect(int steps)
    {
        if (_ranks is not null)
            _ranks.IsWhole = false;
        if (!_begun)
            BeginEpisodes();
        _begun = true;
        if (StepsDone == 0)
        {
            _environments.Keep();
            _random.CopyTo(_keptRandom, 0);
            _end.Begin();
        }
        _wanted = steps;

        // Threads that are woken for one step would be waited for longer than they help.
        if (_failure is null)
            Parallelism.Run(this, steps > 1 ? Math.Min(_threads.Length, _ownBlocks.End - _ownBlocks.First) : 1);
        FindFailure();

        // Other ranks hear of it when they expect to hear of the roll-out.
        if (_ranks is null && _failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        StepsDone += steps;
    }

    /// <summary>All environments begin an episode, also where one cannot.</summary>
    void BeginEpisodes()
    {
        var (first, end) = Own;
        for (var index = first; index < end; index++)
        {
            try
            {
                _environments.Reset(index, _raw.AsSpan(index * _observations, _observations));
            }
            catch (Exception e)
            {
                _failure ??= e;
            }
            if (_observationMoments is not null)
                Normalize(_raw.AsSpan(index * _observations, _observations), _seen.AsSpan(index * _observations, _observations));
        }
    }

    /// <summary>Keeps what went wrong in the earliest step, whichever thread met it.</summary>
    void FindFailure()
    {
        var step = int.MaxValue;
        foreach (var failure in _failures)
            if (failure.Exception is not null && failure.Step < step)
                (_failure, step) = failure;
        Array.Clear(_failures);
    }

    /// <summary>Environments take as long as they take.</summary>
    public override bool HasEvenParts => false;

    public override void Execute(int part, int parts)
    {
        var step = StepsDone;
        try
        {
            var count = _ownBlocks.End - _ownBlocks.First;
            int first = _ownBlocks.First + count * part / parts, end = _ownBlocks.First + count * (part + 1) / parts;
            for (; step < StepsDone + _wanted; step++)
                for (var block = first; block < end; block++)
                    Step(_threads[part], step, _blocks[block]);
        }
        catch (Exception e)
        {
            // On a thread of the team nobody would catch it.
            _failures[part] = (e, step);
        }
    }

    /// <summary>One step of some environments.</summary>
    void Step(RolloutThread thread, int step, RolloutBlock block)
    {
        var (first, count, stride) = (block.First, block.Count, _networks.PolicyOutputs);
        var row = step * _count + first;
        if (step % _window == 0)
            block.Keep(Buffer, step / _window * _count + first);
        var seen = _seen.AsSpan(row * _observations, count * _observations);
        var outputs = thread.Outputs.AsSpan(0, count * stride);
        Recurrence.ForwardBatch(_networks.Policy, seen, block.Policy, outputs);
        if (block.Value is not null)
            Recurrence.ForwardBatch(_networks.Value, seen, block.Value, _values.AsSpan(row, count));
        FiniteNumbers.CheckOutputs(_networks.Policy, outputs, stride);
        if (_actions > 0)
            for (var i = 0; i < count; i++)
                _environments.WriteActionMask(first + i, thread.Allowed, Buffer.Masks.AsSpan((row + i) * _actions, _actions));
        fixed (float* policy = outputs, taken = Buffer.Actions, masks = Buffer.Masks, logProbabilities = Buffer.LogProbabilities)
            _head.Draw(thread.Block, policy + _networks.PolicyOutput, stride, _actions > 0 ? masks + row * _actions : null, count,
                _random.AsSpan(first, count), taken + row * _width, logProbabilities + row);
        for (var i = 0; i < count; i++)
        {
            if (_networks.IsShared)
                _values[row + i] = outputs[i * stride + _networks.ValueOutput];
            Step(thread, block, first + i, row + i);
        }
    }

    /// <summary>One step of one environment.</summary>
    void Step(RolloutThread thread, RolloutBlock block, int index, int row)
    {
        var kept = Buffer.Actions.AsSpan(row * _width, _width);
        var next = (row + _count) * _observations;
        var observation = _raw.AsSpan(next, _observations);
        StepResult result;
        if (_space.IsDiscrete)
            result = _environments.Step(index, new AgentAction((int)kept[0]), observation, thread.Last, out _finished[row]);
        else
        {
            _space.Clip(kept, thread.Action);
            result = _environments.Step(index, new AgentAction(thread.Action), observation, thread.Last, out _finished[row]);
        }
        if (_observationMoments is not null)
            Normalize(observation, _seen.AsSpan(next, _observations));
        (_rewards[row], Buffer.Ended[row]) = (result.Reward, result.Terminated || result.Truncated);
        _lastValues[row] = 0;
        if (result.Truncated)
        {
            if (_observationMoments is not null)
                Normalize(thread.Last, thread.Last);
            _lastValues[row] = ValueOf(thread, block, index, thread.Last);
        }
        if (Buffer.Ended[row])
            block.Reset(index);
    }

    /// <summary>What is expected of what would follow an observation. What is remembered of its environment stays.</summary>
    float ValueOf(RolloutThread thread, RolloutBlock block, int index, ReadOnlySpan<float> seen)
    {
        if (block.Value is not null)
            thread.ValueState!.CopyFrom(0, block.Value, index - block.First);
        Recurrence.Forward(_networks.Value, seen, thread.ValueState, thread.ValueOutputs);
        FiniteNumbers.CheckOutputs(_networks.Value, thread.ValueOutputs, _networks.ValueOutputs);
        return thread.ValueOutputs[_networks.ValueOutput];
    }

    /// <summary>As <see cref="GenNet.Standardizer"/> has it, within limits.</summary>
    void Normalize(ReadOnlySpan<float> observation, Span<float> normalized)
    {
        for (var i = 0; i < normalized.Length; i++)
            normalized[i] = Math.Clamp((float)((observation[i] - _observationMoments!.Means[i]) / Deviation(_observationMoments.Variances[i])), -MostNormalized, MostNormalized);
    }

    /// <summary>Writes all that is known, but for arrays: of a roll-out that is not complete what there is.</summary>
    public void Save(BinaryWriter writer)
    {
        _environments.Save(writer);
        foreach (var streams in (RandomStream[][])[_random, _keptRandom])
            foreach (var random in streams)
            {
                writer.Write(random.Key);
                writer.Write(random.Counter);
            }
        writer.Write(StepsDone);
        writer.Write(_begun);
        _end.Save(writer);
        Buffer.Save(writer);
        foreach (var block in _blocks)
            for (var stream = 0; stream < block.Count; stream++)
            {
                Write(writer, block.Policy, stream);
                Write(writer, block.Value, stream);
            }
        writer.Write(MemoryMarshal.AsBytes<double>(_runningReturns));
        writer.Write(MemoryMarshal.AsBytes<double>(_advantages));
        _observationMoments?.Save(writer);
        _returnMoments?.Save(writer);
    }

    /// <summary>Reads it again.</summary>
    public void Load(BinaryReader reader)
    {
        _environments.Load(reader);
        foreach (var streams in (RandomStream[][])[_random, _keptRandom])
            for (var index = 0; index < _count; index++)
                streams[index] = RandomStream.Resume(reader.ReadUInt64(), reader.ReadUInt64());
        StepsDone = reader.ReadInt32();
        _begun = reader.ReadBoolean();
        _end.Load(reader);
        Buffer.Load(reader);
        foreach (var block in _blocks)
            for (var stream = 0; stream < block.Count; stream++)
            {
                Read(reader, block.Policy, stream);
                Read(reader, block.Value, stream);
            }
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes<double>(_runningReturns));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes<double>(_advantages));
        _observationMoments?.Load(reader);
        _returnMoments?.Load(reader);
    }

    static void Write(BinaryWriter writer, NetworkState? state, int stream)
    {
        if (state is not null)
            writer.Write(MemoryMarshal.AsBytes(state.Values(stream)));
    }

    static void Read(BinaryReader reader, NetworkState? state, int stream)
    {
        if (state is not null)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(state.Values(stream)));
    }

    /// <summary>Adds the arrays.</summary>
    public void AddTo(RunArrays arrays)
    {
        foreach (var numbers in Numbers)
            arrays.Add(numbers);
        arrays.Add(Buffer.Ended);
        arrays.Add(_finished);
    }

    /// <summary>All arrays of floats. Without normalisation the observations are there twice, which does no harm.</summary>
    float[][] Numbers => [_raw, _seen, _discounted, Buffer.Actions, Buffer.Masks, Buffer.LogProbabilities, _values, Buffer.Advantages, Buffer.Returns, _rewards, _lastValues, Buffer.PolicyStates, Buffer.ValueStates];
}
