using GenNet;
using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GameLoop;

/// <summary>The cart on the screen. The policy steers it, as far as it has come by then.</summary>
sealed class Player
{
    readonly float[] _observation = new float[Balancer.InputSize];
    readonly float[] _logits = new float[Balancer.OutputSize];
    CartPole _cart;
    ulong _episode;
    int _steps;

    public Player() => Begin();

    public CartPole Cart => _cart;

    /// <summary>Takes a step; after a fall, or when it has balanced for long enough, the next episode begins.</summary>
    public void Act(INetwork policy)
    {
        policy.Forward(_observation, _logits);
        var result = _cart.Step(new AgentAction(_logits[1] > _logits[0] ? 1 : 0), _observation);
        if (result.Terminated || ++_steps == CartPole.TimeLimit)
            Begin();
    }

    void Begin()
    {
        _cart.Reset(_episode++, _observation);
        _steps = 0;
    }
}
