namespace GenNet.Agents;

// The pieces that learning is made of: steps of the environments, then minibatches.
public sealed partial class Ppo<TEnvironment>
{
    readonly PpoUpdate _update;
    readonly int[] _order;

    /// <summary>Whether a roll-out is complete and is learnt from.</summary>
    bool _training;

    int _epoch, _firstWindow;

    /// <summary>Environment steps that were learnt from.</summary>
    long _learnt;

    /// <summary>Goes on by some steps of each environment, and works out what follows from them where they are the last.</summary>
    bool Collect(int steps)
    {
        try
        {
            _rollout.Collect(steps);
            if (_rollout.StepsLeft > 0)
                return false;
            _rollout.Finish(Returns);
        }
        catch
        {
            // The environments are somewhere in the middle of a step.
            _rollout.Abandon();
            throw;
        }
        (_training, _epoch, _firstWindow) = (true, 0, 0);
        _update.Begin();
        return false;
    }

    /// <summary>Learns from a minibatch.</summary>
    bool Train()
    {
        var windows = _order.Length;
        if (_firstWindow == 0)
            Shuffle();
        var count = Math.Min(Options.BatchSize / _networks.Window, windows - _firstWindow);
        bool goesOn;
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
            (_firstWindow, _epoch) = (0, _epoch + 1);
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

    /// <summary>The order of an epoch follows from its number and its update's, so that it need not be saved.</summary>
    void Shuffle()
    {
        for (var i = 0; i < _order.Length; i++)
            _order[i] = i;
        new RandomStream(_seed).SplitFor(RandomPurpose.Shuffling).Split((ulong)Reports.Count).Split((ulong)_epoch).Shuffle(_order);
    }
}
