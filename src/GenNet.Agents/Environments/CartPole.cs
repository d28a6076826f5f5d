using GenNet.Numerics;

namespace GenNet.Agents.Environments;

/// <summary>
/// Gymnasium's CartPole-v1: a pole stands on a cart that is pushed to the left (0) or to the right (1), and must not fall (Barto, Sutton and Anderson,
/// <i>Neuronlike adaptive elements that can solve difficult learning control problems</i>, 1983; equations without friction by Florian,
/// <i>Correct equations for the dynamics of the cart-pole system</i>, 2007). The reward is 1 a step, for 500 steps at most.
/// </summary>
/// <remarks>The observation is [position, velocity, angle, angular velocity], in m and radians. Computed in double precision with GenNet's own sine: the same bits on every machine.</remarks>
public struct CartPole : IEnvironment
{
    const double Gravity = 9.8, CartMass = 1, PoleMass = 0.1, Mass = CartMass + PoleMass, HalfLength = 0.5, Force = 10, TimeStep = 0.02;

    const double MostPosition = 2.4, MostAngle = 12 * Math.PI / 180;

    /// <inheritdoc/>
    public static int ObservationSize => 4;

    /// <inheritdoc/>
    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);

    /// <inheritdoc/>
    public static int TimeLimit => 500;

    /// <summary>Where the cart is, in m from the middle of the track.</summary>
    public double Position { get; set; }

    /// <summary>The cart's velocity, in m/s.</summary>
    public double Velocity { get; set; }

    /// <summary>The pole's angle from upright, in radians, to the right.</summary>
    public double Angle { get; set; }

    /// <summary>The pole's angular velocity, in radians/s.</summary>
    public double AngularVelocity { get; set; }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        Room.Check(observation, ObservationSize, "CartPole.Reset");
        var random = new RandomStream(seed);
        Position = 0.1 * random.NextDouble() - 0.05;
        Velocity = 0.1 * random.NextDouble() - 0.05;
        Angle = 0.1 * random.NextDouble() - 0.05;
        AngularVelocity = 0.1 * random.NextDouble() - 0.05;
        Observe(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(AgentAction action, Span<float> observation)
    {
        ActionSpace.Check(action, nameof(CartPole));
        Room.Check(observation, ObservationSize, "CartPole.Step");
        var (sin, cos) = ScalarMath.SinCos(Angle);
        var push = (action.Index == 1 ? Force : -Force) + PoleMass * HalfLength * AngularVelocity * AngularVelocity * sin;
        var angularAcceleration = (Gravity * sin - cos * push / Mass) / (HalfLength * (4.0 / 3 - PoleMass * cos * cos / Mass));
        var acceleration = (push - PoleMass * HalfLength * angularAcceleration * cos) / Mass;

        // Euler's method: positions by the velocities of before.
        Position += TimeStep * Velocity;
        Velocity += TimeStep * acceleration;
        Angle += TimeStep * AngularVelocity;
        AngularVelocity += TimeStep * angularAcceleration;
        Observe(observation);
        return new StepResult(1, Terminated: Math.Abs(Position) > MostPosition || Math.Abs(Angle) > MostAngle);
    }

    readonly void Observe(Span<float> observation)
    {
        observation[3] = (float)AngularVelocity;
        observation[2] = (float)Angle;
        observation[1] = (float)Velocity;
        observation[0] = (float)Position;
    }
}
