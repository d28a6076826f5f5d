namespace GenNet.Agents;

/// <summary>Environments that go through the networks together, and what recurrent networks remember of them.</summary>
/// <param name="first">The first environment.</param>
/// <param name="count">How many there are.</param>
/// <param name="policy">What the policy remembers of them; null where it remembers nothing.</param>
/// <param name="value">What the value's network remembers of them; null where it remembers nothing.</param>
sealed class RolloutBlock(int first, int count, NetworkState? policy, NetworkState? value)
{
    public int First => first;

    public int Count => count;

    public NetworkState? Policy => policy;

    public NetworkState? Value => value;

    /// <summary>Begins anew with all environments.</summary>
    public void Reset()
    {
        policy?.Reset();
        value?.Reset();
    }

    /// <summary>An environment begins another episode.</summary>
    public void Reset(int environment)
    {
        policy?.Reset(environment - first);
        value?.Reset(environment - first);
    }

    /// <summary>Takes over what is remembered of the environments that are another's too.</summary>
    public void CopyFrom(RolloutBlock source)
    {
        for (var index = Math.Max(first, source.First); index < Math.Min(first + count, source.First + source.Count); index++)
        {
            policy?.CopyFrom(index - first, source.Policy!, index - source.First);
            value?.CopyFrom(index - first, source.Value!, index - source.First);
        }
    }

    /// <summary>Keeps the states that a window begins with.</summary>
    /// <param name="buffer">Where.</param>
    /// <param name="window">The window of the first environment: those of the others follow.</param>
    public void Keep(RolloutBuffer buffer, int window)
    {
        Keep(policy, buffer.PolicyStates, window);
        Keep(value, buffer.ValueStates, window);
    }

    static void Keep(NetworkState? states, float[] kept, int window)
    {
        for (var stream = 0; stream < states?.Streams; stream++)
            states.Values(stream).CopyTo(kept.AsSpan((window + stream) * states.Size));
    }
}
