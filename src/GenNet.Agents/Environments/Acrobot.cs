using GenNet.Numerics;

namespace GenNet.Agents.Environments;

/// <summary>
/// Gymnasium's Acrobot-v1: two links hang from a bar, and a torque of −1, 0 or 1 Nm (actions 0, 1, 2) at the joint between them swings their end above a height
/// (Sutton, <i>Generalization in reinforcement learning</i>, 1996; equations of Sutton and Barto's <i>Reinforcement Learning</i>). The reward is −1 a step until it is there, for 500 steps at most.
/// </summary>
/// <remarks>
/// The observation is [cos θ₁, sin θ₁, cos θ₂, sin θ₂, θ₁′, θ₂′], θ₁ from hanging down, θ₂ relative to the first link. Each step of 0.2 s is one of Runge and Kutta's of fourth order,
/// in double precision with GenNet's own sine: the same bits on every machine.
/// </remarks>
public struct Acrobot : IEnvironment
{
    /// <summary>Links of 1 kg and 1 m, the centre of mass in the middle, and a moment of inertia of 1 kg·m² about it.</summary>
    const double Mass = 1, Length = 1, Centre = 0.5, Inertia = 1, Gravity = 9.8, TimeStep = 0.2;

    const double MostVelocity1 = 4 * Math.PI, MostVelocity2 = 9 * Math.PI;

    /// <inheritdoc/>
    public static int ObservationSize => 6;

    /// <inheritdoc/>
    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(3);

    /// <inheritdoc/>
    public static int TimeLimit => 500;

    /// <summary>The first link's angle from hanging down, in radians, within ±π.</summary>
    public double Angle1 { get; set; }

    /// <summary>The second link's angle relative to the first, in radians, within ±π.</summary>
    public double Angle2 { get; set; }

    /// <summary>The first angle's velocity, in radians/s, within ±4π.</summary>
    public double Velocity1 { get; set; }

    /// <summary>The second angle's velocity, in radians/s, within ±9π.</summary>
    public double Velocity2 { get; set; }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        Room.Check(observation, ObservationSize, "Acrobot.Reset");
        var random = new RandomStream(seed);
        Angle1 = 0.2 * random.NextDouble() - 0.1;
        Angle2 = 0.2 * random.NextDouble() - 0.1;
        Velocity1 = 0.2 * random.NextDouble() - 0.1;
        Velocity2 = 0.2 * random.NextDouble() - 0.1;
        Observe(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(AgentAction action, Span<float> observation)
    {
        ActionSpace.Check(action, nameof(Acrobot));
        Room.Check(observation, ObservationSize, "Acrobot.Step");
        var (start, torque) = (new State(Angle1, Angle2, Velocity1, Velocity2), action.Index - 1);
        var k1 = Derivative(start, torque);
        var k2 = Derivative(start.Plus(TimeStep / 2, k1), torque);
        var k3 = Derivative(start.Plus(TimeStep / 2, k2), torque);
        var k4 = Derivative(start.Plus(TimeStep, k3), torque);
        var end = start.Plus(TimeStep / 6, k1.Plus(2, k2).Plus(2, k3).Plus(1, k4));
        (Angle1, Angle2) = (Wrap(end.Angle1), Wrap(end.Angle2));
        Velocity1 = Math.Clamp(end.Velocity1, -MostVelocity1, MostVelocity1);
        Velocity2 = Math.Clamp(end.Velocity2, -MostVelocity2, MostVelocity2);
        var height = Observe(observation);
        return height > 1 ? new StepResult(0, Terminated: true) : new StepResult(-1);
    }

    /// <summary>Returns the height of the end over the bar, in m.</summary>
    readonly double Observe(Span<float> observation)
    {
        var (first, second, sum) = (ScalarMath.SinCos(Angle1), ScalarMath.SinCos(Angle2), ScalarMath.SinCos(Angle1 + Angle2));
        observation[5] = (float)Velocity2;
        observation[4] = (float)Velocity1;
        observation[3] = (float)second.Sin;
        observation[2] = (float)second.Cos;
        observation[1] = (float)first.Sin;
        observation[0] = (float)first.Cos;
        return -Length * (first.Cos + sum.Cos);
    }

    static State Derivative(State s, double torque)
    {
        var (sin2, cos2) = ScalarMath.SinCos(s.Angle2);
        var d1 = Mass * Centre * Centre + Mass * (Length * Length + Centre * Centre + 2 * Length * Centre * cos2) + 2 * Inertia;
        var d2 = Mass * (Centre * Centre + Length * Centre * cos2) + Inertia;
        var phi2 = Mass * Centre * Gravity * ScalarMath.SinCos(s.Angle1 + s.Angle2).Sin;
        var phi1 = -Mass * Length * Centre * s.Velocity2 * (s.Velocity2 + 2 * s.Velocity1) * sin2
            + Mass * (Centre + Length) * Gravity * ScalarMath.SinCos(s.Angle1).Sin + phi2;
        var acceleration2 = (torque + d2 / d1 * phi1 - Mass * Length * Centre * s.Velocity1 * s.Velocity1 * sin2 - phi2)
            / (Mass * Centre * Centre + Inertia - d2 * d2 / d1);
        return new State(s.Velocity1, s.Velocity2, -(d2 * acceleration2 + phi1) / d1, acceleration2);
    }

    static double Wrap(double angle) => angle - 2 * Math.PI * Math.Round(angle / (2 * Math.PI));

    readonly record struct State(double Angle1, double Angle2, double Velocity1, double Velocity2)
    {
        public State Plus(double factor, in State other) =>
            new(Angle1 + factor * other.Angle1, Angle2 + factor * other.Angle2, Velocity1 + factor * other.Velocity1, Velocity2 + factor * other.Velocity2);
    }
}
