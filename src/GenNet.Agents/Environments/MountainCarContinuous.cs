using GenNet.Numerics;

namespace GenNet.Agents.Environments;

/// <summary>
/// Gymnasium's MountainCarContinuous-v0: a car in a valley, too weak to drive up the hill to the right, must first drive away from it (Moore,
/// <i>Efficient memory-based learning for robot control</i>, 1990). A step costs 0.1·force², reaching the goal is worth 100; 999 steps at most.
/// </summary>
/// <remarks>The observation is [position, velocity]. Computed in double precision with GenNet's own cosine: the same bits on every machine.</remarks>
public struct MountainCarContinuous : IEnvironment
{
    const double Least = -1.2, Most = 0.6, MostVelocity = 0.07, Goal = 0.45, Power = 0.0015, Gravity = 0.0025;

    /// <inheritdoc/>
    public static int ObservationSize => 2;

    /// <inheritdoc/>
    public static ActionSpace ActionSpace { get; } = ActionSpace.Box([-1], [1]);

    /// <inheritdoc/>
    public static int TimeLimit => 999;

    /// <summary>Where the car is, from −1.2 to 0.6; the goal is at 0.45.</summary>
    public double Position { get; set; }

    /// <summary>The car's velocity a step, within ±0.07.</summary>
    public double Velocity { get; set; }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        Room.Check(observation, ObservationSize, "MountainCarContinuous.Reset");
        (Position, Velocity) = (0.2 * new RandomStream(seed).NextDouble() - 0.6, 0);
        Observe(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(AgentAction action, Span<float> observation)
    {
        ActionSpace.Check(action, nameof(MountainCarContinuous));
        Room.Check(observation, ObservationSize, "MountainCarContinuous.Step");
        var force = Math.Clamp((double)action.Values[0], -1, 1);
        Velocity = Math.Clamp(Velocity + Power * force - Gravity * ScalarMath.SinCos(3 * Position).Cos, -MostVelocity, MostVelocity);
        Position = Math.Clamp(Position + Velocity, Least, Most);

        // The left end is a wall.
        if (Position == Least && Velocity < 0)
            Velocity = 0;
        Observe(observation);
        var arrived = Position >= Goal && Velocity >= 0;
        return new StepResult((float)((arrived ? 100 : 0) - 0.1 * force * force), Terminated: arrived);
    }

    readonly void Observe(Span<float> observation)
    {
        observation[1] = (float)Velocity;
        observation[0] = (float)Position;
    }
}
