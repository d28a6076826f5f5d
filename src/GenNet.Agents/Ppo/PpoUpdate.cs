namespace GenNet.Agents;

/// <summary>
/// The update of PPO by one minibatch after another: the clipped surrogate, the squared error of the values and the entropy, as in Stable-Baselines3. A minibatch goes through
/// the networks in blocks of 128 rows, forward and back while they are in the cache; or as a whole that ranks divide, to the same bits.
/// </summary>
sealed unsafe class PpoUpdate
{
    readonly ActorCritic _networks;
    readonly PolicyHead _head;
    readonly LearningNetwork _policy;
    readonly LearningNetwork? _value;
    readonly PpoOptions _options;
    readonly PolicyBlock _block;
    readonly float[] _inputs, _advantages, _masks;
    readonly int[] _rows;
    readonly bool[] _resets;
    readonly bool _hasMasks;
    readonly int _observations, _width, _window, _ofBlock, _atOnce;
    PolicySums _sums;
    double _valueError, _divergence;
    long _samples;

    /// <param name="networks">The networks.</param>
    /// <param name="head">What the policy's outputs mean.</param>
    /// <param name="observations">Numbers of an observation.</param>
    /// <param name="width">Numbers of an action.</param>
    /// <param name="hasMasks">Whether actions are masked.</param>
    /// <param name="policy">What trains the policy.</param>
    /// <param name="value">What trains the value's network; null where it is the policy's.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="batchSize">Samples of a minibatch: no more than a roll-out has.</param>
    /// <param name="isDivided">Whether ranks divide minibatches.</param>
    public PpoUpdate(ActorCritic networks, PolicyHead head, int observations, int width, bool hasMasks, Trainer<Adam> policy, Trainer<Adam>? value, PpoOptions options, int batchSize, bool isDivided = false)
    {
        (_networks, _head, _options) = (networks, head, options);
        (_observations, _width, _hasMasks, _window) = (observations, width, hasMasks, networks.Window);
        _ofBlock = RowsAtOnce(_window, batchSize);
        _atOnce = isDivided ? batchSize : _ofBlock;
        _policy = new LearningNetwork(policy, networks.PolicyWindow, networks.PolicyOutputs, _atOnce, isDivided);
        _value = value is null ? null : new LearningNetwork(value, networks.ValueWindow, networks.ValueOutputs, _atOnce, isDivided);
        _block = new PolicyBlock(head.Outputs, width);
        (_rows, _resets) = (new int[batchSize], new bool[_atOnce]);
        _inputs = new float[_atOnce * _observations];
        _advantages = new float[batchSize];
        _masks = new float[hasMasks ? PolicyHead.Rows * head.Outputs : 0];
    }

    /// <summary>Rows that go through the networks at a time: 128, or as many as whole windows have.</summary>
    /// <param name="window">Steps of a window.</param>
    /// <param name="batchSize">Rows of a minibatch.</param>
    public static int RowsAtOnce(int window, int batchSize) => window * Math.Max(1, Math.Min(PolicyHead.Rows, batchSize) / window);

    /// <summary>Begins the sums of an update's minibatches.</summary>
    public void Begin() => (_sums, _valueError, _divergence, _samples) = (default, 0, 0, 0);

    /// <summary>Goes on with the sums of another.</summary>
    public void CopyFrom(PpoUpdate source) => (_sums, _valueError, _divergence, _samples) = (source._sums, source._valueError, source._divergence, source._samples);

    /// <summary>What the update's minibatches were like.</summary>
    public PpoIteration Result(long steps, RecentReturns returns, double explainedVariance, int epochs) => new(
        steps, returns.Episodes, returns.Mean, -_sums.Surrogate / _samples, _valueError / _samples, _sums.Entropy / _samples, _divergence, _sums.Clipped / _samples, explainedVariance, epochs);

    /// <summary>Writes the sums so far.</summary>
    public void Save(BinaryWriter writer)
    {
        foreach (var number in (ReadOnlySpan<double>)[_sums.Surrogate, _sums.Entropy, _sums.Clipped, _valueError, _divergence])
            writer.Write(number);
        writer.Write(_samples);
    }

    /// <summary>Reads them again.</summary>
    public void Load(BinaryReader reader)
    {
        _sums = new PolicySums { Surrogate = reader.ReadDouble(), Entropy = reader.ReadDouble(), Clipped = reader.ReadDouble() };
        (_valueError, _divergence, _samples) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
    }

    /// <summary>Learns from a minibatch.</summary>
    /// <param name="samples">The samples of the roll-out.</param>
    /// <param name="windows">Its windows, or its rows among the samples where nothing is remembered, in the order of the minibatch.</param>
    /// <returns>Whether the update goes on: the policy is not too far from the one that acted.</returns>
    public bool Learn(RolloutBuffer samples, ReadOnlySpan<int> windows)
    {
        var rows = _rows.AsSpan(0, windows.Length * _window);
        if (_window == 1)
            windows.CopyTo(rows);
        else
            for (var i = 0; i < rows.Length; i++)
                rows[i] = samples.Row(windows[i / _window], _window, i % _window);
        var loss = new PolicyLoss(rows.Length, (float)_options.ClipRange, (float)_options.EntCoef);
        CopyAdvantages(samples, rows);
        _head.ClearGradients();
        var sums = default(PolicySums);
        var valueError = 0.0;
        _policy.Begin();
        _value?.Begin();
        try
        {
            for (var first = 0; first < rows.Length; first += _atOnce)
            {
                var count = Math.Min(_atOnce, rows.Length - first);
                Learn(samples, rows.Slice(first, count), windows.Slice(first / _window, count / _window), first, loss, ref sums, ref valueError);
            }
            Add(sums, valueError, rows.Length);
            if (_divergence > 1.5 * _options.TargetKl)
                return false;

            // Neither network moves unless both can.
            FiniteNumbers.CheckGradients(_policy.Trainer);
            if (_value is not null)
                FiniteNumbers.CheckGradients(_value.Trainer);
        }
        catch (Exception e)
        {
            // What has happened on another rank alone, this one can do nothing about.
            if (e is not RankFailedException)
            {
                _policy.Forget();
                _value?.Forget();
            }
            throw;
        }
        var learningRate = _policy.Trainer.LearningRate;
        _policy.Trainer.Update();
        _value?.Trainer.Update();
        _head.Update(learningRate, _options.MaxGradNorm);
        return true;
    }

    /// <summary>Forward and back through the networks, of some rows of the minibatch. Adds the values' squared errors.</summary>
    void Learn(RolloutBuffer samples, ReadOnlySpan<int> rows, ReadOnlySpan<int> windows, int first, in PolicyLoss loss, ref PolicySums sums, ref double valueError)
    {
        var inputs = _inputs.AsSpan(0, rows.Length * _observations);
        Gather(samples.Observations, _observations, rows, inputs);
        var resets = _resets.AsSpan(0, rows.Length);
        for (var i = 0; _window > 1 && i < rows.Length; i++)
            resets[i] = i % _window > 0 && samples.Ended[rows[i - 1]];
        var outputs = _policy.Forward(inputs, rows.Length, resets, windows, samples.PolicyStates);
        Array.Clear(_policy.Gradients);
        for (int row = 0, count; row < rows.Length; row += count)
        {
            count = Math.Min(PolicyHead.Rows, Math.Min(_ofBlock - row % _ofBlock, rows.Length - row));
            PolicyGradients(samples, rows.Slice(row, count), first + row, outputs[(row * _policy.Outputs)..], _policy.Gradients.AsSpan(row * _policy.Outputs), loss, ref sums);
        }
        if (_value is null)
        {
            ValueGradients(samples, rows, outputs, _policy, loss.Samples, ref valueError);
            _policy.Accumulate(loss.Samples);
            return;
        }
        _policy.Accumulate(loss.Samples);
        var values = _value.Forward(inputs, rows.Length, resets, windows, samples.ValueStates);
        ValueGradients(samples, rows, values, _value, loss.Samples, ref valueError);
        _value.Accumulate(loss.Samples);
    }

    /// <summary>The derivatives of the policy's loss, of up to 128 rows.</summary>
    void PolicyGradients(RolloutBuffer samples, ReadOnlySpan<int> rows, int first, ReadOnlySpan<float> outputs, Span<float> gradients, in PolicyLoss loss, ref PolicySums sums)
    {
        if (_hasMasks)
            Gather(samples.Masks, _head.Outputs, rows, _masks);
        Gather(samples.Actions, _width, rows, new(_block.Actions, rows.Length * _width));
        Gather(samples.LogProbabilities, 1, rows, new(_block.OldLogProbabilities, rows.Length));
        _advantages.AsSpan(first, rows.Length).CopyTo(new(_block.Advantages, rows.Length));
        fixed (float* policy = outputs, target = gradients, masks = _masks)
            _head.Gradients(_block, policy + _networks.PolicyOutput, target + _networks.PolicyOutput, _policy.Outputs, masks, rows.Length, loss, ref sums);
    }

    /// <summary>The derivatives of c·mean (R − V)², V within its range about what it was. Adds the squares, those of each block by themselves.</summary>
    void ValueGradients(RolloutBuffer samples, ReadOnlySpan<int> rows, ReadOnlySpan<float> outputs, LearningNetwork network, int count, ref double squares)
    {
        var (sum, stride, scale) = (0.0, network.Outputs, 2 * _options.VfCoef / count);
        var range = (float)(_options.ClipRangeVf ?? double.PositiveInfinity);
        for (var i = 0; i < rows.Length; i++)
        {
            var (at, before) = (i * stride + _networks.ValueOutput, samples.Values[rows[i]]);
            var change = outputs[at] - before;
            var error = before + Math.Clamp(change, -range, range) - (double)samples.Returns[rows[i]];
            sum += error * error;
            network.Gradients[at] = Math.Abs(change) > range ? 0 : (float)(scale * error);
            if ((i + 1) % _ofBlock == 0 || i + 1 == rows.Length)
                (squares, sum) = (squares + sum, 0);
        }
    }

    /// <summary>The advantages of the minibatch, with mean 0 and the sample's deviation 1 where they are to be normalised.</summary>
    void CopyAdvantages(RolloutBuffer samples, ReadOnlySpan<int> rows)
    {
        Gather(samples.Advantages, 1, rows, _advantages);
        if (!_options.NormalizeAdvantage || rows.Length < 2)
            return;
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
            sum += _advantages[i];
        var mean = sum / rows.Length;
        for (var i = 0; i < rows.Length; i++)
            squares += (_advantages[i] - mean) * (_advantages[i] - mean);
        var scale = 1 / (Math.Sqrt(squares / (rows.Length - 1)) + 1e-8);
        for (var i = 0; i < rows.Length; i++)
            _advantages[i] = (float)((_advantages[i] - mean) * scale);
    }

    /// <summary>Copies rows to where they follow one another.</summary>
    static void Gather(
        float[] source, // [samples, width]
        int width, ReadOnlySpan<int> rows, Span<float> target)
    {
        if (width == 1)
        {
            for (var i = 0; i < rows.Length; i++)
                target[i] = source[rows[i]];
            return;
        }
        for (var i = 0; i < rows.Length; i++)
        {
            var from = rows[i] * width;
            for (var j = 0; j < width; j++)
                target[i * width + j] = source[from + j];
        }
    }

    void Add(in PolicySums sums, double valueError, int samples)
    {
        _sums.Surrogate += sums.Surrogate;
        _sums.Entropy += sums.Entropy;
        _sums.Clipped += sums.Clipped;
        _valueError += valueError;
        _divergence = sums.Divergence / samples;
        _samples += samples;
    }
}
