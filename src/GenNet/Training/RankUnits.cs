namespace GenNet;

/// <summary>What the ranks that train together have seen of units.</summary>
/// <param name="trainer">Whose units.</param>
/// <param name="exchange">What moves bytes.</param>
sealed class RankUnits(Trainer trainer, IRankExchange exchange) : IUnitShare
{
    byte[] _all = [];

    public void Begin()
    {
        trainer.BeginReport(RankCall.EndOfEpoch);
        trainer.MeetAll(null);
    }

    public void Join(Span<byte> positive)
    {
        var length = positive.Length;
        if (_all.Length < exchange.Ranks * length)
            _all = GC.AllocateArray<byte>(exchange.Ranks * length, pinned: true);
        positive.CopyTo(_all.AsSpan(exchange.Rank * length));
        trainer.Meeting!.Round.GatherAll(_all);
        for (var i = 0; i < _all.Length; i++)
            positive[i % length] |= _all[i];
    }
}
