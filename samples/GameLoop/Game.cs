using System.Diagnostics;
using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GameLoop;

/// <summary>In each frame the cart acts and learns, and is drawn.</summary>
sealed class Game
{
    readonly Player _player = new();
    readonly Window _window;

    /// <summary>Loads: the agent has its first update behind it, after which it allocates nothing more.</summary>
    public Game(Window window)
    {
        _window = window;
        while (!Agent.Advance()) { }
    }

    /// <summary>Learns in eight worlds of its own what the player's cart then does.</summary>
    public Ppo<CartPole> Agent { get; } =
        new(new Balancer(seed: 1), new Outlook(seed: 2), new CartPole[8], new() { NSteps = 256, BatchSize = 256, LearningRate = 1e-3, Gamma = 0.98, GaeLambda = 0.8 }, seed: 3);

    /// <summary>Plays another game first, as fast as it goes: the JIT compiles what frames call, and then once more for speed, before somebody waits for it. Native AOT needs no rehearsal.</summary>
    public static void Rehearse(Window window, TimeSpan time)
    {
        var rehearsal = new Game(window);
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
            rehearsal.Frame();
    }

    /// <returns>How long acting and learning took.</returns>
    public TimeSpan Frame()
    {
        var start = Stopwatch.GetTimestamp();
        _player.Act(Agent.Policy);
        Agent.Advance(TimeSpan.FromMilliseconds(1));
        var taken = Stopwatch.GetElapsedTime(start);
        _window.Draw(_player.Cart);
        return taken;
    }
}
