using System.Globalization;

namespace GenNet.Agents;

// What follows from a complete roll-out, in pieces. Passes that may fail come first: then nothing has changed that outlives the roll-out.
sealed partial class Rollout<TEnvironment>
{
    readonly RowPasses _end;

    /// <summary>[environments] how much better than expected the step behind turned out.</summary>
    readonly double[] _advantages;

    /// <summary>Goes on with what follows from a complete roll-out, by some pieces: values of the states, normalised rewards, advantages and returns, statistics.</summary>
    /// <returns>Whether all is known.</returns>
    public bool Finish(int pieces) => _end.Advance(pieces);

    RowPass[] Passes()
    {
        // No more rows go through the network than in a minibatch, which goes forward and back through two.
        var rows = (int)Math.Min(Math.Max(PolicyHead.Rows, 2L * _options.BatchSize), int.MaxValue);
        var passes = new List<RowPass> { _networks.IsShared || _networks.ValueWindow > 0 ? new(_count, PolicyHead.Rows, ComputeLastValues) : new(Samples + _count, rows, ComputeValues) };
        if (_returnMoments is { } ofReturns)
        {
            passes.Add(RowPass.Over(Samples, 1, Discount));
            AddMoments(passes, ofReturns, _discounted, 1);
            passes.Add(RowPass.Over(Samples, 1, NormalizeRewards));
        }
        passes.Add(RowPass.Over(Samples, 1, EstimateAdvantages, Buffer.BeginVariance));
        if (_observationMoments is { } ofObservations)
            AddMoments(passes, ofObservations, _raw, _observations);
        passes.Add(RowPass.Over(Samples, 1, Buffer.AddToMeans));
        passes.Add(RowPass.Over(Samples, 1, Buffer.AddToSquares));
        passes.Add(RowPass.Over(Samples, 1, CountEpisodes, () =>
        {
            _returnMoments?.TakeBatch();
            _observationMoments?.TakeBatch();
        }));
        return [.. passes];
    }

    void AddMoments(List<RowPass> passes, RunningMoments moments, float[] rows, int width)
    {
        passes.Add(RowPass.Over(Samples, width, (first, end) =>
        {
            if (first == 0)
                moments.Begin();
            moments.AddToMeans(rows.AsSpan(first * width, (end - first) * width));
        }, moments.EndMeans));
        passes.Add(RowPass.Over(Samples, width, (first, end) => moments.AddToSquares(rows.AsSpan(first * width, (end - first) * width))));
    }

    void ComputeLastValues(int first, int end)
    {
        foreach (var block in _blocks)
            for (var index = Math.Max(first, block.First); index < Math.Min(end, block.First + block.Count); index++)
                _values[Samples + index] = ValueOf(_threads[0], block, index, _seen.AsSpan((Samples + index) * _observations, _observations));
    }

    void ComputeValues(int first, int end)
    {
        var values = _values.AsSpan(first, end - first);
        _networks.Value.ForwardBatch(_seen.AsSpan(first * _observations, (end - first) * _observations), values);
        FiniteNumbers.CheckOutputs(_networks.Value, values, count: 1);
    }

    /// <summary>Sums of discounted rewards, each from the beginning of its episode on.</summary>
    void Discount(int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            ref var sum = ref _runningReturns[row % _count];
            sum = sum * _options.Gamma + _rewards[row];
            _discounted[row] = (float)Math.Clamp(sum, float.MinValue, float.MaxValue);
            if (Buffer.Ended[row])
                sum = 0;
        }
    }

    void NormalizeRewards(int first, int end)
    {
        var deviation = Deviation(_returnMoments!.WithBatch(0).Variance);
        for (var row = first; row < end; row++)
            _rewards[row] = Math.Clamp((float)(_rewards[row] / deviation), -MostNormalized, MostNormalized);
    }

    /// <summary>
    /// Generalised advantage estimation (Schulman and others, 2016), from the last step back: δ = r + γ·V(next) − V, A = δ + γλ·A(next). V(next) of what is terminated is 0, of what is broken off that of its last
    /// state, and no A goes over the end of an episode.
    /// </summary>
    /// <param name="first">The first row, counted from the last one back.</param>
    /// <param name="end">The row before which it ends, counted likewise.</param>
    void EstimateAdvantages(int first, int end)
    {
        if (first == 0)
            Array.Clear(_advantages);
        var (discount, share) = (_options.Gamma, _options.Gamma * _options.GaeLambda);
        for (int row = Samples - 1 - first, index = row % _count; row >= Samples - end; row--, index--)
        {
            if (index < 0)
                index = _count - 1;
            ref var advantage = ref _advantages[index];
            var next = Buffer.Ended[row] ? _lastValues[row] : _values[row + _count];
            var delta = _rewards[row] + discount * next - _values[row];
            advantage = delta + (Buffer.Ended[row] ? 0 : share * advantage);
            Buffer.Advantages[row] = (float)advantage;
            Buffer.Returns[row] = (float)(advantage + _values[row]);
            if (!float.IsFinite(Buffer.Advantages[row]) || !float.IsFinite(Buffer.Returns[row]))
                throw TooLarge(index, advantage);
        }
    }

    static NotFiniteNumberException TooLarge(int environment, double advantage) => new(string.Create(CultureInfo.InvariantCulture,
        $"{typeof(TEnvironment).Name}: the rewards of environment {environment}, and what is expected to follow them, come to {advantage:g3}, more than a float holds. What was learnt is kept; give rewards of about 1 a step, or set {nameof(PpoOptions.NormalizeRewards)}."), advantage);

    void CountEpisodes(int first, int end)
    {
        for (var row = first; row < end; row++)
            if (!double.IsNaN(_finished[row]))
                _returns.Add(_finished[row]);
    }
}
