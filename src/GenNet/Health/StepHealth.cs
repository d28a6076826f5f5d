using GenNet.Runtime;

namespace GenNet;

/// <summary>
/// How a layer that remembers fares from step to step: what was last measured, of 32 samples at most, of one direction, in the order in which it goes through the steps.
/// What no sequence measured has, NaN, as all is before the first measurement. May be read from any thread while the trainer works.
/// </summary>
public sealed class StepHealth
{
    readonly StepMeasure _measure;
    readonly double[] _states, _gradients, _reach;

    internal StepHealth(StepMeasure measure)
    {
        _measure = measure;
        (_states, _gradients, _reach) = (new double[measure.Steps], new double[measure.Steps], new double[measure.Steps]);
        foreach (var values in new[] { _states, _gradients, _reach })
            Array.Fill(values, double.NaN);
    }

    /// <summary>[steps] the norm of the state h behind each step: the root mean square over the samples that have it.</summary>
    public IReadOnlyList<double> StateNorms => _states;

    /// <summary>[steps] the norm of ∂L/∂h behind each step, of all that follows from h: the root mean square over the samples that have it.</summary>
    public IReadOnlyList<double> GradientNorms => _gradients;

    /// <summary>
    /// [steps] how much of a gradient of the last step's state goes back as far as the state behind this one: 1 at the last, and from there on, step by step, times what of the norm of ∂L/∂h,
    /// with an LSTM's ∂L/∂cell, comes out at the state before. Where the loss has its outputs at the last step alone, the norm there divided by that at the last.
    /// </summary>
    public IReadOnlyList<double> GradientReach => _reach;

    /// <summary>
    /// The norm of ∂L/∂h behind the first step, divided by the largest of a step: of the longest sequences measured alone, since to the first step of a shorter one the loss has a shorter way.
    /// </summary>
    internal double FirstOfLargest { get; private set; } = double.NaN;

    /// <summary>Whether the next way back is measured.</summary>
    internal bool IsOn
    {
        set => _measure.IsOn = value;
    }

    /// <summary>Numbers of <see cref="Write"/>.</summary>
    internal int Length => 3 * _measure.Steps + 1;

    /// <summary>Writes what was measured, for other ranks.</summary>
    internal void Write(Span<double> measured)
    {
        _states.CopyTo(measured);
        _gradients.CopyTo(measured[_measure.Steps..]);
        _reach.CopyTo(measured[(2 * _measure.Steps)..]);
        measured[3 * _measure.Steps] = FirstOfLargest;
    }

    /// <summary>Takes over what another rank measured.</summary>
    internal void Read(ReadOnlySpan<double> measured)
    {
        measured[.._measure.Steps].CopyTo(_states);
        measured.Slice(_measure.Steps, _measure.Steps).CopyTo(_gradients);
        measured.Slice(2 * _measure.Steps, _measure.Steps).CopyTo(_reach);
        FirstOfLargest = measured[3 * _measure.Steps];
    }

    /// <summary>Takes what was measured of the last part of the samples last computed.</summary>
    /// <param name="rows">Samples in memory, whose first begins a part.</param>
    internal void Measure(int rows)
    {
        var (first, end) = StepMeasure.LastPart(rows);
        Span<int> lengths = stackalloc int[end - first];
        var longest = CountSteps(lengths, first);
        var (reach, begun, atFirst, largest) = (1.0, false, 0.0, 0.0);
        for (var step = _measure.Steps - 1; step >= 0; step--)
        {
            var (there, thereOfLongest, state, gradient, ofLongest, taken, passed) = (0, 0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var sample = first; sample < end; sample++)
            {
                ref readonly var measured = ref _measure[sample, step];
                if (!measured.IsThere)
                    continue;
                there++;
                state += measured.State;
                gradient += measured.Gradient;
                taken += measured.Taken;
                passed += measured.Passed;
                if (lengths[sample - first] < longest)
                    continue;
                thereOfLongest++;
                ofLongest += measured.Gradient;
            }
            begun |= there > 0;
            if (thereOfLongest > 0)
                (atFirst, largest) = (ofLongest, Math.Max(largest, ofLongest));
            (_states[step], _gradients[step]) = (Math.Sqrt(state / there), Math.Sqrt(gradient / there));
            _reach[step] = begun ? reach : double.NaN;

            // Of no gradient nothing is known of what would be left.
            if (taken != 0)
                reach *= Math.Sqrt(passed / taken);
        }
        FirstOfLargest = Math.Sqrt(atFirst / largest);
    }

    /// <summary>Counts the steps of each sample that is measured; returns the most.</summary>
    int CountSteps(Span<int> lengths, int first)
    {
        var longest = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = 0;
            for (var step = 0; step < _measure.Steps; step++)
                lengths[i] += _measure[first + i, step].IsThere ? 1 : 0;
            longest = Math.Max(longest, lengths[i]);
        }
        return longest;
    }
}
