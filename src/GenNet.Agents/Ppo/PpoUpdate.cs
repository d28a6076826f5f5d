namespace GenNet.Agents;

/// <summary>
/// The update of PPO by one minibatch after another: the clipped surrogate, the squared error of the values and the entropy, as in Stable-Baselines3. A minibatch goes through
/// the networks in blocks of 128 rows, forward and back while they are in the cache.
/// </summary>
sealed unsafe class PpoUpdate
{
    readonly ActorCritic _networks;
    readonly PolicyHead _head;
    readonly Trainer<Adam> _policy;
    readonly Trainer<Adam>? _value;
    readonly PpoOptions _options;
    readonly PolicyBlock _block;
    readonly float[] _inputs, _policyGradients, _valueGradients, _advantages, _masks;
    readonly bool _hasMasks;
    readonly int _observations, _width;
    PolicySums _sums;
    double _valueError, _divergence;
    long _samples;

    /// <summary>Rows that each network was last given, of which gradients may come back.</summary>
    int _policyRows, _valueRows;

    public PpoUpdate(ActorCritic networks, PolicyHead head, int width, bool hasMasks, Trainer<Adam> policy, Trainer<Adam>? value, PpoOptions options)
    {
        (_networks, _head, _policy, _value, _options) = (networks, head, policy, value, options);
        (_observations, _width, _hasMasks) = (networks.Policy.InputSize, width, hasMasks);
        _block = new PolicyBlock(head.Outputs, width);
        _inputs = new float[policy.BatchSize * _observations];
        _policyGradients = new float[policy.BatchSize * networks.Policy.OutputSize];
        _valueGradients = value is null ? [] : new float[policy.BatchSize];
        _advantages = new float[options.BatchSize];
        _masks = new float[hasMasks ? policy.BatchSize * head.Outputs : 0];
    }

    /// <summary>Begins the sums of an update's minibatches.</summary>
    public void Begin() => (_sums, _valueError, _divergence, _samples) = (default, 0, 0, 0);

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
    /// <param name="rows">Their rows among the samples, in the order of the minibatch.</param>
    /// <returns>Whether the update goes on: the policy is not too far from the one that acted.</returns>
    public bool Learn(RolloutBuffer samples, ReadOnlySpan<int> rows)
    {
        var loss = new PolicyLoss(rows.Length, (float)_options.ClipRange, (float)_options.EntCoef);
        CopyAdvantages(samples, rows);
        _head.ClearGradients();
        var sums = default(PolicySums);
        var valueError = 0.0;
        (_policyRows, _valueRows) = (0, 0);
        try
        {
            for (var first = 0; first < rows.Length; first += PolicyHead.Rows)
                valueError += LearnBlock(samples, rows.Slice(first, Math.Min(PolicyHead.Rows, rows.Length - first)), first, loss, ref sums);
            Add(sums, valueError, rows.Length);
            if (_divergence > 1.5 * _options.TargetKl)
                return false;

            // Neither network moves unless both can.
            FiniteNumbers.CheckGradients(_policy);
            if (_value is not null)
                FiniteNumbers.CheckGradients(_value);
        }
        catch
        {
            Forget(_policy, _policyGradients, _policyRows * _networks.Policy.OutputSize);
            Forget(_value, _valueGradients, _valueRows);
            throw;
        }
        var learningRate = _policy.LearningRate;
        _policy.Update();
        _value?.Update();
        _head.Update(learningRate, _options.MaxGradNorm);
        return true;
    }

    /// <summary>Forward and back through the networks, of some rows of the minibatch. Returns the sum of the values' squared errors.</summary>
    double LearnBlock(RolloutBuffer samples, ReadOnlySpan<int> rows, int first, in PolicyLoss loss, ref PolicySums sums)
    {
        var inputs = _inputs.AsSpan(0, rows.Length * _observations);
        Gather(samples.Observations, _observations, rows, inputs);
        if (_hasMasks)
            Gather(samples.Masks, _head.Outputs, rows, _masks);
        Gather(samples.Actions, _width, rows, new(_block.Actions, rows.Length * _width));
        Gather(samples.LogProbabilities, 1, rows, new(_block.OldLogProbabilities, rows.Length));
        _advantages.AsSpan(first, rows.Length).CopyTo(new(_block.Advantages, rows.Length));

        var stride = _networks.Policy.OutputSize;
        var outputs = _policy.Forward(inputs);
        _policyRows = rows.Length;
        var gradients = _policyGradients.AsSpan(0, outputs.Length);
        gradients.Clear();
        fixed (float* policy = outputs, target = gradients, masks = _masks)
            _head.Gradients(_block, policy + _networks.PolicyOutput, target + _networks.PolicyOutput, stride, masks, rows.Length, loss, ref sums);
        double error;
        if (_value is null)
        {
            error = ValueGradients(samples, rows, outputs, gradients, loss.Samples);
            _policy.Accumulate(gradients, loss.Samples);
            return error;
        }
        _policy.Accumulate(gradients, loss.Samples);
        var values = _value.Forward(inputs);
        _valueRows = rows.Length;
        var valueGradients = _valueGradients.AsSpan(0, rows.Length);
        error = ValueGradients(samples, rows, values, valueGradients, loss.Samples);
        _value.Accumulate(valueGradients, loss.Samples);
        return error;
    }

    /// <summary>The derivatives of c·mean (R − V)², V within its range about what it was. Returns the sum of the squares.</summary>
    double ValueGradients(RolloutBuffer samples, ReadOnlySpan<int> rows, ReadOnlySpan<float> outputs, Span<float> gradients, int count)
    {
        var (sum, stride, scale) = (0.0, _networks.Value.OutputSize, 2 * _options.VfCoef / count);
        var range = (float)(_options.ClipRangeVf ?? double.PositiveInfinity);
        for (var i = 0; i < rows.Length; i++)
        {
            var (at, before) = (i * stride + _networks.ValueOutput, samples.Values[rows[i]]);
            var change = outputs[at] - before;
            var error = before + Math.Clamp(change, -range, range) - (double)samples.Returns[rows[i]];
            sum += error * error;
            gradients[at] = Math.Abs(change) > range ? 0 : (float)(scale * error);
        }
        return sum;
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

    /// <summary>Forgets the gradients of the first parts of a minibatch whose others will not come: a whole batch takes their place.</summary>
    static void Forget(Trainer<Adam>? trainer, float[] gradients, int length)
    {
        if (length == 0)
            return;
        Array.Clear(gradients);
        trainer!.Backward(gradients.AsSpan(0, length));
    }
}
