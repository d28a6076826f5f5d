using System.Globalization;

namespace GenNet.Agents;

/// <summary>What an agent may do in an environment. Made once: <c>static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);</c></summary>
public sealed class ActionSpace
{
    readonly float[] _low, _high;

    ActionSpace(int count, float[] low, float[] high) => (Count, _low, _high) = (count, low, high);

    /// <summary>One of several actions.</summary>
    /// <param name="count">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public static ActionSpace Discrete(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new ActionSpace(count, [], []);
    }

    /// <summary>Numbers, each within bounds of its own.</summary>
    /// <param name="low">The least value of each.</param>
    /// <param name="high">The largest value of each.</param>
    /// <exception cref="ArgumentException">There are none, not as many bounds of either kind, or a bound is not finite or not below the other.</exception>
    public static ActionSpace Box(ReadOnlySpan<float> low, ReadOnlySpan<float> high)
    {
        if (low.IsEmpty || low.Length != high.Length)
            throw new ArgumentException($"Give a least and a largest value for each number of an action, got {low.Length} and {high.Length}.");
        for (var i = 0; i < low.Length; i++)
            if (!(float.IsFinite(low[i]) && float.IsFinite(high[i]) && low[i] < high[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Number {i} of an action goes from {low[i]} to {high[i]}: both must be finite, and the first less than the other."));
        return new ActionSpace(low.Length, low.ToArray(), high.ToArray());
    }

    /// <summary>Actions of a discrete space, or numbers of an action in a box.</summary>
    public int Count { get; }

    /// <summary>Whether an action is one of several.</summary>
    public bool IsDiscrete => _low.Length == 0;

    /// <summary>The least value of each number; empty for a discrete space.</summary>
    public ReadOnlySpan<float> Low => _low;

    /// <summary>The largest value of each number; empty for a discrete space.</summary>
    public ReadOnlySpan<float> High => _high;

    /// <summary>Throws unless an action is one of the space, as an environment that is stepped by hand should. Numbers may lie beyond their bounds, which the environment limits.</summary>
    /// <param name="action">The action.</param>
    /// <param name="environment">The environment's name, for the message.</param>
    /// <exception cref="ArgumentException">There is no such action, there are not as many numbers, or one is not finite.</exception>
    public void Check(AgentAction action, string environment)
    {
        var values = action.Values;
        if (IsDiscrete ? values.IsEmpty && (uint)action.Index < (uint)Count : values.Length == Count && AreFinite(values))
            return;
        var got = IsDiscrete && values.IsEmpty ? $"action {action.Index}, counted from 0" : values.IsEmpty ? "no number" : $"numbers: {string.Join(", ", values.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)))}";
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{environment}.Step takes {this}, got {got}."), nameof(action));
    }

    static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (!float.IsFinite(value))
                return false;
        return true;
    }

    /// <summary>Numbers that an action is kept as.</summary>
    internal int Width => IsDiscrete ? 1 : Count;

    /// <summary>An action as it is kept: the number of one, or numbers.</summary>
    internal AgentAction Read(ReadOnlySpan<float> kept) => IsDiscrete ? new((int)kept[0]) : new(kept);

    /// <summary>Brings numbers within their bounds.</summary>
    internal void Clip(ReadOnlySpan<float> values, Span<float> clipped)
    {
        for (var i = 0; i < clipped.Length; i++)
            clipped[i] = Math.Clamp(values[i], _low[i], _high[i]);
    }

    /// <summary>The space in words: <c>one of 2 actions</c>, <c>1 number within bounds</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsDiscrete ? "one of " : "")}{Count} {(IsDiscrete ? "action" : "number")}{(Count == 1 ? "" : "s")}{(IsDiscrete ? "" : " within bounds")}");
}
