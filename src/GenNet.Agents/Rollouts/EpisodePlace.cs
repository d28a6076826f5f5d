using System.Globalization;

namespace GenNet.Agents;

/// <summary>An episode of one of several environments, for messages.</summary>
/// <param name="Environment">The environment, from 0.</param>
/// <param name="Episode">The episode, from 1; 0 where nobody counts.</param>
readonly record struct EpisodePlace(int Environment, long Episode)
{
    public override string ToString() => Episode == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" of environment {Environment} in episode {Episode}");
}
