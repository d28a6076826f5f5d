namespace GenNet.Tests.Reference;

/// <summary>Steps of an environment as its equations have them in double precision; tests/reference/make_environment_references.py writes them.</summary>
sealed record EnvironmentReference
{
    /// <summary>Steps from states all over.</summary>
    public required Step[] Steps { get; init; }

    /// <summary>100 steps one after the other.</summary>
    public required Step[] Run { get; init; }

    public static EnvironmentReference Load(string name) => ReferenceFile.Load<EnvironmentReference>("environments/", name, "make_environment_references.py");

    /// <param name="State">The state before.</param>
    /// <param name="Action">The action.</param>
    /// <param name="Next">The state behind it.</param>
    /// <param name="Observation">What the agent sees then.</param>
    /// <param name="Reward">The reward.</param>
    /// <param name="Terminated">Whether the episode is over.</param>
    public sealed record Step(double[] State, double Action, double[] Next, double[] Observation, double Reward, bool Terminated);
}
