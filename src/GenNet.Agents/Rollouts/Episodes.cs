namespace GenNet.Agents;

/// <summary>Whole episodes of a policy that acts without chance.</summary>
static class Episodes
{
    /// <summary>Runs some and returns the return of each.</summary>
    public static double[] Run<TEnvironment>(Actor<TEnvironment> actor, TEnvironment environment, int episodes, ulong seed) where TEnvironment : IEnvironment
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(episodes);
        TEnvironment[] environments = [environment];
        var rows = new EnvironmentRows<TEnvironment>(environments, seed);
        var (observation, last, returns) = (new float[TEnvironment.ObservationSize], new float[TEnvironment.ObservationSize], new double[episodes]);
        rows.Reset(0, observation);
        for (var episode = 0; episode < episodes;)
        {
            _ = rows.Step(0, actor.Act(ref environments[0], observation), observation, last, out var finished);
            if (!double.IsNaN(finished))
                returns[episode++] = finished;
        }
        return returns;
    }
}
