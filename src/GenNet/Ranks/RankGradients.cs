using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Adds the gradients of the ranks' nodes. The weights are divided among the ranks: each receives the others' gradients of its own, adds them in the declared order,
/// and sends the sums to all. A gradient goes over the wire twice, however many ranks there are.
/// </summary>
/// <param name="exchange">What moves them.</param>
/// <param name="sums">The gradients: those of this rank's nodes behind those that are kept before; the first those of the whole batch after it, or of a part of it all that are kept.</param>
sealed unsafe class RankGradients(IRankExchange exchange, GradientSums sums)
{
    readonly int _lines = (sums.Gradients.TrainedLength + PanelLayout.Line - 1) / PanelLayout.Line;
    readonly List<AlignedBuffer> _received = [];

    /// <summary>Makes them those of the whole batch, or of all its samples so far, on every rank.</summary>
    public void Add(RankPlan plan)
    {
        var (first, end) = plan.PlacesOf(exchange.Rank);
        var (start, length) = ShareOf(exchange.Rank);
        float** places = stackalloc float*[plan.Kept + plan.Nodes.Length];
        for (var kept = 0; kept < plan.Kept; kept++)
            places[kept] = sums[kept] + start;
        for (int index = 0, received = 0; index < plan.Nodes.Length; index++)
        {
            var own = index >= first && index < end;
            var place = own ? sums[plan.FirstPlace + index - first] + start : Received(received++);
            places[plan.Kept + index] = place;
            if (!own)
                exchange.Receive(plan.Nodes[index].Rank, Bytes(place, length));
        }
        for (var rank = 0; rank < exchange.Ranks; rank++)
            for (var own = 0; rank != exchange.Rank && own < end - first; own++)
                exchange.Send(rank, Bytes(sums[plan.FirstPlace + own], ShareOf(rank)));
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
        for (var place = plan.Unchanged; place < plan.Sums.Length; place++)
            Share(sums[place], places[plan.Sums[place]], start, length);
        exchange.Complete();
        GC.KeepAlive(this);
    }

    /// <summary>Begins to give all ranks a sum of this rank's weights, and to receive those of theirs.</summary>
    void Share(float* result, float* sum, int start, int length)
    {
        if (sum != result + start)
            new ReadOnlySpan<float>(sum, length).CopyTo(new(result + start, length));
        for (var rank = 0; rank < exchange.Ranks; rank++)
            if (rank != exchange.Rank)
            {
                exchange.Receive(rank, Bytes(result, ShareOf(rank)));
                exchange.Send(rank, Bytes(result + start, length));
            }
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
