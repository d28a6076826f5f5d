namespace GenNet.Agents;

/// <summary>Policies that act without chance: by the likeliest action, or the mean. One thread's memory for it.</summary>
/// <param name="network">A network of their kind.</param>
/// <param name="outputs">Outputs of their networks for an observation.</param>
/// <param name="firstOutput">The first of the policy's outputs.</param>
/// <param name="standardizer">How observations are normalised; null where they are not.</param>
sealed class Actor<TEnvironment>(INetwork network, int outputs, int firstOutput, Standardizer? standardizer) where TEnvironment : IEnvironment
{
    readonly float[] _observation = new float[TEnvironment.ObservationSize], _input = new float[TEnvironment.ObservationSize], _outputs = new float[outputs], _values = new float[TEnvironment.ActionSpace.Count];
    readonly bool[] _allowed = new bool[TEnvironment.ActionSpace.Count];
    readonly ActionSpace _space = TEnvironment.ActionSpace;
    readonly NetworkState? _state = Recurrence.CreateState(network, TEnvironment.ObservationSize, streams: 1);

    /// <summary>Runs an episode and returns the sum of its rewards.</summary>
    public double Run(INetwork policy, ref TEnvironment environment, ulong seed, CancellationToken cancellationToken, out int steps)
    {
        var sum = 0.0;
        environment.Reset(seed, _observation);
        _state?.Reset();
        FiniteSteps.Check<TEnvironment>(_observation, 0, steps: 0);
        for (steps = 1; ; steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = environment.Step(Act(policy, ref environment, _observation), _observation);
            FiniteSteps.Check<TEnvironment>(_observation, result.Reward, steps);
            sum += result.Reward;
            if (result.Terminated || result.Truncated || steps == TEnvironment.TimeLimit)
                return sum;
        }
    }

    /// <summary>The action of a policy in a state.</summary>
    AgentAction Act(INetwork policy, ref TEnvironment environment, ReadOnlySpan<float> observation)
    {
        if (standardizer is null)
            Recurrence.Forward(policy, observation, _state, _outputs);
        else
        {
            standardizer.Transform(observation, _input);
            for (var i = 0; i < _input.Length; i++)
                _input[i] = Math.Clamp(_input[i], -10, 10);
            Recurrence.Forward(policy, _input, _state, _outputs);
        }
        FiniteNumbers.CheckOutputs(policy, _outputs, outputs);
        var chosen = _outputs.AsSpan(firstOutput, _space.Count);
        if (!_space.IsDiscrete)
        {
            _space.Clip(chosen, _values);
            return new AgentAction(_values);
        }
        _allowed.AsSpan().Fill(true);
        if (TEnvironment.HasActionMasks)
            environment.WriteActionMask(_allowed);
        var best = -1;
        for (var action = 0; action < chosen.Length; action++)
            if (_allowed[action] && (best < 0 || chosen[action] > chosen[best]))
                best = action;
        return best >= 0 ? new AgentAction(best) : throw new InvalidOperationException($"{typeof(TEnvironment).Name}.WriteActionMask allows no action. Allow one, or end the episode in the step before.");
    }
}
