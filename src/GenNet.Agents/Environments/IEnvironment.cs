namespace GenNet.Agents;

/// <summary>
/// What an agent acts in, by Gymnasium's conventions: an episode begins with <see cref="Reset"/> and goes on step by step until it is terminated or truncated.
/// All of an episode follows from its seed and the actions. A struct is called without boxing; a class works as well.
/// </summary>
public interface IEnvironment
{
    /// <summary>Numbers of an observation.</summary>
    static abstract int ObservationSize { get; }

    /// <summary>What an agent may do: one of several things, or numbers within bounds.</summary>
    static abstract ActionSpace ActionSpace { get; }

    /// <summary>Steps after which an episode is truncated; 0, as it is unless declared, for none. Who steps the environment counts them.</summary>
    static virtual int TimeLimit => 0;

    /// <summary>Whether <see cref="WriteActionMask"/> says which actions there are at present, of those of a discrete space.</summary>
    static virtual bool HasActionMasks => false;

    /// <summary>Begins an episode.</summary>
    /// <param name="seed">What is random in it follows from it: <c>new RandomStream(seed)</c>.</param>
    /// <param name="observation">[<see cref="ObservationSize"/>] what the agent sees first, written.</param>
    void Reset(ulong seed, Span<float> observation);

    /// <summary>Goes on by one step.</summary>
    /// <param name="action">What the agent does.</param>
    /// <param name="observation">[<see cref="ObservationSize"/>] what it sees then, written, at the end of an episode too.</param>
    /// <returns>The reward, and whether the episode is over.</returns>
    StepResult Step(AgentAction action, Span<float> observation);

    /// <summary>Says which actions there are in the present state. Called where <see cref="HasActionMasks"/> is true, before each step.</summary>
    /// <param name="allowed">[<see cref="ActionSpace.Count"/>] true for those that there are, at least one; all true at first.</param>
    /// <exception cref="InvalidOperationException">The environment says that it has masks, and has no such method of its own.</exception>
    void WriteActionMask(Span<bool> allowed) => throw new InvalidOperationException($"{GetType().Name} says that it has action masks, and does not write them: implement WriteActionMask.");
}
