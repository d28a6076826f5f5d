namespace GenNet;

/// <summary>Of which pixels, and how much of each, the pixels of a side become that gets another length.</summary>
sealed class ResizedAxis
{
    readonly (int First, float[] Shares)[] _mixtures;

    /// <param name="from">Pixels given.</param>
    /// <param name="to">Pixels wanted.</param>
    /// <param name="interpolation">How they follow.</param>
    public ResizedAxis(int from, int to, Interpolation interpolation)
    {
        _mixtures = new (int, float[])[to];
        for (var i = 0; i < to; i++)
            _mixtures[i] = interpolation == Interpolation.Nearest ? ((int)((2L * i + 1) * from / (2L * to)), [1]) : Tent(from, to, i);
    }

    /// <summary>
    /// Shares that fall in a straight line from the middle of a pixel wanted to the middles of its neighbours or, where pixels given lie wider apart, to those of theirs.
    /// What would lie outside of the image is left out, and the shares that are left add up to 1.
    /// </summary>
    static (int First, float[] Shares) Tent(int from, int to, int pixel)
    {
        var scale = (double)from / to;
        var (middle, reach) = ((pixel + 0.5) * scale - 0.5, Math.Max(1, scale));
        var first = Math.Max(0, (int)Math.Floor(middle - reach) + 1);
        var last = Math.Min(from - 1, (int)Math.Ceiling(middle + reach) - 1);
        var shares = new double[last - first + 1];
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
            sum += shares[i] = 1 - Math.Abs(first + i - middle) / reach;
        return (first, Array.ConvertAll(shares, share => (float)(share / sum)));
    }

    /// <summary>Computes a pixel, or a row of them.</summary>
    /// <param name="pixel">Which.</param>
    /// <param name="given">[pixels given, <paramref name="length"/>] values.</param>
    /// <param name="length">Values of each.</param>
    /// <param name="result">[<paramref name="length"/>] values, written.</param>
    public void Mix(int pixel, ReadOnlySpan<float> given, int length, Span<float> result)
    {
        var (first, shares) = _mixtures[pixel];
        for (var i = 0; i < length; i++)
        {
            var sum = shares[0] * given[first * length + i];
            for (var k = 1; k < shares.Length; k++)
                sum += shares[k] * given[(first + k) * length + i];
            result[i] = sum;
        }
    }
}
