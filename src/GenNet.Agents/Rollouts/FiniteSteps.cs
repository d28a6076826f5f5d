using System.Globalization;
using System.Runtime.CompilerServices;

namespace GenNet.Agents;

/// <summary>Refuses what an environment gives that is no finite number.</summary>
static class FiniteSteps
{
    /// <summary>Throws unless an observation and a reward are finite.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="reward">The reward.</param>
    /// <param name="steps">Steps into the episode.</param>
    /// <param name="where">Of which environment and episode, for the message; nothing where there is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check<TEnvironment>(ReadOnlySpan<float> observation, float reward, int steps, EpisodePlace where = default) where TEnvironment : IEnvironment
    {
        for (var i = 0; i < observation.Length; i++)
            if (!float.IsFinite(observation[i]))
                throw NotFinite<TEnvironment>(string.Create(CultureInfo.InvariantCulture, $"observation {i}"), observation[i], steps, where);
        if (!float.IsFinite(reward))
            throw NotFinite<TEnvironment>("the reward", reward, steps, where);
    }

    static NotFiniteNumberException NotFinite<TEnvironment>(string what, float number, int steps, EpisodePlace where) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{typeof(TEnvironment).Name}.{(steps == 0 ? "Reset" : "Step")}{where}, {steps} steps into the episode: {what} is {number}. What was learnt is kept; the environments begin new episodes."), number);
}
