namespace GenNet.Agents;

/// <summary>Sums over the samples of a batch, in their order.</summary>
struct PolicySums
{
    /// <summary>Of min(ratio·advantage, clipped ratio·advantage).</summary>
    public double Surrogate;

    /// <summary>Of the entropies.</summary>
    public double Entropy;

    /// <summary>Of (ratio − 1) − ln ratio, the estimate of the divergence from the policy that acted.</summary>
    public double Divergence;

    /// <summary>Of the samples whose ratio is clipped.</summary>
    public double Clipped;
}
