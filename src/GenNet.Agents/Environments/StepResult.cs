namespace GenNet.Agents;

/// <summary>What a step of an environment gives beside the observation.</summary>
/// <param name="Reward">The reward of the step.</param>
/// <param name="Terminated">Whether the episode has come to its end: nothing follows, so the value of what follows is 0.</param>
/// <param name="Truncated">Whether the episode is broken off, by a limit of time for example: something would follow, and agents count the value that they expect of it.</param>
public readonly record struct StepResult(float Reward, bool Terminated = false, bool Truncated = false);
