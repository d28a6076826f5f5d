namespace GenNet.Agents;

/// <summary>Reports of what several ranks do together.</summary>
static class RankProgress
{
    /// <summary>Tells of a report, on the first rank.</summary>
    /// <returns>What went wrong with it, where other ranks are to hear of it; null where nothing did. A rank by itself throws it.</returns>
    public static Exception? Report<TReport>(IProgress<TReport>? progress, TReport report, IRankExchange? exchange)
    {
        try
        {
            if (exchange is null or { Rank: 0 })
                progress?.Report(report);
            return null;
        }
        catch (Exception e) when (exchange is { Ranks: > 1 })
        {
            return e;
        }
    }
}
