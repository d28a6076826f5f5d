using System.Globalization;
using GenNet.Numerics;

namespace GenNet.Agents;

/// <summary>
/// An update of deep Q-learning (Mnih and others, 2015): of the action that was taken the network's value goes towards reward + γ·(the target network's value of what follows),
/// by Huber's loss, as in Stable-Baselines3.
/// </summary>
sealed class DqnUpdate
{
    /// <summary>What is added to errors, so that no sample is never drawn again.</summary>
    const double LeastPriority = 1e-6;

    readonly INetwork _network, _target;
    readonly Trainer<Adam> _trainer;
    readonly ReplayBuffer _memory;
    readonly DqnOptions _options;
    readonly int _observations, _actions;
    readonly bool _masked;
    readonly float[] _inputs, _following, _ofTarget, _ofNetwork, _aims, _weights, _gradients;
    readonly double[] _errors;
    readonly int[] _samples;

    public DqnUpdate(INetwork network, INetwork target, Trainer<Adam> trainer, ReplayBuffer memory, bool masked, DqnOptions options)
    {
        (_network, _target, _trainer, _memory, _options, _masked) = (network, target, trainer, memory, options, masked);
        (_observations, _actions) = (network.InputSize, network.OutputSize);
        var rows = options.BatchSize;
        (_inputs, _following) = (new float[checked(rows * _observations)], new float[rows * _observations]);
        (_ofTarget, _ofNetwork, _gradients) = (new float[checked(rows * _actions)], new float[rows * _actions], new float[rows * _actions]);
        (_aims, _weights, _errors, _samples) = (new float[rows], new float[rows], new double[rows], new int[rows]);
    }

    /// <summary>Learns from samples that are drawn from the memory.</summary>
    /// <returns>The mean loss.</returns>
    public double Learn(ref RandomStream random)
    {
        Draw(ref random);
        return Learn();
    }

    /// <summary>Learns from given samples, each with a weight.</summary>
    public double Learn(ReadOnlySpan<int> samples, ReadOnlySpan<float> weights)
    {
        samples.CopyTo(_samples);
        weights.CopyTo(_weights);
        return Learn();
    }

    /// <summary>Draws samples evenly, or in proportion to their priority: one of each of as many equal shares of the sum, and weights that make up for it.</summary>
    void Draw(ref RandomStream random)
    {
        if (_memory.Priorities is not { } priorities)
        {
            for (var i = 0; i < _samples.Length; i++)
                _samples[i] = random.NextInt32(_memory.Count);
            Array.Fill(_weights, 1);
            return;
        }
        var most = 0.0;
        for (var i = 0; i < _samples.Length; i++)
        {
            _samples[i] = priorities.Find((i + random.NextDouble()) * priorities.Total / _samples.Length, _memory.Count);
            var weight = ScalarMath.Power(priorities.Total / (_memory.Count * priorities[_samples[i]]), _options.PriorityBeta);
            _weights[i] = (float)weight;
            most = Math.Max(most, weight);
        }
        for (var i = 0; i < _samples.Length; i++)
            _weights[i] = (float)(_weights[i] / most);
    }

    double Learn()
    {
        for (var i = 0; i < _samples.Length; i++)
        {
            _memory.Observation(_samples[i]).CopyTo(_inputs.AsSpan(i * _observations));
            _memory.Next(_samples[i]).CopyTo(_following.AsSpan(i * _observations));
        }
        _target.ForwardBatch(_following, _ofTarget);
        if (_options.DoubleQ)
            _network.ForwardBatch(_following, _ofNetwork);
        for (var i = 0; i < _samples.Length; i++)
        {
            var judged = _ofTarget.AsSpan(i * _actions, _actions);
            var best = Greedy.Best(_options.DoubleQ ? _ofNetwork.AsSpan(i * _actions, _actions) : judged, _masked ? _memory.Mask(_samples[i]) : default);

            // Where the episode has ended there may be no action, and nothing counts.
            _aims[i] = _memory.Reward(_samples[i]) + (best < 0 ? 0 : _memory.Discount(_samples[i]) * judged[best]);
            if (!float.IsFinite(_aims[i]))
                throw new NotFiniteNumberException(string.Create(CultureInfo.InvariantCulture,
                    $"A reward of {_memory.Reward(_samples[i])}, summed over {_options.NStep} steps, and what {_target.GetType().Name} expects to follow it come to {_aims[i]}. Nothing has changed; give rewards of about 1 a step, and check weights."), _aims[i]);
        }
        var loss = 0.0;
        for (var first = 0; first < _samples.Length; first += _trainer.BatchSize)
            Learn(first, Math.Min(_trainer.BatchSize, _samples.Length - first), ref loss);
        FiniteNumbers.CheckGradients(_trainer);
        _trainer.Update();
        if (_memory.Priorities is { } priorities)
            for (var i = 0; i < _samples.Length; i++)
                priorities.Set(_samples[i], ScalarMath.Power(Math.Abs(_errors[i]) + LeastPriority, _options.PriorityAlpha));
        return loss;
    }

    /// <summary>Forward and back, of as many of the samples as the trainer takes: 128, or all of them, which ranks divide. Adds their share of the mean loss, by blocks of 128.</summary>
    void Learn(int first, int count, ref double loss)
    {
        var values = _trainer.Forward(_inputs.AsSpan(first * _observations, count * _observations));
        var gradients = _gradients.AsSpan(0, count * _actions);
        gradients.Clear();
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            var sample = first + i;
            var at = i * _actions + _memory.Action(_samples[sample]);
            var error = _errors[sample] = (double)values[at] - _aims[sample];
            var size = Math.Abs(error);
            sum += _weights[sample] * (size < 1 ? 0.5 * error * error : size - 0.5) / _samples.Length;
            gradients[at] = (float)(_weights[sample] * Math.Clamp(error, -1, 1) / _samples.Length);
            if ((i + 1) % PolicyHead.Rows == 0 || i + 1 == count)
                (loss, sum) = (loss + sum, 0);
        }
        try
        {
            if (count == _samples.Length)
                _trainer.Backward(gradients);
            else
                _trainer.Accumulate(gradients, _samples.Length);
        }
        catch (Exception e) when (e is not RankFailedException)
        {
            // What the blocks before have left is not to be added to the next batch's.
            gradients.Clear();
            _trainer.Backward(gradients);
            throw;
        }
    }
}
