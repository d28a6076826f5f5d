namespace GenNet;

/// <summary>How much of a batch the gradients that a trainer keeps are of, between <c>Backward</c> or <c>Accumulate</c> and what uses them up.</summary>
/// <param name="network">The network.</param>
sealed class KeptGradients(INetwork network)
{
    /// <summary>Samples so far.</summary>
    int _samples;

    /// <summary>Samples of their batch, 0 where no gradients are kept.</summary>
    int _batch;

    string Name => network.GetType().Name;

    /// <summary>Whether there are any.</summary>
    public bool Any => _batch > 0;

    /// <summary>Samples of a batch of which more are to come; 0 where none has begun.</summary>
    public int Begun => _samples < _batch ? _samples : 0;

    /// <summary>Nothing is kept any more.</summary>
    public void Forget() => (_samples, _batch) = (0, 0);

    /// <summary>All of a batch is kept.</summary>
    public void KeepAll(int samples) => (_samples, _batch) = (samples, samples);

    /// <summary>A part of a batch is kept beside those before it.</summary>
    public void KeepPart(int before, int rows, int batch) => (_samples, _batch) = (before + rows, batch);

    /// <summary>As many are kept as of another trainer's batch.</summary>
    public void CopyFrom(KeptGradients source) => (_samples, _batch) = (source._samples, source._batch);

    /// <summary>Throws unless the gradients are those of a whole batch.</summary>
    public void CheckWhole()
    {
        if (_batch == 0)
            throw new InvalidOperationException($"{Name}.Update: no gradients are kept, because an Update or a Step uses them up. Call Backward first, or Accumulate for each part of a batch.");
        if (_samples < _batch)
            throw new InvalidOperationException($"{Name}.Update: {_samples} of the batch's {_batch} samples have been accumulated. Accumulate the others first, or begin another batch with Backward.");
    }

    /// <summary>Samples that are kept of the batch that the next part belongs to: after the last part the next one begins another.</summary>
    /// <param name="rows">Samples of the part.</param>
    /// <param name="batch">Samples of its batch.</param>
    /// <exception cref="ArgumentException">The part does not fit its batch.</exception>
    public int Before(int rows, int batch)
    {
        var before = Begun;
        if (before > 0 && batch != _batch)
            throw new ArgumentException($"{Name}.Accumulate: a batch of {_batch} samples has begun, so this part cannot be of one of {batch}.", nameof(batch));
        if (rows > batch - before)
            throw new ArgumentException($"{Name}.Accumulate expects {batch - before} more samples of a batch of {batch}, got {rows}.", nameof(batch));
        return before;
    }
}
