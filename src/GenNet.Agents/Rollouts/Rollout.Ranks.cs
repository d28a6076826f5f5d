namespace GenNet.Agents;

// Steps of environments that are divided among ranks.
sealed partial class Rollout<TEnvironment>
{
    EnvironmentRanks? _ranks;

    /// <summary>Steps of the roll-out that are known of all environments.</summary>
    int _shared;

    (int First, int End) Own => _ranks?.Own ?? (0, _count);

    /// <summary>Whether what is known of the roll-out is known of all environments.</summary>
    public bool IsShared => _ranks is null || _shared == StepsDone;

    /// <summary>A fingerprint of the environments.</summary>
    public ulong HashOfEnvironments => _environments.Hash();

    /// <summary>From here on the environments are divided among ranks, or are not.</summary>
    public void Divide(EnvironmentRanks? ranks)
    {
        _ranks = ranks;
        BeginWhole();
        Divide();
    }

    /// <summary>All that there is is known of all environments.</summary>
    public void BeginWhole()
    {
        (_shared, _failure) = (StepsDone, null);
        if (_ranks is not null)
            _ranks.IsWhole = true;
    }

    /// <summary>Every rank gets the steps of the others' environments. Where an environment of one has failed, all throw, and the roll-out begins anew.</summary>
    /// <param name="place">A fingerprint of where learning is.</param>
    public void Share(ulong place)
    {
        try
        {
            _ranks!.Agree(_failure, place);
        }
        catch
        {
            Abandon();
            throw;
        }
        var (first, end) = Own;
        var atOnce = (int)Math.Clamp(EnvironmentRanks.MostBytes / ((long)_count * LengthOf(_shared, _window) / _window), 1, _steps);
        while (_shared < StepsDone)
        {
            var steps = Math.Min(atOnce, StepsDone - _shared);
            var length = LengthOf(_shared, steps);
            for (var index = first; index < end; index++)
                Transfer(new RecordCursor(_ranks.Record(index, length), reads: false), index, _shared, steps);
            _ranks.ShareRecords(length);
            for (var index = 0; index < _count; index++)
                if (index < first || index >= end)
                    Transfer(new RecordCursor(_ranks.Record(index, length), reads: true), index, _shared, steps);
            _shared += steps;
        }
    }

    /// <summary>Bytes of the record of some steps of an environment.</summary>
    int LengthOf(int first, int steps)
    {
        var windows = (first + steps - 1 + _window) / _window - (first - 1 + _window) / _window;
        int policyState = _blocks[0].Policy?.Size ?? 0, valueState = _blocks[0].Value?.Size ?? 0;
        var floats = (steps + 1) * _observations * (_raw == _seen ? 1 : 2) + steps * (_width + _actions + 4) + (windows + 1) * (policyState + valueState);
        return checked(floats * sizeof(float) + steps * (sizeof(double) + sizeof(bool)));
    }

    /// <summary>Writes what is known of some steps of an environment, and of what is remembered behind them, to a record, or reads it from one.</summary>
    void Transfer(RecordCursor record, int index, int first, int steps)
    {
        var block = _blocks[0];
        for (var other = 1; index >= block.First + block.Count; other++)
            block = _blocks[other];
        for (var step = first; step <= first + steps; step++)
        {
            var row = step * _count + index;
            record.Next(_raw.AsSpan(row * _observations, _observations));
            if (_raw != _seen)
                record.Next(_seen.AsSpan(row * _observations, _observations));
            if (step == first + steps)
                break;
            record.Next(Buffer.Actions.AsSpan(row * _width, _width));
            record.Next(Buffer.Masks.AsSpan(row * _actions, _actions));
            foreach (var numbers in (ReadOnlySpan<float[]>)[Buffer.LogProbabilities, _values, _rewards, _lastValues])
                record.Next(numbers.AsSpan(row, 1));
            record.Next(_finished.AsSpan(row, 1));
            record.Next(Buffer.Ended.AsSpan(row, 1));
            if (step % _window == 0)
                TransferWindow(ref record, block, step / _window * _count + index);
        }
        if (block.Policy is not null)
            record.Next(block.Policy.Values(index - block.First));
        if (block.Value is not null)
            record.Next(block.Value.Values(index - block.First));
    }

    /// <summary>The states that a window began with.</summary>
    void TransferWindow(ref RecordCursor record, RolloutBlock block, int window)
    {
        if (block.Policy is { Size: var ofPolicy })
            record.Next(Buffer.PolicyStates.AsSpan(window * ofPolicy, ofPolicy));
        if (block.Value is { Size: var ofValue })
            record.Next(Buffer.ValueStates.AsSpan(window * ofValue, ofValue));
    }

    /// <summary>Every rank gets all that the others know of their environments.</summary>
    /// <param name="place">A fingerprint of where learning is.</param>
    public void ShareEnvironments(ulong place)
    {
        Share(place);
        _ranks!.ShareStates((index, writer) =>
        {
            _environments.Save(index, writer);
            foreach (var random in (ReadOnlySpan<RandomStream>)[_random[index], _keptRandom[index]])
            {
                writer.Write(random.Key);
                writer.Write(random.Counter);
            }
        }, (index, reader) =>
        {
            _environments.Load(index, reader);
            _random[index] = RandomStream.Resume(reader.ReadUInt64(), reader.ReadUInt64());
            _keptRandom[index] = RandomStream.Resume(reader.ReadUInt64(), reader.ReadUInt64());
        }, place);
    }
}
