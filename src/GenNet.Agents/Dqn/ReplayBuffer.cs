namespace GenNet.Agents;

/// <summary>Steps that were made, of which learning draws; the oldest give way. All memory is taken at once.</summary>
/// <param name="capacity">Steps that it holds.</param>
/// <param name="observations">Numbers of an observation.</param>
/// <param name="masked">Actions that may be masked; 0 where there are no masks.</param>
/// <param name="prioritized">Whether samples are drawn by their priority.</param>
sealed class ReplayBuffer(int capacity, int observations, int masked, bool prioritized)
{
    readonly float[] _observations = new float[checked(capacity * observations)], _next = new float[checked(capacity * observations)], _masks = new float[checked(capacity * masked)];
    readonly float[] _rewards = new float[capacity], _discounts = new float[capacity];
    readonly int[] _actions = new int[capacity];
    int _at;

    /// <summary>The priorities of the samples; null where all are alike.</summary>
    public PriorityTree? Priorities { get; } = prioritized ? new PriorityTree(capacity) : null;

    /// <summary>Steps that are there.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a step.</summary>
    /// <param name="observation">[observations] what the agent saw.</param>
    /// <param name="action">What it did.</param>
    /// <param name="reward">The discounted sum of the rewards up to <paramref name="next"/>.</param>
    /// <param name="next">[observations] what it saw then.</param>
    /// <param name="mask">[masked] which actions there were then.</param>
    /// <param name="discount">What the value of what follows counts: 0 where nothing does.</param>
    public void Add(ReadOnlySpan<float> observation, int action, float reward, ReadOnlySpan<float> next, ReadOnlySpan<float> mask, float discount)
    {
        observation.CopyTo(_observations.AsSpan(_at * observations));
        next.CopyTo(_next.AsSpan(_at * observations));
        mask.CopyTo(_masks.AsSpan(_at * masked));
        (_actions[_at], _rewards[_at], _discounts[_at]) = (action, reward, discount);
        Priorities?.Add(_at);
        _at = (_at + 1) % capacity;
        Count = Math.Max(Count, _at == 0 ? capacity : _at);
    }

    public ReadOnlySpan<float> Observation(int index) => _observations.AsSpan(index * observations, observations);

    public ReadOnlySpan<float> Next(int index) => _next.AsSpan(index * observations, observations);

    public ReadOnlySpan<float> Mask(int index) => _masks.AsSpan(index * masked, masked);

    public int Action(int index) => _actions[index];

    public float Reward(int index) => _rewards[index];

    public float Discount(int index) => _discounts[index];

    /// <summary>Throws unless arrays hold so many steps.</summary>
    /// <inheritdoc cref="ReplayBuffer"/>
    public static void CheckRoom(int capacity, int observations, int masked, bool prioritized) =>
        Setting.CheckRoom(nameof(DqnOptions.BufferSize), capacity, Int128.Max((Int128)capacity * Math.Max(1, Math.Max(observations, masked)), prioritized ? PriorityTree.Numbers(capacity) : 0), "so many steps");

    /// <summary>Writes how many steps there are.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(_at);
    }

    /// <summary>Reads it again.</summary>
    public void Load(BinaryReader reader)
    {
        var (count, at) = (reader.ReadInt32(), reader.ReadInt32());
        if ((uint)count > (uint)capacity || (uint)at >= (uint)capacity)
            throw new InvalidDataException($"{count} steps, the next at {at}, do not fit a memory of {capacity}.");
        (Count, _at) = (count, at);
    }

    /// <summary>Adds the steps that there are.</summary>
    public void AddTo(RunArrays arrays)
    {
        foreach (var (numbers, width) in ((float[], int)[])[(_observations, observations), (_next, observations), (_masks, masked), (_rewards, 1), (_discounts, 1)])
            arrays.Add(numbers, 0, Count * width);
        arrays.Add(_actions, 0, Count);
        Priorities?.AddTo(arrays, Count);
    }
}
