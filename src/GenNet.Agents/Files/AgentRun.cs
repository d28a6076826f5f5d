namespace GenNet.Agents;

/// <summary>What an agent's checkpoint holds beside weights and optimisers.</summary>
/// <param name="Kind">What must be the same for a checkpoint to fit, in words.</param>
/// <param name="Settings">The hyper-parameters, which must be the same too.</param>
/// <param name="Write">Writes what is known of the run, but for arrays that may be long.</param>
/// <param name="Read">Reads it again.</param>
/// <param name="Arrays">These arrays, as long as they are by what is known.</param>
sealed record AgentRun(string Kind, IReadOnlyList<(string Name, string Text)> Settings, Action<BinaryWriter> Write, Action<BinaryReader> Read, Func<RunArrays> Arrays);
