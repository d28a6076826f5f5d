namespace Agents;

/// <summary>What a policy gives for what is seen, step after step.</summary>
/// <param name="observation">[observations] what is seen.</param>
/// <param name="outputs">[outputs] the policy's outputs, written.</param>
delegate void Act(ReadOnlySpan<float> observation, Span<float> outputs);
