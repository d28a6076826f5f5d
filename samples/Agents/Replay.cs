using GenNet;
using GenNet.Agents;

namespace Agents;

/// <summary>An episode of a policy as a program would use it: an ordinary network, and how its inputs are normalised.</summary>
static class Replay
{
    public static List<Stroke[]> Record<TEnvironment>(Act act, Standardizer? standardizer, Scene<TEnvironment> scene, ulong seed) where TEnvironment : struct, IEnvironment
    {
        var environment = new TEnvironment();
        var space = TEnvironment.ActionSpace;
        var (observation, input, output) = (new float[TEnvironment.ObservationSize], new float[TEnvironment.ObservationSize], new float[space.Count]);
        environment.Reset(seed, observation);
        List<Stroke[]> frames = [scene.Draw(environment)];
        for (var over = false; !over && frames.Count <= TEnvironment.TimeLimit;)
        {
            observation.CopyTo(input, 0);
            standardizer?.Transform(observation, input);
            act(input, output);
            var result = space.IsDiscrete
                ? environment.Step(new AgentAction(Array.IndexOf(output, output.Max())), observation)
                : environment.Step(new AgentAction(output), observation);
            over = result.Terminated || result.Truncated;
            frames.Add(scene.Draw(environment));
        }
        return frames;
    }
}
