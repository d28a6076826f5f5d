using System.Diagnostics;
using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Ranks;

/// <summary>A pole on a cart, each step of which takes as long as a game's would.</summary>
struct SlowPole : IEnvironment
{
    CartPole _pole;

    /// <summary>How long a step takes at least; 0 for as long as it takes.</summary>
    public static double Microseconds { get; set; }

    public static int ObservationSize => CartPole.ObservationSize;

    public static ActionSpace ActionSpace => CartPole.ActionSpace;

    public static int TimeLimit => CartPole.TimeLimit;

    public void Reset(ulong seed, Span<float> observation) => _pole.Reset(seed, observation);

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        var start = Stopwatch.GetTimestamp();
        var result = _pole.Step(action, observation);
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < Microseconds)
        {
        }
        return result;
    }
}
