namespace GenNet;

/// <summary>Samples of a batch whose sum is a node of the tree that <see cref="Kernels.SampleParts"/> declares, and which one rank computes.</summary>
/// <param name="Rank">The rank.</param>
/// <param name="First">The number of their first in the batch.</param>
/// <param name="Count">How many there are.</param>
readonly record struct RankNode(int Rank, int First, int Count)
{
    /// <summary>The number of the first sample behind them.</summary>
    public int End => First + Count;
}
