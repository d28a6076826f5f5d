namespace GenNet.Agents;

/// <summary>Whole episodes of policies that act without chance.</summary>
static class Episodes
{
    /// <summary>Runs some episodes and returns the return of each.</summary>
    public static double[] Run<TEnvironment>(INetwork policy, int outputs, int firstOutput, Standardizer? standardizer, TEnvironment environment, int episodes, ulong seed, CancellationToken cancellationToken) where TEnvironment : IEnvironment
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(episodes);
        var (actor, returns, seeds) = (new Actor<TEnvironment>(policy, outputs, firstOutput, standardizer), new double[episodes], new RandomStream(seed));
        for (var episode = 0; episode < episodes; episode++)
            returns[episode] = actor.Run(policy, ref environment, seeds.Split((ulong)episode).Key, cancellationToken, out _);
        return returns;
    }
}
