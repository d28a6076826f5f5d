namespace GenNet.Generator.Planning;

/// <summary>With which steps of a stream values come: the first of them, from 0, and how many lie from one to the next.</summary>
readonly record struct StreamPace(int First, int Every)
{
    /// <summary>More steps than any sequence has, from one value to the next.</summary>
    const long Most = 1 << 30;

    /// <summary>Values with every step.</summary>
    public static StreamPace Each { get; } = new(0, 1);

    /// <summary>Those of windows along values that come so; null where they would never come.</summary>
    /// <param name="before">Values before the first with which a window ends.</param>
    /// <param name="stride">Values from one window to the next.</param>
    public StreamPace? Of(int before, int stride)
    {
        var (first, every) = (First + (long)before * Every, (long)Every * stride);
        return first > Most || every > Most ? null : new((int)first, (int)every);
    }
}
