using System.Numerics;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Which rank computes which samples of a batch, and in what order the ranks' sums are added. Each rank has parts that follow one another, as many as the others or one more;
/// they make up a few nodes of the tree of <see cref="SampleParts"/>, whose sums it computes by itself.
/// </summary>
sealed class RankPlan
{
    readonly int _parts, _samples;
    readonly RankNode[][] _ofRanks;
    readonly List<RankNode> _nodes = [];
    readonly List<(int Into, int From)> _additions = [];

    /// <param name="samples">Samples of the batch.</param>
    /// <param name="ranks">Number of ranks. Those for which there is no part compute nothing.</param>
    public RankPlan(int samples, int ranks)
    {
        (_samples, _parts) = (samples, SampleParts.Count(samples));
        for (var rank = 0; rank < ranks; rank++)
            Divide(rank, (int)((long)_parts * rank / ranks), (int)((long)_parts * (rank + 1) / ranks));
        Nodes = [.. _nodes];
        _ofRanks = [.. Enumerable.Range(0, ranks).Select(rank => Array.FindAll(Nodes, node => node.Rank == rank))];
        AddUp(0, (int)BitOperations.RoundUpToPowerOf2((uint)_parts));
        Additions = [.. _additions];
    }

    /// <summary>All nodes that a rank sums by itself, in the order of their samples.</summary>
    public RankNode[] Nodes { get; }

    /// <summary>Which node's sum is added to which other's, in this order. In the end that of all samples is the first node's.</summary>
    public (int Into, int From)[] Additions { get; }

    /// <summary>The first of a rank's nodes, and the first behind them.</summary>
    public (int First, int End) PlacesOf(int rank)
    {
        var first = 0;
        for (var earlier = 0; earlier < rank; earlier++)
            first += _ofRanks[earlier].Length;
        return (first, first + _ofRanks[rank].Length);
    }

    /// <summary>The nodes of a rank; none where there are fewer parts than ranks.</summary>
    public RankNode[] NodesOf(int rank) => _ofRanks[rank];

    /// <summary>The samples that a rank computes: the first, and the first behind them.</summary>
    public (int First, int End) SamplesOf(int rank)
    {
        var nodes = _ofRanks[rank];
        return nodes.Length == 0 ? (0, 0) : (nodes[0].First, nodes[^1].End);
    }

    /// <summary>Takes the largest nodes that parts make up. One whose last parts would lie behind the batch's end is whole without them.</summary>
    void Divide(int rank, int part, int end)
    {
        while (part < end)
        {
            var size = part == 0 ? (int)BitOperations.RoundUpToPowerOf2((uint)_parts) : part & -part;
            while (Math.Min(part + size, _parts) > end)
                size /= 2;
            _nodes.Add(new(rank, part * SampleParts.Samples, Math.Min(size * SampleParts.Samples, _samples - part * SampleParts.Samples)));
            part += size;
        }
    }

    /// <summary>Notes the additions that make up the sum of so many parts; returns the node that then has it.</summary>
    int AddUp(int part, int size)
    {
        var (first, end) = (part * SampleParts.Samples, (int)Math.Min((long)(part + size) * SampleParts.Samples, _samples));
        var node = Array.FindIndex(Nodes, node => node.First == first);
        if (node >= 0 && Nodes[node].End == end)
            return node;
        var left = AddUp(part, size / 2);
        if (part + size / 2 < _parts)
            _additions.Add((left, AddUp(part + size / 2, size / 2)));
        return left;
    }
}
