namespace GenNet;

/// <summary>What a network's outputs say.</summary>
public static class Metrics
{
    /// <summary>Where the largest value is: the class that a classifier predicts. The first of equals wins and NaN never does.</summary>
    /// <returns>Its index, or −1 where no value is a number.</returns>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        var best = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (best < 0 ? !float.IsNaN(values[i]) : values[i] > values[best])
                best = i;
        }
        return best;
    }

    /// <summary>The class that a single output predicts: 1 above the threshold and 0 up to it, or −1 where it is NaN.</summary>
    /// <param name="output">The output.</param>
    /// <param name="threshold">The output that is in doubt: 0.5 for a probability, 0 for a logit.</param>
    public static int ClassOf(float output, float threshold = 0.5f) => float.IsNaN(output) ? -1 : output > threshold ? 1 : 0;
}
