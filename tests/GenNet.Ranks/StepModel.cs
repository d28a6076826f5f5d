namespace GenNet.Ranks;

/// <summary>What a step takes, in milliseconds: computing parts, changing the weights, moving gradients, messages, adding.</summary>
/// <param name="Part">Forward, back and gradients of a part of 128 samples.</param>
/// <param name="Update">What does not depend on the samples.</param>
/// <param name="Parameters">Weights.</param>
/// <param name="Addition">Adding a part's gradients to another's.</param>
/// <param name="Message">Beginning and receiving one more message.</param>
sealed record StepModel(double Part, double Update, long Parameters, double Addition, double Message)
{
    /// <summary>Rounds of a step in which each rank has messages for all others: how they fare, gradients, sums.</summary>
    const int Rounds = 3;

    /// <summary>A step of so many parts for each rank.</summary>
    /// <param name="ranks">Ranks.</param>
    /// <param name="parts">Parts of each.</param>
    /// <param name="link">What is between them.</param>
    public double Step(int ranks, int parts, Link link) => parts * Part + Update + Exchange(ranks, link);

    /// <summary>What of it only several ranks have. Each moves as many gradients as there are to the others and as many sums back, both ways at once, and adds those of its share of the weights.</summary>
    public double Exchange(int ranks, Link link)
    {
        var others = (ranks - 1.0) / ranks;
        return Rounds * ((ranks - 1) * Message + (ranks > 1 ? link.Latency : 0)) + 2 * others * sizeof(float) * Parameters * link.PerByte + others * Addition;
    }

    /// <summary>The line through measured steps of one rank: parts and milliseconds.</summary>
    public static (double Part, double Update) Fit((int Parts, double Milliseconds)[] steps)
    {
        // Relative errors count, for a step of many parts is no worse measured than a short one.
        double w = 0, x = 0, y = 0, xx = 0, xy = 0;
        foreach (var (parts, milliseconds) in steps)
        {
            var weight = 1 / (milliseconds * milliseconds);
            (w, x, y) = (w + weight, x + weight * parts, y + weight * milliseconds);
            (xx, xy) = (xx + weight * parts * parts, xy + weight * parts * milliseconds);
        }
        var slope = (w * xy - x * y) / (w * xx - x * x);
        return (slope, (y - slope * x) / w);
    }
}
