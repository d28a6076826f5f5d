using GenNet.Kernels;

namespace GenNet;

/// <summary>Adds sums over samples that a layer needs of the whole batch before it can go on: short vectors, of which every rank gets all.</summary>
/// <param name="exchange">What moves them.</param>
sealed unsafe class RankColumns(IRankExchange exchange)
{
    AlignedBuffer _sums = new(0);

    /// <summary>Which rank computes what of the batch that is at work.</summary>
    public RankPlan Plan { get; set; } = new(1, 1);

    /// <summary>Samples of the batch.</summary>
    public int Samples => Plan.Nodes[^1].End;

    /// <summary>This rank's nodes. Their first sample is the first row that the layer has.</summary>
    public RankNode[] Own { get; set; } = [];

    /// <summary>The number, from 1, of the rank whose sums first were no numbers; 0 where all are, one more than there are ranks where only those of all together were not.</summary>
    public int Origin { get; set; }

    /// <summary>Where the sums of one of this rank's nodes go.</summary>
    /// <param name="node">Which.</param>
    /// <param name="length">Floats of each node.</param>
    public float* Node(int node, int length)
    {
        if (_sums.Length < Plan.Nodes.Length * length)
            _sums = new AlignedBuffer(Plan.Nodes.Length * length);
        return _sums.Pointer + (nint)(Plan.PlacesOf(exchange.Rank).First + node) * length;
    }

    /// <summary>Adds those of all ranks' nodes; returns the sums over the batch.</summary>
    public float* Add(int length)
    {
        _ = Node(0, length);
        var (first, end) = Plan.PlacesOf(exchange.Rank);
        for (var rank = 0; rank < exchange.Ranks; rank++)
            if (rank != exchange.Rank)
            {
                var (from, to) = Plan.PlacesOf(rank);
                exchange.Receive(rank, Bytes(from, to, length));
                exchange.Send(rank, Bytes(first, end, length));
            }
        exchange.Complete();
        for (var node = 0; node < Plan.Nodes.Length && Origin == 0; node++)
            if (!IsFinite(node, length))
                Origin = Plan.Nodes[node].Rank + 1;
        foreach (var (into, from) in Plan.Additions)
            BlockMath.Add(_sums.Pointer + (nint)into * length, _sums.Pointer + (nint)from * length, length);
        if (Origin == 0 && !IsFinite(0, length))
            Origin = exchange.Ranks + 1;
        return _sums.Pointer;
    }

    // A layer's columns are few.
    bool IsFinite(int node, int length)
    {
        for (var column = 0; column < length; column++)
            if (!float.IsFinite(_sums.Pointer[(nint)node * length + column]))
                return false;
        return true;
    }

    Span<byte> Bytes(int first, int end, int length) => new(_sums.Pointer + (nint)first * length, (end - first) * length * sizeof(float));
}
