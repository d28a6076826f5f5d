using System.Numerics;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Which rank computes which samples of a batch, and in what order the ranks' sums are added. Each rank has parts that follow one another, as many as the others or one more;
/// they make up a few nodes of the tree of <see cref="SampleParts"/>, whose sums it computes by itself. Of a batch that is accumulated it is one for each of the portions in which the batch comes.
/// </summary>
sealed class RankPlan
{
    readonly int _parts, _samples;
    readonly RankNode[][] _ofRanks;
    readonly RankNode[] _keptAndNodes;
    readonly List<RankNode> _nodes = [];
    readonly List<(int Into, int From)> _additions = [];

    /// <param name="samples">Samples of the batch.</param>
    /// <param name="ranks">Number of ranks. Those for which there is no part compute nothing.</param>
    public RankPlan(int samples, int ranks) : this(samples, before: 0, samples, ranks) { }

    /// <param name="samples">Samples of the batch.</param>
    /// <param name="before">Those whose sums are kept already, whole parts.</param>
    /// <param name="rows">Those at hand: whole parts, or all that are left.</param>
    /// <param name="ranks">Number of ranks. Those for which there is no part compute nothing.</param>
    public RankPlan(int samples, int before, int rows, int ranks)
    {
        (_samples, _parts) = (samples, SampleParts.Count(samples));
        var (first, parts) = (before / SampleParts.Samples, SampleParts.Count(rows));
        for (var rank = 0; rank < ranks; rank++)
            Divide(rank, first + (int)((long)parts * rank / ranks), first + (int)((long)parts * (rank + 1) / ranks));
        Nodes = [.. _nodes];
        _ofRanks = [.. Enumerable.Range(0, ranks).Select(rank => Array.FindAll(Nodes, node => node.Rank == rank))];
        var (kept, sums) = (SumsOf(first), SumsOf(first + parts));
        Kept = kept.Count;
        while (Unchanged < kept.Count && Unchanged < sums.Count && kept[Unchanged] == sums[Unchanged])
            Unchanged++;
        _keptAndNodes = [.. kept.Select(sum => new RankNode(-1, sum.Part * SampleParts.Samples, sum.Size * SampleParts.Samples)), .. Nodes];
        Sums = [.. sums.Select(sum => AddUp(sum.Part, sum.Size))];
        Additions = [.. _additions];
    }

    /// <summary>All nodes that a rank sums by itself, in the order of their samples.</summary>
    public RankNode[] Nodes { get; }

    /// <summary>Sums that are kept of the samples before. Where sums are numbered, those of <see cref="Nodes"/> follow them.</summary>
    public int Kept { get; }

    /// <summary>Which sum is added to which other, in this order.</summary>
    public (int Into, int From)[] Additions { get; }

    /// <summary>The sums that are left then: that of all samples, or those that are kept until others come.</summary>
    public int[] Sums { get; }

    /// <summary>The first of them that have been kept before, as they are.</summary>
    public int Unchanged { get; }

    /// <summary>The place among kept sums of the first of a rank's nodes: behind all that is kept before and after. A whole batch has no other sum.</summary>
    public int FirstPlace => Kept == 0 && Sums.Length == 1 ? 0 : Math.Max(Kept, Sums.Length);

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

    /// <summary>The sums that the batch's parts make up before one of them, like additions to a binary counter: of all there is one.</summary>
    List<(int Part, int Size)> SumsOf(int end)
    {
        var sums = new List<(int Part, int Size)>();
        for (var part = 0; part < end; part += sums[^1].Size)
            sums.Add((part, end == _parts ? (int)BitOperations.RoundUpToPowerOf2((uint)end) : 1 << BitOperations.Log2((uint)(end - part))));
        return sums;
    }

    /// <summary>Notes the additions that make up the sum of so many parts; returns the sum that then is it.</summary>
    int AddUp(int part, int size)
    {
        var (first, end) = (part * SampleParts.Samples, (int)Math.Min((long)(part + size) * SampleParts.Samples, _samples));
        var sum = Array.FindIndex(_keptAndNodes, node => node.First == first);
        if (sum >= 0 && _keptAndNodes[sum].End == end)
            return sum;
        var left = AddUp(part, size / 2);
        if (part + size / 2 < _parts)
            _additions.Add((left, AddUp(part + size / 2, size / 2)));
        return left;
    }
}
