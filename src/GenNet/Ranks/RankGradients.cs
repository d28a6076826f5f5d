using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Adds the gradients of the ranks' nodes. The weights are divided among the ranks: each receives the others' gradients of its own, adds them in the declared order,
/// and sends the sums to all. A gradient goes over the wire twice, however many ranks there are.
/// </summary>
/// <param name="exchange">What moves them.</param>
/// <param name="sums">The gradients: those of this rank's nodes before, the first those of the whole batch after it.</param>
sealed unsafe class RankGradients(IRankExchange exchange, GradientSums sums)
{
    readonly int _lines = (sums.Gradients.TrainedLength + PanelLayout.Line - 1) / PanelLayout.Line;
    readonly List<AlignedBuffer> _received = [];

    /// <summary>Makes them those of the whole batch, on every rank.</summary>
    public void Add(RankPlan plan)
    {
        var (first, end) = plan.PlacesOf(exchange.Rank);
        var (start, length) = ShareOf(exchange.Rank);
        float** places = stackalloc float*[plan.Nodes.Length];
        for (int index = 0, received = 0; index < plan.Nodes.Length; index++)
        {
            var own = index >= first && index < end;
            places[index] = own ? sums[index - first] + start : Received(received++);
            if (!own)
                exchange.Receive(plan.Nodes[index].Rank, Bytes(places[index], length));
        }
        for (var rank = 0; rank < exchange.Ranks; rank++)
            for (var own = 0; rank != exchange.Rank && own < end - first; own++)
                exchange.Send(rank, Bytes(sums[own], ShareOf(rank)));
        exchange.Complete();
        var result = sums.Gradients.Pointer;
        foreach (var (into, from) in plan.Additions)
        {
            // Either way round the sum has the same bits: in the result's place it need not be copied there.
            var inPlace = into == 0 && places[from] == result + start;
            float* sum = places[inPlace ? from : into], added = places[inPlace ? into : from];
            BlockMath.Add(sum, added, length);
            places[into] = sum;
        }
        if (places[0] != result + start)
            new ReadOnlySpan<float>(places[0], length).CopyTo(new(result + start, length));
        for (var rank = 0; rank < exchange.Ranks; rank++)
            if (rank != exchange.Rank)
            {
                exchange.Receive(rank, Bytes(result, ShareOf(rank)));
                exchange.Send(rank, Bytes(result + start, length));
            }
        exchange.Complete();
        GC.KeepAlive(this);
    }

    float* Received(int number)
    {
        if (_received.Count <= number)
            _received.Add(new AlignedBuffer(ShareOf(exchange.Rank).Length));
        return _received[number].Pointer;
    }

    /// <summary>The weights whose gradients a rank adds: whole cache lines.</summary>
    (int Start, int Length) ShareOf(int rank)
    {
        var (first, end) = ((int)((long)_lines * rank / exchange.Ranks), (int)((long)_lines * (rank + 1) / exchange.Ranks));
        return (first * PanelLayout.Line, (end - first) * PanelLayout.Line);
    }

    static Span<byte> Bytes(float* from, (int Start, int Length) share) => Bytes(from + share.Start, share.Length);

    static Span<byte> Bytes(float* from, int length) => new(from, length * sizeof(float));
}
