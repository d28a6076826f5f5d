using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Tests.Agents;

/// <summary>A pole on a cart, of which something breaks in a step of an episode, as long as it is told to.</summary>
sealed class Fragile : IEnvironment, ISavedEnvironment
{
    CartPole _cart;
    int _steps;

    public static int ObservationSize => CartPole.ObservationSize;

    public static ActionSpace ActionSpace => CartPole.ActionSpace;

    public static int TimeLimit => 40;

    /// <summary>The step of an episode in which it breaks; 0 for none. Rewards that are huge are so from then on.</summary>
    public int BreaksAt { get; set; }

    public string Fault { get; set; } = "";

    public void Reset(ulong seed, Span<float> observation)
    {
        _cart.Reset(seed, observation);
        _steps = 0;
    }

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        var result = _cart.Step(action, observation);
        if (++_steps < BreaksAt || BreaksAt == 0 || (_steps > BreaksAt && Fault != "huge"))
            return result;
        if (Fault == "throws")
            throw new DivideByZeroException();
        observation[2] = Fault == "observation" ? float.NaN : observation[2];
        return result with { Reward = Fault switch { "reward" => float.NaN, "huge" => 3.4e38f, _ => 1 }, Terminated = false };
    }

    public void Save(BinaryWriter writer)
    {
        foreach (var number in (double[])[_cart.Position, _cart.Velocity, _cart.Angle, _cart.AngularVelocity])
            writer.Write(number);
        writer.Write(_steps);
    }

    public void Load(BinaryReader reader)
    {
        _cart = new CartPole { Position = reader.ReadDouble(), Velocity = reader.ReadDouble(), Angle = reader.ReadDouble(), AngularVelocity = reader.ReadDouble() };
        _steps = reader.ReadInt32();
    }
}
