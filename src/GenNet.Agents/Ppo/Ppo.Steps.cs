namespace GenNet.Agents;

// The pieces that learning is made of: steps of the environments, what follows from them, then the order of an epoch and its minibatches.
public sealed partial class Ppo<TEnvironment>
{
    PpoUpdate _update;
    readonly int[] _order;
    readonly RowPasses _shuffle;
    RandomStream _shuffling;

    /// <summary>Whether a roll-out is complete, with all that follows from it, and is learnt from.</summary>
    bool _training;

    int _epoch, _firstWindow;

    /// <summary>Environment steps that were learnt from.</summary>
    long _learnt;

    /// <summary>Goes on by some steps of each environment, or by some pieces of what follows from the last of them.</summary>
    bool Collect(int steps, int pieces)
    {
        Compare();
        try
        {
            if (_rollout.StepsLeft > 0 || !_rollout.IsShared)
            {
                if (_rollout.StepsLeft > 0)
                    _rollout.Collect(steps);

                // In the piece of the last step: pieces are as many as alone.
                if (_rollout.StepsLeft == 0 && !_rollout.IsShared)
                    _rollout.Share(Place);
                return false;
            }
            if (!_rollout.Finish(pieces))
                return false;
        }
        catch
        {
            // The environments are somewhere in the middle of a step.
            _rollout.Abandon();
            throw;
        }
        (_training, _epoch, _firstWindow) = (true, 0, 0);
        _update.Begin();
        BeginEpoch();
        return false;
    }

    /// <summary>Goes on with the order of the epoch by some pieces, or learns from a minibatch.</summary>
    bool Train(int pieces)
    {
        Compare();
        if (!_shuffle.AreDone)
        {
            _shuffle.Advance(pieces);
            return false;
        }
        var windows = _order.Length;
        var count = Math.Min(Options.BatchSize / _networks.Window, windows - _firstWindow);
        bool goesOn;
        MeetBefore(_policyTrainer);
        try
        {
            goesOn = _update.Learn(_rollout.Buffer, _order.AsSpan(_firstWindow, count));
        }
        catch
        {
            EndUpdate();
            throw;
        }
        _firstWindow += count;
        if (_firstWindow == windows)
        {
            (_firstWindow, _epoch) = (0, _epoch + 1);
            BeginEpoch();
        }
        if (goesOn && _epoch < Options.NEpochs)
            return false;
        Reports.Add(_update.Result(Steps, Returns, _rollout.Buffer.ExplainedVariance, _firstWindow == 0 ? _epoch : _epoch + 1));
        EndUpdate();
        return true;
    }

    void EndUpdate()
    {
        _training = false;
        _learnt += _rollout.Samples;
        _rollout.Begin();
    }

    /// <summary>The order of an epoch follows from its number and its update's.</summary>
    void BeginEpoch()
    {
        _shuffling = new RandomStream(_seed).SplitFor(RandomPurpose.Shuffling).Split((ulong)Reports.Count).Split((ulong)_epoch);
        _shuffle.Begin();
    }

    /// <summary>As <see cref="RandomStream.Shuffle"/> does it in one go, from the last place to the first.</summary>
    RowPass[] Shuffle() =>
    [
        RowPass.Over(_order.Length, 1, (first, end) =>
        {
            for (var i = first; i < end; i++)
                _order[i] = i;
        }),
        RowPass.Over(_order.Length - 1, 1, (first, end) =>
        {
            for (var i = _order.Length - 1 - first; i > _order.Length - 1 - end; i--)
            {
                var other = _shuffling.NextInt32(i + 1);
                (_order[i], _order[other]) = (_order[other], _order[i]);
            }
        }),
    ];
}
