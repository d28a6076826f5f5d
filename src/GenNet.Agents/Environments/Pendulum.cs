using GenNet.Numerics;

namespace GenNet.Agents.Environments;

/// <summary>
/// Gymnasium's Pendulum-v1: a rod of 1 kg and 1 m is swung up and held upright by a torque of up to 2 Nm, which is too weak to do it in one go. The reward is
/// −(angle² + 0.1·velocity² + 0.001·torque²), the angle within ±π from upright, for 200 steps.
/// </summary>
/// <remarks>The observation is [cos, sin of the angle, angular velocity]. Computed in double precision with GenNet's own sine: the same bits on every machine.</remarks>
public struct Pendulum : IEnvironment
{
    const double Gravity = 10, TimeStep = 0.05, MostVelocity = 8, MostTorque = 2;

    /// <inheritdoc/>
    public static int ObservationSize => 3;

    /// <inheritdoc/>
    public static ActionSpace ActionSpace { get; } = ActionSpace.Box([(float)-MostTorque], [(float)MostTorque]);

    /// <inheritdoc/>
    public static int TimeLimit => 200;

    /// <summary>The angle from upright, in radians; it goes on beyond ±π.</summary>
    public double Angle { get; set; }

    /// <summary>The angular velocity, in radians/s, within ±8.</summary>
    public double AngularVelocity { get; set; }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        Room.Check(observation, ObservationSize, "Pendulum.Reset");
        var random = new RandomStream(seed);
        Angle = Math.PI * (2 * random.NextDouble() - 1);
        AngularVelocity = 2 * random.NextDouble() - 1;
        Observe(observation, ScalarMath.SinCos(Angle));
    }

    /// <inheritdoc/>
    public StepResult Step(AgentAction action, Span<float> observation)
    {
        ActionSpace.Check(action, nameof(Pendulum));
        Room.Check(observation, ObservationSize, "Pendulum.Step");
        var torque = Math.Clamp(action.Values[0], -MostTorque, MostTorque);
        var fromUpright = Angle - 2 * Math.PI * Math.Floor((Angle + Math.PI) / (2 * Math.PI));
        var cost = fromUpright * fromUpright + 0.1 * AngularVelocity * AngularVelocity + 0.001 * torque * torque;

        // The moment of inertia about the end is m·l²/3. The angle moves by the new velocity.
        AngularVelocity = Math.Clamp(AngularVelocity + TimeStep * (1.5 * Gravity * ScalarMath.SinCos(Angle).Sin + 3 * torque), -MostVelocity, MostVelocity);
        Angle += TimeStep * AngularVelocity;
        Observe(observation, ScalarMath.SinCos(Angle));
        return new StepResult((float)-cost);
    }

    readonly void Observe(Span<float> observation, (double Sin, double Cos) angle)
    {
        observation[2] = (float)AngularVelocity;
        observation[1] = (float)angle.Sin;
        observation[0] = (float)angle.Cos;
    }
}
