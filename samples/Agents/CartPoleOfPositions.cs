using GenNet.Agents;
using GenNet.Agents.Environments;

namespace Agents;

/// <summary>CartPole-v1 of which position and angle alone are seen, each divided by what it may be. How fast they change must be remembered.</summary>
struct CartPoleOfPositions : IEnvironment
{
    const float MostPosition = 2.4f, MostAngle = 0.21f;

    CartPole _cart;

    public static int ObservationSize => 2;

    public static ActionSpace ActionSpace => CartPole.ActionSpace;

    public static int TimeLimit => CartPole.TimeLimit;

    public readonly CartPole Cart => _cart;

    public void Reset(ulong seed, Span<float> observation)
    {
        Span<float> all = stackalloc float[4];
        _cart.Reset(seed, all);
        Observe(observation);
    }

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        Span<float> all = stackalloc float[4];
        var result = _cart.Step(action, all);
        Observe(observation);
        return result;
    }

    readonly void Observe(Span<float> observation) => (observation[0], observation[1]) = ((float)_cart.Position / MostPosition, (float)_cart.Angle / MostAngle);
}
