namespace GenNet.Agents;

/// <summary>The last steps of an environment, whose rewards are summed until there are n of them or the episode is over.</summary>
/// <param name="length">n.</param>
/// <param name="observations">Numbers of an observation.</param>
/// <param name="gamma">What a reward counts one step later.</param>
sealed class StepQueue(int length, int observations, double gamma)
{
    readonly float[] _observations = new float[checked(length * observations)], _rewards = new float[length];
    readonly int[] _actions = new int[length];
    int _first, _count;

    /// <summary>Forgets them.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a step, and to the memory those that are complete with it.</summary>
    /// <param name="observation">[observations] what the agent saw.</param>
    /// <param name="action">What it did.</param>
    /// <param name="result">What that gave.</param>
    /// <param name="next">[observations] what it saw then.</param>
    /// <param name="mask">Which actions there were then.</param>
    /// <param name="memory">Where complete ones go.</param>
    public void Add(ReadOnlySpan<float> observation, int action, StepResult result, ReadOnlySpan<float> next, ReadOnlySpan<float> mask, ReplayBuffer memory)
    {
        var at = (_first + _count++) % length;
        observation.CopyTo(_observations.AsSpan(at * observations));
        (_actions[at], _rewards[at]) = (action, result.Reward);
        var over = result.Terminated || result.Truncated;
        while (_count == length || over && _count > 0)
        {
            var (sum, discount) = (0.0, 1.0);
            for (var i = 0; i < _count; i++)
            {
                sum += discount * _rewards[(_first + i) % length];
                discount *= gamma;
            }
            memory.Add(_observations.AsSpan(_first * observations, observations), _actions[_first], (float)Math.Clamp(sum, float.MinValue, float.MaxValue), next, mask, result.Terminated ? 0 : (float)discount);
            (_first, _count) = ((_first + 1) % length, _count - 1);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_first);
        writer.Write(_count);
        for (var i = 0; i < length; i++)
        {
            writer.Write(_actions[i]);
            writer.Write(_rewards[i]);
        }
        foreach (var number in _observations)
            writer.Write(number);
    }

    public void Load(BinaryReader reader)
    {
        (_first, _count) = (reader.ReadInt32(), reader.ReadInt32());
        for (var i = 0; i < length; i++)
            (_actions[i], _rewards[i]) = (reader.ReadInt32(), reader.ReadSingle());
        for (var i = 0; i < _observations.Length; i++)
            _observations[i] = reader.ReadSingle();
    }
}
