using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// Several environments, each with episodes of its own that follow one another: the seed of an episode follows from the environment's number and the episode's. A thread that owns
/// some of them needs no other.
/// </summary>
/// <param name="environments">The environments, stepped in place.</param>
/// <param name="seed">What the seeds of all episodes follow from.</param>
sealed class EnvironmentRows<TEnvironment>(TEnvironment[] environments, ulong seed) where TEnvironment : IEnvironment
{
    readonly Episode[] _episodes = new Episode[environments.Length];
    readonly long[] _kept = new long[environments.Length];
    RandomStream _seeds = new(seed);

    /// <summary>The episode that an environment is in.</summary>
    struct Episode
    {
        /// <summary>Episodes begun.</summary>
        public long Number;

        public int Steps;
        public double Return;
    }

    public int Count => environments.Length;

    /// <summary>Throws where an environment is one of these, so that whole episodes in it would spoil the one that it is in.</summary>
    public void CheckFree(TEnvironment environment)
    {
        if (!typeof(TEnvironment).IsValueType && Array.FindIndex(environments, own => ReferenceEquals(own, environment)) is var index and >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"This {typeof(TEnvironment).Name} is environment {index}, in which the agent is learning. Give another, in which nobody is."), nameof(environment));
    }

    /// <summary>Keeps the numbers of the episodes.</summary>
    public void Keep()
    {
        for (var index = 0; index < _kept.Length; index++)
            _kept[index] = _episodes[index].Number;
    }

    /// <summary>Goes back to the numbers kept: the next episodes are those that followed then.</summary>
    public void GoBack()
    {
        for (var index = 0; index < _kept.Length; index++)
            _episodes[index] = new Episode { Number = _kept[index] };
    }

    /// <summary>Begins the next episode of an environment.</summary>
    /// <param name="index">The environment.</param>
    /// <param name="observation">What the agent sees, written.</param>
    public void Reset(int index, Span<float> observation)
    {
        ref var episode = ref _episodes[index];
        var seed = _seeds.Split((ulong)index).Split((ulong)episode.Number).Key;
        // It counts as begun also where that throws: the next attempt is another episode.
        episode = new Episode { Number = episode.Number + 1 };
        environments[index].Reset(seed, observation);
        FiniteSteps.Check<TEnvironment>(observation, 0, steps: 0, new(index, episode.Number));
    }

    /// <summary>Goes on by one step. Where the episode is over the next one begins.</summary>
    /// <param name="index">The environment.</param>
    /// <param name="action">The action.</param>
    /// <param name="observation">What the agent sees, written: of the next episode where this one is over.</param>
    /// <param name="last">What the agent saw last, written where the episode is over.</param>
    /// <param name="finished">The sum of the episode's rewards where it is over, else NaN.</param>
    /// <returns>The reward, and whether the episode is over. What is terminated is not truncated.</returns>
    public StepResult Step(int index, AgentAction action, Span<float> observation, Span<float> last, out double finished)
    {
        var result = environments[index].Step(action, observation);
        ref var episode = ref _episodes[index];
        episode.Steps++;
        episode.Return += result.Reward;
        finished = double.NaN;
        FiniteSteps.Check<TEnvironment>(observation, result.Reward, episode.Steps, new(index, episode.Number));
        if (!result.Terminated && !result.Truncated && episode.Steps != TEnvironment.TimeLimit)
            return result;
        finished = episode.Return;
        observation.CopyTo(last);
        Reset(index, observation);
        return result with { Truncated = !result.Terminated };
    }

    /// <summary>Writes which actions there are: 1 for each that there is, else 0.</summary>
    /// <param name="index">The environment.</param>
    /// <param name="allowed">[actions] room.</param>
    /// <param name="mask">[actions] the mask, written.</param>
    public void WriteActionMask(int index, Span<bool> allowed, Span<float> mask)
    {
        allowed.Fill(true);
        environments[index].WriteActionMask(allowed);
        var any = false;
        for (var action = 0; action < mask.Length; action++)
        {
            any |= allowed[action];
            mask[action] = allowed[action] ? 1 : 0;
        }
        if (!any)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{typeof(TEnvironment).Name}.WriteActionMask{new EpisodePlace(index, _episodes[index].Number)}, {_episodes[index].Steps} steps into the episode, allows no action. Allow one, or end the episode in the step before."));
    }

    /// <summary>Writes where the episodes are.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_seeds.Key);
        for (var index = 0; index < Count; index++)
            Save(index, writer);
    }

    /// <summary>Writes where an environment's episode is.</summary>
    public void Save(int index, BinaryWriter writer)
    {
        writer.Write(_kept[index]);
        writer.Write(_episodes[index].Number);
        writer.Write(_episodes[index].Steps);
        writer.Write(_episodes[index].Return);
        EnvironmentState.Save(ref environments[index], writer);
    }

    /// <summary>Reads where the episodes were.</summary>
    public void Load(BinaryReader reader)
    {
        _seeds = RandomStream.Resume(reader.ReadUInt64(), 0);
        for (var index = 0; index < Count; index++)
            Load(index, reader);
    }

    /// <summary>Reads where an environment's episode was.</summary>
    public void Load(int index, BinaryReader reader)
    {
        _kept[index] = reader.ReadInt64();
        _episodes[index] = new Episode { Number = reader.ReadInt64(), Steps = reader.ReadInt32(), Return = reader.ReadDouble() };
        EnvironmentState.Load(ref environments[index], reader);
    }

    /// <summary>A fingerprint of the environments and where their episodes are; of those that cannot be saved, how many there are.</summary>
    public ulong Hash()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        for (var index = 0; index < Count; index++)
            if (EnvironmentState.CanSave(ref environments[index]))
                Save(index, writer);
        writer.Write(Count);
        writer.Flush();
        return EnvironmentRanks.Hash(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
