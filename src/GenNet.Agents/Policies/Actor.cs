using System.Globalization;

namespace GenNet.Agents;

/// <summary>A policy that acts without chance: by the likeliest action, or the mean.</summary>
/// <param name="policy">The network.</param>
/// <param name="firstOutput">The first of the policy's outputs.</param>
/// <param name="standardizer">How observations are normalised; null where they are not.</param>
sealed class Actor<TEnvironment>(INetwork policy, int firstOutput, Standardizer? standardizer) where TEnvironment : IEnvironment
{
    readonly float[] _input = new float[TEnvironment.ObservationSize], _outputs = new float[policy.OutputSize], _values = new float[TEnvironment.ActionSpace.Count];
    readonly bool[] _allowed = new bool[TEnvironment.ActionSpace.Count];

    /// <summary>The action in a state.</summary>
    public AgentAction Act(ref TEnvironment environment, ReadOnlySpan<float> observation)
    {
        var space = TEnvironment.ActionSpace;
        if (standardizer is null)
            policy.Forward(observation, _outputs);
        else
        {
            standardizer.Transform(observation, _input);
            for (var i = 0; i < _input.Length; i++)
                _input[i] = Math.Clamp(_input[i], -10, 10);
            policy.Forward(_input, _outputs);
        }
        var outputs = _outputs.AsSpan(firstOutput, space.Count);
        for (var i = 0; i < outputs.Length; i++)
            if (!float.IsFinite(outputs[i]))
                throw new NotFiniteNumberException(string.Create(CultureInfo.InvariantCulture, $"{policy.GetType().Name}'s output {firstOutput + i} is {outputs[i]}, so there is no action. Check its weights."), outputs[i]);
        if (!space.IsDiscrete)
        {
            space.Clip(outputs, _values);
            return new AgentAction(_values);
        }
        _allowed.AsSpan().Fill(true);
        if (TEnvironment.HasActionMasks)
            environment.WriteActionMask(_allowed);
        var best = -1;
        for (var action = 0; action < outputs.Length; action++)
            if (_allowed[action] && (best < 0 || outputs[action] > outputs[best]))
                best = action;
        return best >= 0 ? new AgentAction(best) : throw new InvalidOperationException($"{typeof(TEnvironment).Name}.WriteActionMask allows no action. Allow one, or end the episode in the step before.");
    }
}
