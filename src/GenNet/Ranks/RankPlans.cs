namespace GenNet;

/// <summary>Plans that are asked for again. Not all: batches of which no two are divided alike would leave one each.</summary>
/// <param name="ranks">Number of ranks.</param>
sealed class RankPlans(int ranks)
{
    /// <summary>More than an epoch's batches, their last and those of its validation need.</summary>
    internal const int Most = 64;

    readonly Dictionary<(int Samples, int Before, int Rows), RankPlan> _plans = [];

    /// <summary>How many are kept.</summary>
    internal int Count => _plans.Count;

    /// <summary>Which rank sums what of a part of a batch.</summary>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="before">Those before the part.</param>
    /// <param name="rows">Those of the part.</param>
    public RankPlan Of(int samples, int before, int rows)
    {
        if (_plans.TryGetValue((samples, before, rows), out var plan))
            return plan;
        if (_plans.Count == Most)
            _plans.Clear();
        return _plans[(samples, before, rows)] = new RankPlan(samples, before, rows, ranks);
    }
}
