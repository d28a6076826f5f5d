namespace GenNet.Agents;

/// <summary>The best of several actions.</summary>
static class Greedy
{
    /// <summary>The number of the largest value, of those that a mask allows; −1 where there is none.</summary>
    /// <param name="values">[actions] the values.</param>
    /// <param name="mask">[actions] 0 for those that there are not; empty where there are all.</param>
    public static int Best(ReadOnlySpan<float> values, ReadOnlySpan<float> mask)
    {
        var best = -1;
        for (var action = 0; action < values.Length; action++)
            if ((mask.IsEmpty || mask[action] != 0) && (best < 0 || values[action] > values[best]))
                best = action;
        return best;
    }
}
