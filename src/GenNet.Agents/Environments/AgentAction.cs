namespace GenNet.Agents;

/// <summary>An action: the number of one of several, or numbers, as the <see cref="ActionSpace"/> has it.</summary>
public readonly ref struct AgentAction
{
    /// <summary>One of several actions.</summary>
    /// <param name="index">Its number, from 0.</param>
    public AgentAction(int index) => Index = index;

    /// <summary>Numbers within bounds.</summary>
    /// <param name="values">[<see cref="ActionSpace.Count"/>] the numbers.</param>
    public AgentAction(ReadOnlySpan<float> values) => Values = values;

    /// <summary>The number of the action, from 0, in a discrete space.</summary>
    public int Index { get; }

    /// <summary>[<see cref="ActionSpace.Count"/>] the numbers, in a box; empty in a discrete space.</summary>
    public ReadOnlySpan<float> Values { get; }
}
