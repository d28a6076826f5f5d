using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

[Network]
[Sequence(8, 2)]
[GRU(16)]
[Dense(2)]
[Flatten]
sealed partial class RecallPolicy;

[Network]
[Sequence(8, 2)]
[GRU(16)]
[Dense(1)]
[Flatten]
sealed partial class RecallValue;

[Network]
[Sequence(8, 2)]
[Dense(8, Activation.Tanh)]
[LSTM(5)]
[GRU(7)]
[Dense(2)]
[Flatten]
sealed partial class RecallDeepPolicy;

[Network(2, 16, 2, Hidden = Activation.Tanh)]
sealed partial class RecallForgetfulPolicy;

[Network(2, 16, 1, Hidden = Activation.Tanh)]
sealed partial class RecallForgetfulValue;

[Network]
[Sequence(1, 2)]
[GRU(16)]
[Dense(2)]
[Flatten]
sealed partial class RecallOfOneStep;

[Network]
[Sequence(200, 2)]
[GRU(4)]
[Dense(2)]
[Flatten]
sealed partial class RecallLongPolicy;

[Network]
[Sequence(4, 2)]
[GRU(16)]
[Dense(1)]
[Flatten]
sealed partial class RecallShortValue;

[Network]
[Sequence(8, 2)]
[GRU(16)]
[LastStep]
[Dense(2)]
sealed partial class RecallLastPolicy;

[Network]
[Sequence(8, 2)]
[Conv1D(4, 3, Causal = true)]
[GRU(16)]
[Dense(2)]
[Flatten]
sealed partial class RecallConvolvedPolicy;

[Network]
[Sequence(8, 2)]
[Dense(4)]
[GRU(16, Bidirectional = true)]
[Dense(2)]
[Flatten]
sealed partial class RecallBackwards;

[Network]
[Sequence(8, 2)]
[GRU(8)]
[Head("Policy")]
[Dense(2)]
[Flatten]
[Head("Value")]
[Dense(1)]
[Flatten]
sealed partial class RecallOnTrunk;

[Network]
[Sequence(10, 3)]
[GRU(12)]
[Dense(1)]
[Flatten]
sealed partial class SwingMemory;

/// <summary>PPO with networks that remember.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class PpoRecurrentTests : IDisposable
{
    static readonly PpoOptions Small = new() { NSteps = 16, BatchSize = 40, NEpochs = 2, LearningRate = 1e-2, Gamma = 0.9 };

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    static Ppo<Recall> Both(PpoOptions? options = null) => new(new RecallPolicy(1), new RecallValue(2), new Recall[5], options ?? Small, 1);

    static Ppo<Pendulum> Swing() => new(new SwingMemory(1), new SwingMemory(2), new Pendulum[3], Small with { NSteps = 30, NormalizeObservations = true, NormalizeRewards = true }, 3);

    static readonly Func<PpoOptions, Ppo<Recall>>[] Kinds =
    [
        Both, options => new(new RecallPolicy(1), new RecallForgetfulValue(2), new Recall[5], options, 1), options => new(new RecallForgetfulPolicy(1), new RecallValue(2), new Recall[5], options, 1),
        options => new(new RecallDeepPolicy(1), new RecallValue(2), new Recall[5], options, 1), options => new(new RecallOfOneStep(1), new RecallForgetfulValue(2), new Recall[5], options, 1),
        options => new(new RecallLongPolicy(1), new RecallForgetfulValue(2), new Recall[2], options with { NSteps = 400, BatchSize = 800 }, 1),
    ];

    [Fact]
    public void What_was_seen_and_is_seen_no_more_is_learnt()
    {
        var options = new PpoOptions { NSteps = 32, BatchSize = 256, NEpochs = 8, LearningRate = 5e-3, Gamma = 0.9 };
        var agent = new Ppo<Recall>(new RecallPolicy(1), new RecallValue(2), new Recall[32], options, 1);
        agent.Learn(120_000, targetReturn: 0.75);

        // Two thirds of the episodes come to their end.
        Assert.True(agent.Evaluate(new Recall(), 1000).Average() > 0.6, agent.History[^1].ToString());
        var forgetful = new Ppo<Recall>(new RecallForgetfulPolicy(1), new RecallForgetfulValue(2), new Recall[32], options, 1);
        forgetful.Learn(agent.Steps);
        Assert.InRange(forgetful.Evaluate(new Recall(), 1000).Average(), -0.1, 0.1);
    }

    /// <summary>
    /// In the first minibatch the policy is the one that acted, to the bit: over the ends of episodes inside windows, states that come from earlier weights, and windows that are cut at the ends of roll-outs.
    /// </summary>
    [Fact]
    public void The_policy_that_is_trained_has_the_bits_of_the_one_that_acted()
    {
        foreach (var create in Kinds)
        {
            var agent = create(Small with { NEpochs = 1, BatchSize = 80, LearningRate = 0.03 });
            agent.Learn(80 * 10);
            Assert.All(agent.History, iteration => Assert.Equal((0.0, 0.0), (iteration.ApproxKl, iteration.ClipFraction)));
            Assert.True(agent.History[^1].Episodes > 50);
        }
        var swing = new Ppo<Pendulum>(new SwingMemory(1), new SwingMemory(2), new Pendulum[3], Small with { NSteps = 30, BatchSize = 90, NEpochs = 1, NormalizeObservations = true }, 3);
        swing.Learn(90 * 20);
        Assert.All(swing.History, iteration => Assert.Equal(0.0, iteration.ApproxKl));
    }

    /// <summary>Values, and the states that windows begin with, against networks that go through each environment's episodes by themselves.</summary>
    [Fact]
    public void What_is_remembered_is_of_the_episode()
    {
        var (policy, value) = (new RecallDeepPolicy(1), new RecallValue(2));
        var networks = new ActorCritic(policy, value, typeof(Recall), 2, Recall.ActionSpace);
        var rollout = new Rollout<Recall>(networks, new CategoricalHead(2), new Recall[3], new() { NSteps = 24 }, seed: 4, new RecentReturns());
        for (var round = 0; round < 3; round++)
        {
            rollout.Collect(24);
            AgentTest.Finish(rollout);
            var (buffer, ends) = (rollout.Buffer, 0);
            for (var environment = 0; environment < 3; environment++)
            {
                // In the first roll-out it begins with nothing, and in others where the first window does.
                var (ofPolicy, ofValue, outputs, one) = (policy.CreateState(), value.CreateState(), new float[2], new float[1]);
                Assert.True(round > 0 || buffer.PolicyStates.AsSpan(environment * ofPolicy.Size, ofPolicy.Size).IndexOfAnyExcept(0) < 0);
                buffer.PolicyStates.AsSpan(environment * ofPolicy.Size, ofPolicy.Size).CopyTo(ofPolicy.Values());
                buffer.ValueStates.AsSpan(environment * ofValue.Size, ofValue.Size).CopyTo(ofValue.Values());
                for (var step = 0; step <= 24; step++)
                {
                    if (step < 24 && step % 8 == 0)
                    {
                        Assert.Equal(ofPolicy.Values().ToArray(), buffer.PolicyStates.AsSpan((step / 8 * 3 + environment) * ofPolicy.Size, ofPolicy.Size).ToArray());
                        Assert.Equal(ofValue.Values().ToArray(), buffer.ValueStates.AsSpan((step / 8 * 3 + environment) * ofValue.Size, ofValue.Size).ToArray());
                    }
                    var row = step * 3 + environment;
                    policy.Forward(buffer.Observations.AsSpan(row * 2, 2), ofPolicy, outputs);
                    value.Forward(buffer.Observations.AsSpan(row * 2, 2), ofValue, one);
                    Assert.Equal(one[0], buffer.Values[row]);
                    if (step == 24 || !buffer.Ended[row])
                        continue;
                    ofPolicy.Reset();
                    ofValue.Reset();
                    ends++;
                }
            }
            Assert.True(ends > 6);
            rollout.Begin();
        }
    }

    [Fact]
    public void The_bits_are_the_same_with_any_number_of_threads_in_pieces_and_resumed()
    {
        foreach (var create in Kinds)
            Compare(() => create(Small), updates: 3);
        Compare(Swing, updates: 3);

        void Compare<TEnvironment>(Func<Ppo<TEnvironment>> create, int updates) where TEnvironment : IEnvironment
        {
            var whole = create();
            while (whole.History.Count < updates)
                whole.Learn(whole.Steps + 1);
            foreach (var threads in new[] { 1, 2, 3 })
                Assert.Equal(Fingerprint(whole), AgentTest.WithThreads(threads, () =>
                {
                    var agent = create();
                    while (agent.History.Count < updates)
                        agent.Learn(agent.Steps + 1);
                    return Fingerprint(agent);
                }));
            var part = create();
            for (var piece = 0; part.History.Count < updates; piece++)
            {
                part.Advance();
                if (piece % 3 != 0)
                    continue;
                part.Save(_file);
                part = AgentTest.WithThreads(1 + piece % 2, create);
                part.Advance();
                part.Load(_file);
            }
            Assert.Equal(Fingerprint(whole), Fingerprint(part));
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        foreach (var create in Kinds)
        {
            var agent = create(Small);
            while (agent.History.Count < 2)
                agent.Advance();
            AgentTest.AssertPiecesAllocateNothing(agent);
        }
        var swing = Swing();
        while (swing.History.Count < 2)
            swing.Advance();
        AgentTest.AssertPiecesAllocateNothing(swing);
    }

    [Fact]
    public void A_search_by_generations_remembers_too()
    {
        var search = new EvolutionStrategy(new RecallPolicy(1), new() { Population = 64, Deviation = 0.3f, LearningRate = 0.1 }, 1);
        search.Learn(new Recall[2], 150, episodes: 8, targetFitness: 0.9);
        Assert.True(search.Evaluate(new Recall(), 1000).Average() > 0.55, search.History[^1].ToString());
        new GeneticAlgorithm(new RecallLastPolicy(1), new() { Population = 4 }).Learn(new Recall[1], 2);
    }

    [Fact]
    public void Windows_that_do_not_fit_are_refused()
    {
        var worlds = new Recall[2];
        Assert.StartsWith("NSteps is 20, but the networks are trained on whole windows of 8 steps", Assert.Throws<ArgumentException>("options", () => Both(Small with { NSteps = 20 })).Message, StringComparison.Ordinal);
        Assert.StartsWith("BatchSize is 60, but", Assert.Throws<ArgumentException>("options", () => Both(Small with { BatchSize = 60 })).Message, StringComparison.Ordinal);
        Assert.Contains("windows of 8 steps, and RecallShortValue on those of 4", Assert.Throws<ArgumentException>(() => new Ppo<Recall>(new RecallPolicy(1), new RecallShortValue(1), worlds, Small)).Message, StringComparison.Ordinal);
        Assert.Contains("[Flatten] in place of [LastStep]", Assert.Throws<ArgumentException>(() => new Ppo<Recall>(new RecallLastPolicy(1), new RecallValue(1), worlds, Small)).Message, StringComparison.Ordinal);
        Assert.Contains("layer 1, Conv1D", Assert.Throws<InvalidOperationException>(() => new Ppo<Recall>(new RecallConvolvedPolicy(1), new RecallValue(1), worlds, Small)).Message, StringComparison.Ordinal);
        Assert.Contains("RecallOnTrunk goes through 8 steps in one go", Assert.Throws<ArgumentException>(() => new Ppo<Recall>(new RecallOnTrunk(1), worlds, Small)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Layer 2 of RecallBackwards goes through the steps from the last to the first too, but who acts in Recall knows no later ones: declare it without Bidirectional = true.",
            Assert.Throws<ArgumentException>(() => new Ppo<Recall>(new RecallBackwards(1), new RecallValue(1), worlds, Small)).Message, StringComparison.Ordinal);
        Assert.Contains("RecallPolicy remembers what it saw", Assert.Throws<ArgumentException>(() => new Dqn<Recall>(new RecallPolicy(1), worlds)).Message, StringComparison.Ordinal);
        Assert.Contains("RecallOfOneStep remembers what it saw", Assert.Throws<ArgumentException>(() => new Dqn<Recall>(new RecallOfOneStep(1), worlds)).Message, StringComparison.Ordinal);
    }

    static string Fingerprint<TEnvironment>(Ppo<TEnvironment> ppo) where TEnvironment : IEnvironment => $"{ppo.Policy.Hash():x16} {ppo.Steps} {string.Join(' ', ppo.LogStd.ToArray())} {string.Join('\n', ppo.History)}";
}
