using System.Runtime.InteropServices;

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

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(_at);
        foreach (var (numbers, width) in Numbers)
            writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan(0, Count * width)));
        writer.Write(MemoryMarshal.AsBytes(_actions.AsSpan(0, Count)));
        Priorities?.Save(writer, Count);
    }

    public void Load(BinaryReader reader)
    {
        Count = reader.ReadInt32();
        _at = reader.ReadInt32();
        foreach (var (numbers, width) in Numbers)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan(0, Count * width)));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_actions.AsSpan(0, Count)));
        Priorities?.Load(reader, Count);
    }

    (float[] Numbers, int Width)[] Numbers => [(_observations, observations), (_next, observations), (_masks, masked), (_rewards, 1), (_discounts, 1)];
}
