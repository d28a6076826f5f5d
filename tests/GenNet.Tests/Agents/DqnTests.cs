using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Networks;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

/// <summary>What deep Q-learning promises beside its numbers.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class DqnTests : IDisposable
{
    static readonly DqnOptions Small = new() { BufferSize = 500, BatchSize = 20, LearningStarts = 100, TargetUpdateInterval = 20, ExplorationSteps = 500, LearningRate = 1e-3, NStep = 3 };

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    static Dqn<CartPole> Cart(DqnOptions? options = null) => new(new CartPolicy(1), new CartPole[3], options ?? Small, 1);

    static Dqn<MaskedChoice> Masked(DqnOptions? options = null) => new(new MaskedPolicy(1), new MaskedChoice[2], options ?? Small with { Prioritized = true }, 1);

    [Fact]
    public void A_cart_pole_is_learnt()
    {
        var dqn = new Dqn<CartPole>(new CartPolicy(1), new CartPole[4], new() { LearningRate = 1e-3, BufferSize = 50_000, BatchSize = 64, LearningStarts = 1_000, TrainFreq = 1, TargetUpdateInterval = 250, ExplorationFinalEps = 0.04, NStep = 3 }, 1);
        dqn.Learn(150_000, targetReturn: 300);
        Assert.True(dqn.History[^1].MeanReturn >= 300, dqn.History[^1].ToString());
        Assert.Equal((0.04, dqn.Updates), (dqn.Exploration, dqn.History[^1].Updates));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Actions_that_are_masked_are_never_taken(bool prioritized)
    {
        var dqn = Masked(Small with { Prioritized = prioritized, Gamma = 0.5, TrainFreq = 1, LearningRate = 3e-3, BufferSize = 2_000 });
        dqn.Learn(5_000);
        Assert.True(dqn.Evaluate(new MaskedChoice(), 50).Average() > 9.5, dqn.History[^1].ToString());
    }

    [Fact]
    public void A_run_in_pieces_and_resumed_has_the_bits_of_one_that_never_stopped()
    {
        Compare(() => Cart());
        Compare(() => Masked());

        void Compare<TEnvironment>(Func<Dqn<TEnvironment>> create) where TEnvironment : IEnvironment
        {
            var whole = create();
            whole.Learn(9_000);
            var part = create();
            for (var piece = 0; part.Steps < 1_500; piece++)
            {
                part.Advance();
                if (piece % 97 != 0)
                    continue;
                part.Save(_file);
                var other = create();
                other.Advance();
                other.Load(_file);
                part = other;
            }
            while (part.Steps < 1_900)
                part.Advance(TimeSpan.FromMilliseconds(0.1));
            part.Learn(9_000);
            Assert.Equal(Fingerprint(whole), Fingerprint(part));
        }
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_changes_nothing()
    {
        var dqn = Cart();
        dqn.Learn(300);
        dqn.Save(_file);
        var other = Cart(Small with { NStep = 2 });
        var before = Fingerprint(other);
        Assert.Contains("its run has NStep = 3, this one 2", Assert.Throws<InvalidDataException>(() => other.Load(_file)).Message);
        Assert.Equal(before, Fingerprint(other));
        var policy = new CartPolicy(9);
        policy.Load(_file);
        Assert.Equal(dqn.Network.Hash(), policy.Hash());
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        Check(Cart());
        Check(Masked());

        static void Check<TEnvironment>(Dqn<TEnvironment> dqn) where TEnvironment : IEnvironment
        {
            dqn.Learn(1_000);
            AgentTest.AssertPiecesAllocateNothing(dqn);
        }
    }

    /// <summary>Rewards over three steps, by hand: r₀ + γr₁ + γ²r₂, and what is left at the end of an episode.</summary>
    [Fact]
    public void Several_steps_are_summed()
    {
        var (memory, queue) = (new ReplayBuffer(4, 1, 0, prioritized: false), new StepQueue(3, 1, 0.5));
        for (var step = 0; step < 4; step++)
            queue.Add([step], step, new StepResult(1 + step, Terminated: step == 3), [step + 1], [], memory);
        Assert.Equal(4, memory.Count);
        Assert.Equal([1 + 1 + 0.75f, 2 + 1.5f + 1, 3 + 2, 4], Enumerable.Range(0, 4).Select(memory.Reward));
        Assert.Equal([0.125f, 0, 0, 0], Enumerable.Range(0, 4).Select(memory.Discount));
        Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 4).Select(memory.Action));
        Assert.Equal([0f, 1, 2, 3], Enumerable.Range(0, 4).Select(i => memory.Observation(i)[0]));
        Assert.Equal([3f, 4, 4, 4], Enumerable.Range(0, 4).Select(i => memory.Next(i)[0]));
        queue.Add([9], 1, new StepResult(2, Truncated: true), [8], [], memory);
        Assert.Equal((2f, 0.5f, 9f, 8f, 4), (memory.Reward(0), memory.Discount(0), memory.Observation(0)[0], memory.Next(0)[0], memory.Count));
    }

    [Fact]
    public void Samples_are_drawn_in_proportion_to_their_priority()
    {
        var tree = new PriorityTree(5);
        for (var i = 0; i < 5; i++)
            tree.Add(i);
        for (var i = 0; i < 5; i++)
            tree.Set(i, i == 3 ? 0 : 1 + i);
        Assert.Equal(1 + 2 + 3 + 5, tree.Total);
        Assert.Equal([0, 1, 1, 2, 2, 2, 4, 4, 4, 4, 4], Enumerable.Range(0, 11).Select(i => tree.Find(i, 5)));
        Assert.Equal(4, tree.Find(11, 5));
        tree.Add(3);
        Assert.Equal(5, tree[3]);
    }

    [Theory]
    [InlineData("observation", "Told.Step of environment 1 in episode 2, 9 steps into the episode: observation 0 is NaN")]
    [InlineData("mask", "allows no action")]
    [InlineData("throws", "zero")]
    public void A_world_that_goes_wrong_is_named_and_what_was_learnt_is_kept(string fault, string message)
    {
        Told[] worlds = [new(), new() { Fault = fault, BadStep = 20 }];
        var dqn = new Dqn<Told>(new CartPolicy(1), worlds, Small with { LearningStarts = 10 }, 1);
        Assert.Contains(message, Assert.ThrowsAny<Exception>(() => dqn.Learn(1_000)).Message, StringComparison.Ordinal);
        Assert.True(dqn.Steps >= 36 && dqn.Updates > 0);
        worlds[1].Fault = "";
        dqn.Learn(1_000);
    }

    [Fact]
    public void Networks_must_fit_the_environment()
    {
        Assert.Contains("1 number within bounds, but deep Q-learning chooses", Assert.Throws<ArgumentException>(() => new Dqn<Pendulum>(new PendulumNet(1), new Pendulum[1])).Message);
        Assert.Contains("has 1 outputs, but CartPole takes 2", Assert.Throws<ArgumentException>(() => new Dqn<CartPole>(new CartValue(1), new CartPole[1])).Message);
        Assert.Contains("no environment", Assert.Throws<ArgumentException>(() => new Dqn<CartPole>(new CartPolicy(1), [])).Message);
        var dqn = Cart(Small with { ExplorationInitialEps = 0, ExplorationFinalEps = 0 });
        dqn.Network.Parameters.Tensors[^1][0] = float.NaN;
        Assert.Contains("CartPolicy's output 0 is NaN", Assert.Throws<NotFiniteNumberException>(() => dqn.Learn(100)).Message);
        foreach (var make in new Action[]
        {
            () => _ = new DqnOptions { LearningRate = -1 }, () => _ = new DqnOptions { BufferSize = 0 }, () => _ = new DqnOptions { BatchSize = 0 }, () => _ = new DqnOptions { Tau = 0 }, () => _ = new DqnOptions { Gamma = 2 },
            () => _ = new DqnOptions { TrainFreq = 0 }, () => _ = new DqnOptions { GradientSteps = 0 }, () => _ = new DqnOptions { TargetUpdateInterval = 0 }, () => _ = new DqnOptions { ExplorationSteps = -1 },
            () => _ = new DqnOptions { ExplorationFinalEps = 1.5 }, () => _ = new DqnOptions { NStep = 0 }, () => _ = new DqnOptions { PriorityAlpha = -1 }, () => _ = new DqnOptions { PriorityBeta = 2 },
        })
            Assert.Throws<ArgumentOutOfRangeException>(make);
    }

    static string Fingerprint<TEnvironment>(Dqn<TEnvironment> dqn) where TEnvironment : IEnvironment => $"{dqn.Network.Hash():x16} {dqn.Steps} {dqn.Updates} {string.Join('\n', dqn.History)}";
}
