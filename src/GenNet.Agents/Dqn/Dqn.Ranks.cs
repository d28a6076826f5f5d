using System.Runtime.ExceptionServices;

namespace GenNet.Agents;

// Learning that several ranks share.
public sealed partial class Dqn<TEnvironment>
{
    private protected override string Name => "DQN";

    private protected override int EnvironmentCount => _count;

    private protected override ulong Place => new RandomStream(_random.Key).Split(_random.Counter).Split((ulong)_rounds).Split((ulong)Updates).Split((ulong)_due).Split(BitConverter.DoubleToUInt64Bits(_loss)).Key;

    private protected override void ExchangeChanged()
    {
        var (trainer, isDivided) = (_trainer, Divides(Network, Options.BatchSize));
        CreateTrainer(isDivided);
        _trainer.CopyStateFrom(trainer);
        _trainer.Exchange = isDivided ? Exchange : null;
    }

    private protected override void Compare()
    {
        if (Ranks is { IsCompared: false })
            Ranks.Compare(Run, _environments.Hash(), EnvironmentRanks.InWords(Network), new RandomStream(Network.Hash()).Split(_target.Hash()).Key, Place);
    }

    private protected override void ShareEnvironments() => Ranks!.ShareStates(_environments.Save, _environments.Load, Place);

    /// <summary>Every rank gets what came of the others' environments. Where one has failed, all throw.</summary>
    void Share()
    {
        if (Ranks is null)
        {
            if (_failure is not null)
                ExceptionDispatchInfo.Throw(_failure);
            return;
        }
        Ranks.IsWhole = false;
        Ranks.Agree(_failure, Place);
        var length = (2 * _width + _masked + 3) * sizeof(float) + sizeof(double);
        var (first, end) = Ranks.Own;
        for (var index = first; index < end; index++)
            Transfer(new RecordCursor(Ranks.Record(index, length), reads: false), index);
        Ranks.ShareRecords(length);
        for (var index = 0; index < _count; index++)
            if (index < first || index >= end)
                Transfer(new RecordCursor(Ranks.Record(index, length), reads: true), index);
    }

    void Transfer(RecordCursor record, int index)
    {
        record.Next(Next(index));
        record.Next(Last(index));
        record.Next(NextMask(index));
        record.Next(_results.AsSpan(index, 1));
        record.Next(_finished.AsSpan(index, 1));
    }
}
