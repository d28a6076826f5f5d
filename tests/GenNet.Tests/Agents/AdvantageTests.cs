using GenNet.Agents;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Agents;

/// <summary>Values, advantages and returns of roll-outs against their definitions, over ends of both kinds.</summary>
public class AdvantageTests
{
    const double Gamma = 0.9, Lambda = 0.8;

    /// <summary>A world that keeps what happened in it. Episodes end after seven steps, if they are not broken off after five, or by the limit of time after nine.</summary>
    sealed class Logged : IEnvironment
    {
        readonly List<(float[] Seen, float[] Next, double Reward, bool Terminated, bool Truncated)> _steps = [];
        float[] _seen = [];
        int _kind, _count;

        public IReadOnlyList<(float[] Seen, float[] Next, double Reward, bool Terminated, bool Truncated)> Steps => _steps;

        public static int ObservationSize => 4;

        public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);

        public static int TimeLimit => 9;

        public void Reset(ulong seed, Span<float> observation)
        {
            (_kind, _count) = ((int)(seed % 3), 0);
            Observe(observation);
        }

        public StepResult Step(AgentAction action, Span<float> observation)
        {
            var before = _seen;
            _count++;
            Observe(observation);
            var result = new StepResult(0.5f * action.Index - 0.1f * _count, Terminated: _kind == 0 && _count == 7, Truncated: _kind == 1 && _count == 5);
            _steps.Add((before, _seen, result.Reward, result.Terminated, result.Truncated || _count == TimeLimit));
            return result;
        }

        void Observe(Span<float> observation)
        {
            (observation[0], observation[1], observation[2], observation[3]) = (0.3f * _count, _kind - 1, 0.5f - 0.1f * _count, 1);
            _seen = observation.ToArray();
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Advantages_are_those_of_the_definition(bool shared, bool normalizesRewards)
    {
        var options = new PpoOptions { NSteps = 50, Gamma = Gamma, GaeLambda = Lambda, NormalizeRewards = normalizesRewards };
        INetwork policy = shared ? new CartActorCritic(1) : new CartPolicy(1), value = shared ? policy : new CartValue(2);
        var networks = new ActorCritic(policy, value, typeof(Logged), 4, ActionSpace.Discrete(2));
        Logged[] worlds = [new(), new(), new()];
        var returns = new RecentReturns();
        var rollout = new Rollout<Logged>(networks, new CategoricalHead(2), worlds, options, seed: 4, returns);
        rollout.Collect(20);
        rollout.Collect(30);
        AgentTest.Finish(rollout);
        Assert.Equal(worlds.Sum(world => world.Steps.Count(step => step.Terminated || step.Truncated)), returns.Episodes);
        Assert.Contains(worlds, world => world.Steps.Any(step => step.Terminated));
        Assert.Contains(worlds, world => world.Steps.Any(step => step.Truncated));

        var deviation = normalizesRewards ? DeviationOfReturns(worlds) : 1;
        for (var index = 0; index < worlds.Length; index++)
        {
            var steps = worlds[index].Steps;
            double[] expected = new double[50], ofReturns = new double[50];
            for (var first = 0; first < 50; first++)
            {
                // Σ (γλ)ᵏ·δ, to the end of the episode.
                var (factor, sum) = (1.0, 0.0);
                for (var t = first; t < 50; t++)
                {
                    var (seen, next, reward, terminated, truncated) = steps[t];
                    sum += factor * (reward / deviation + (terminated ? 0 : Gamma * Value(next)) - Value(seen));
                    factor *= Gamma * Lambda;
                    if (terminated || truncated)
                        break;
                }
                (expected[first], ofReturns[first]) = (sum, sum + Value(steps[first].Seen));
            }
            Close.AssertEqual("advantages", expected, Column(rollout.Buffer.Advantages, index), 1e-5);
            Close.AssertEqual("returns", ofReturns, Column(rollout.Buffer.Returns, index), 1e-5);
        }

        double Value(float[] observation)
        {
            var outputs = new float[value.OutputSize];
            value.Forward(observation, outputs);
            return outputs[networks.ValueOutput];
        }

        double[] Column(float[] rows, int index) => [.. Enumerable.Range(0, 50).Select(step => (double)rows[3 * step + index])];
    }

    /// <summary>Of the sums of discounted rewards, each from the beginning of its episode on.</summary>
    static double DeviationOfReturns(Logged[] worlds)
    {
        var sums = new List<double>();
        foreach (var world in worlds)
        {
            var sum = 0.0;
            foreach (var step in world.Steps)
            {
                sums.Add(sum = Gamma * sum + step.Reward);
                if (step.Terminated || step.Truncated)
                    sum = 0;
            }
        }
        var mean = sums.Average();
        return Math.Sqrt(sums.Sum(sum => (sum - mean) * (sum - mean)) / sums.Count + 1e-8);
    }
}
