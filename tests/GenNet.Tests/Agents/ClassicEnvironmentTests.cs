using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Agents;

/// <summary>The environments of Gymnasium's classic control against their equations in double precision, with the sines of the C library.</summary>
public class ClassicEnvironmentTests
{
    const double Tolerance = 1e-6;

    [Fact]
    public void CartPole_moves_as_its_equations_say() => Compare("CartPole",
        state => new CartPole { Position = state[0], Velocity = state[1], Angle = state[2], AngularVelocity = state[3] },
        cart => [cart.Position, cart.Velocity, cart.Angle, cart.AngularVelocity]);

    [Fact]
    public void Pendulum_moves_as_its_equations_say() => Compare("Pendulum",
        state => new Pendulum { Angle = state[0], AngularVelocity = state[1] },
        pendulum => [pendulum.Angle, pendulum.AngularVelocity]);

    [Fact]
    public void MountainCarContinuous_moves_as_its_equations_say() => Compare("MountainCarContinuous",
        state => new MountainCarContinuous { Position = state[0], Velocity = state[1] },
        car => [car.Position, car.Velocity]);

    [Fact]
    public void Acrobot_moves_as_its_equations_say() => Compare("Acrobot",
        state => new Acrobot { Angle1 = state[0], Angle2 = state[1], Velocity1 = state[2], Velocity2 = state[3] },
        acrobot => [acrobot.Angle1, acrobot.Angle2, acrobot.Velocity1, acrobot.Velocity2]);

    /// <summary>Where episodes begin: within Gymnasium's bounds, all over them, and where the seed says.</summary>
    [Fact]
    public void Episodes_begin_where_their_seed_says()
    {
        AssertStarts<CartPole>([(-0.05f, 0.05f), (-0.05f, 0.05f), (-0.05f, 0.05f), (-0.05f, 0.05f)]);
        AssertStarts<Pendulum>([(-1, 1), (-1, 1), (-1, 1)]);
        AssertStarts<MountainCarContinuous>([(-0.6f, -0.4f), (0, 0)]);
        AssertStarts<Acrobot>([(0.995f, 1), (-0.1f, 0.1f), (0.995f, 1), (-0.1f, 0.1f), (-0.1f, 0.1f), (-0.1f, 0.1f)]);
        Assert.Equal((500, 200, 999, 500), (CartPole.TimeLimit, Pendulum.TimeLimit, MountainCarContinuous.TimeLimit, Acrobot.TimeLimit));
    }

    static void AssertStarts<TEnvironment>((float Least, float Most)[] bounds) where TEnvironment : struct, IEnvironment
    {
        Assert.Equal(bounds.Length, TEnvironment.ObservationSize);
        var seen = Enumerable.Range(0, 500).Select(seed => Start((ulong)seed)).ToArray();
        Assert.Equal(seen[7], Start(7));
        for (var i = 0; i < bounds.Length; i++)
        {
            var (least, most) = (seen.Min(observation => observation[i]), seen.Max(observation => observation[i]));
            Assert.True(least >= bounds[i].Least && most <= bounds[i].Most && most - least >= 0.9f * (bounds[i].Most - bounds[i].Least), $"{typeof(TEnvironment).Name} {i}: {least} … {most}");
        }

        static float[] Start(ulong seed)
        {
            var observation = new float[TEnvironment.ObservationSize];
            new TEnvironment().Reset(seed, observation);
            return observation;
        }
    }

    static void Compare<TEnvironment>(string name, Func<double[], TEnvironment> create, Func<TEnvironment, double[]> state) where TEnvironment : struct, IEnvironment
    {
        var reference = EnvironmentReference.Load(name);
        Assert.Equal((200, 100), (reference.Steps.Length, reference.Run.Length));
        foreach (var step in reference.Steps)
            Compare(step, create(step.State), state);
        Assert.Contains(reference.Steps.Concat(reference.Run), step => !step.Terminated);
        Assert.True(name == "Pendulum" || reference.Steps.Any(step => step.Terminated));

        var environment = create(reference.Run[0].State);
        foreach (var step in reference.Run)
            environment = Compare(step, environment, state);
    }

    static TEnvironment Compare<TEnvironment>(EnvironmentReference.Step step, TEnvironment environment, Func<TEnvironment, double[]> state) where TEnvironment : struct, IEnvironment
    {
        var observation = new float[TEnvironment.ObservationSize];
        float[] values = [(float)step.Action];
        var result = environment.Step(TEnvironment.ActionSpace.IsDiscrete ? new AgentAction((int)step.Action) : new AgentAction(values), observation);
        foreach (var (expected, actual) in step.Next.Zip(state(environment)))
            Assert.Equal(expected, actual, Tolerance);
        foreach (var (expected, actual) in step.Observation.Zip(observation))
            Assert.Equal(expected, actual, Tolerance * Math.Max(1, Math.Abs(expected)));
        Assert.Equal(step.Reward, result.Reward, Tolerance * Math.Max(1, Math.Abs(step.Reward)));
        Assert.Equal((step.Terminated, false), (result.Terminated, result.Truncated));
        return environment;
    }
}
