using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Networks;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

/// <summary>What PPO promises beside its numbers: it learns, to the same bits however it is driven, and loses nothing.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class PpoTests : IDisposable
{
    static readonly PpoOptions Small = new() { NSteps = 32, BatchSize = 60, NEpochs = 2, LearningRate = 1e-3 };

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    static Ppo<CartPole> Cart(PpoOptions? options = null, ulong seed = 1, int environments = 6) => new(new CartPolicy(seed), new CartValue(seed + 1), new CartPole[environments], options ?? Small, seed);

    static Ppo<Pendulum> Swing(PpoOptions? options = null) =>
        new(new PendulumNet(1), new PendulumNet(2), new Pendulum[5], options ?? Small with { NormalizeObservations = true, NormalizeRewards = true, Gamma = 0.9 }, 3);

    [Fact]
    public void A_cart_pole_is_learnt()
    {
        var ppo = Cart(new() { NSteps = 32, BatchSize = 256, NEpochs = 20, LearningRate = 1e-3, Gamma = 0.98, GaeLambda = 0.8 }, environments: 8);
        var reports = new List<PpoIteration>();
        ppo.Learn(1_000_000, targetReturn: 475, new TellAtOnce<PpoIteration>(reports.Add));
        Assert.Equal(ppo.History, reports);
        Assert.True(ppo.Steps < 150_000, $"{ppo.Steps} steps");
        Assert.All(ppo.History.SkipLast(1), iteration => Assert.False(iteration.MeanReturn >= 475));
        var returns = ppo.Evaluate(new CartPole(), 20);
        Assert.Equal(20, returns.Length);
        Assert.True(returns.Average() > 450, $"{returns.Average()}");
    }

    [Fact]
    public void One_network_with_two_heads_learns_too()
    {
        var ppo = new Ppo<CartPole>(new CartActorCritic(1), new CartPole[8], new() { NSteps = 64, BatchSize = 128, NEpochs = 10, LearningRate = 2e-3, Gamma = 0.98 }, 1);
        ppo.Learn(40_000);
        Assert.True(ppo.History[^1].MeanReturn > 100, ppo.History[^1].ToString());
    }

    /// <summary>How much is learnt from does not depend on the clock, by which steps are made in pieces.</summary>
    [Theory]
    [InlineData(64, 1_000, 1_024)]
    [InlineData(160, 1_000, 1_024)]
    [InlineData(160, 1_030, 1_280)]
    [InlineData(1_000, 4_097, 5_120)]
    public void Steps_end_with_a_piece_of_a_roll_out(int rolloutSteps, long wanted, long steps)
    {
        var ppo = new Ppo<CartPole>(new CartPolicy(1), new CartValue(2), new CartPole[8], new() { NSteps = rolloutSteps, NEpochs = 1 }, 1);
        ppo.Learn(wanted);
        Assert.Equal((steps, steps / (8 * rolloutSteps)), (ppo.Steps, ppo.History.Count));
    }

    [Fact]
    public void Actions_that_are_masked_are_never_taken()
    {
        var ppo = new Ppo<MaskedChoice>(new MaskedPolicy(1), new MaskedValue(2), new MaskedChoice[4], Small with { LearningRate = 0.01, EntCoef = 0.01, Gamma = 0.5 }, 1);
        ppo.Learn(6_000);
        Assert.True(ppo.Evaluate(new MaskedChoice(), 50).Average() > 9.5, ppo.History[^1].ToString());
    }

    /// <summary>Each step is an episode that the limit of time breaks off, and what would follow is worth as much as what is here: with γ = 0 only the step counts.</summary>
    [Fact]
    public void Episodes_of_one_step_are_learnt()
    {
        var ppo = new Ppo<OneStep>(new PendulumNet(1), new PendulumNet(2), new OneStep[8], Small with { NSteps = 64, Gamma = 0, NEpochs = 10, LogStdInit = -1 }, 1);
        ppo.Learn(40_000);
        Assert.Equal(ppo.Steps, ppo.History[^1].Episodes);
        Assert.True(ppo.Evaluate(new OneStep(), 50).Average() > -0.15, ppo.History[^1].ToString());
        Assert.True(ppo.LogStd[0] < -1);
    }

    [Fact]
    public void The_bits_are_the_same_with_any_number_of_threads_and_in_pieces()
    {
        // More than a fast machine makes in the time given to pieces.
        const int Updates = 12;
        Assert.Single(Runs(() => Cart(), Small.NSteps * 6 * Updates).Distinct());
        Assert.Single(Runs(() => Swing(), Small.NSteps * 5 * Updates).Distinct());

        static IEnumerable<string> Runs<TEnvironment>(Func<Ppo<TEnvironment>> create, int steps) where TEnvironment : IEnvironment
        {
            foreach (var threads in new[] { 1, 2, 3 })
                yield return AgentTest.WithThreads(threads, () =>
                {
                    var ppo = create();
                    ppo.Learn(steps);
                    return Fingerprint(ppo);
                });
            yield return AgentTest.WithThreads(1, () =>
            {
                var ppo = create();
                var updates = 0;
                while (updates < Updates)
                    updates += ppo.Advance() ? 1 : 0;
                return Fingerprint(ppo);
            });
            yield return AgentTest.WithThreads(2, () =>
            {
                var ppo = create();
                for (var i = 0; i < 40; i++)
                    ppo.Advance();
                while (ppo.History.Count < 2)
                    ppo.Advance(TimeSpan.FromMilliseconds(0.2));
                ppo.Learn(steps);
                return Fingerprint(ppo);
            });
        }
    }

    /// <summary>Stopped after any piece, in another process as it were.</summary>
    [Fact]
    public void A_run_that_is_resumed_has_the_bits_of_one_that_never_stopped()
    {
        Compare(() => Cart(), 3);
        Compare(() => Swing(), 1);
        Compare(() => new Ppo<CartPole>(new CartActorCritic(1), new CartPole[3], Small with { ClipRangeVf = 0.2, TargetKl = 0.001 }, 1), 5);
        Compare(() => new Ppo<MaskedChoice>(new MaskedPolicy(1), new MaskedValue(2), new MaskedChoice[4], Small, 1), 3);

        void Compare<TEnvironment>(Func<Ppo<TEnvironment>> create, int every) where TEnvironment : IEnvironment
        {
            var whole = create();
            while (whole.History.Count < 3)
                whole.Advance();
            var part = create();
            for (var piece = 0; part.History.Count < 3; piece++)
            {
                part.Advance();
                if (piece % every != 0)
                    continue;
                part.Save(_file);
                var other = create();
                other.Advance();
                other.Load(_file);
                Assert.Equal(part.Steps, other.Steps);
                part = other;
            }
            Assert.Equal(Fingerprint(whole), Fingerprint(part));
        }
    }

    [Fact]
    public void A_checkpoint_is_a_model_too()
    {
        var ppo = Cart();
        ppo.Learn(500);
        ppo.Save(_file);
        var policy = new CartPolicy(9);
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_file, new CartValue(1).CreateTrainer(new Adam(1e-3, epsilon: 1e-5), 60)));
        policy.Load(_file, checkSchema: true);
        Assert.Equal(ppo.Policy.Hash(), policy.Hash());
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_changes_nothing()
    {
        var ppo = Cart();
        ppo.Learn(500);
        ppo.Save(_file);
        var other = Cart(Small with { NSteps = 33 });
        other.Advance();
        var before = Fingerprint(other);
        Assert.Contains("its run has NSteps = 32, this one 33", Assert.Throws<InvalidDataException>(() => other.Load(_file)).Message);
        Assert.Equal(before, Fingerprint(other));
        var bytes = File.ReadAllBytes(_file);
        bytes[^40] ^= 1;
        File.WriteAllBytes(_file, bytes);
        var same = Cart();
        before = Fingerprint(same);
        Assert.Throws<InvalidDataException>(() => same.Load(_file));
        Assert.Equal(before, Fingerprint(same));
        Checkpoint.Save(_file, new CartPolicy(1).CreateTrainer(new Adam(1e-3, epsilon: 1e-5), 60));
        Assert.Contains("not of such an agent", Assert.Throws<InvalidDataException>(() => same.Load(_file)).Message);
        Assert.Equal(before, Fingerprint(same));
    }

    [Fact]
    public void Worlds_with_references_save_themselves_or_say_so()
    {
        Told[] worlds = [new(), new()];
        var ppo = new Ppo<Told>(new CartPolicy(1), new CartValue(2), worlds, Small, 1);
        for (var i = 0; i < 10; i++)
            ppo.Advance();
        ppo.Save(_file);
        Told[] others = [new(), new()];
        var other = new Ppo<Told>(new CartPolicy(1), new CartValue(2), others, Small, 1);
        other.Load(_file);
        Assert.Equal([10, 10], others.Select(world => world.Steps));
        ppo.Learn(200);
        other.Learn(200);
        Assert.Equal(Fingerprint(ppo), Fingerprint(other));

        var unsaved = new Ppo<Unsaved>(new CartPolicy(1), new CartValue(2), [new()], Small, 1);
        unsaved.Learn(100);
        Assert.Contains("ISavedEnvironment", Assert.Throws<InvalidOperationException>(() => unsaved.Save(_file)).Message);
    }

    [Theory]
    [InlineData("observation", "Told.Step of environment 1 in episode 2, 9 steps into the episode: observation 0 is NaN")]
    [InlineData("reward", "Told.Step of environment 1 in episode 2, 9 steps into the episode: the reward is NaN")]
    [InlineData("reset", "Told.Reset of environment 1 in episode 3, 0 steps into the episode: observation 0 is ")]
    [InlineData("mask", "Told.WriteActionMask of environment 1 in episode 2, 9 steps into the episode, allows no action")]
    [InlineData("throws", "zero")]
    public void A_world_that_goes_wrong_is_named_and_what_was_learnt_is_kept(string fault, string message)
    {
        foreach (var threads in new[] { 1, 2 })
            AgentTest.WithThreads(threads, () =>
            {
                Told[] worlds = [new(), new()];
                var ppo = new Ppo<Told>(new CartPolicy(1), new CartValue(2), worlds, Small with { NSteps = 16 }, 1);
                ppo.Learn(32);
                (worlds[1].Fault, worlds[1].BadStep) = (fault, 20);
                var (hash, history) = (ppo.Policy.Hash(), ppo.History.Count);
                var exception = Assert.ThrowsAny<Exception>(() => ppo.Learn(64));
                Assert.Contains(message, exception.Message, StringComparison.Ordinal);
                Assert.Equal((hash, history, 32L), (ppo.Policy.Hash(), ppo.History.Count, ppo.Steps));
                worlds[1].Fault = "";
                ppo.Learn(96);
                Assert.Equal(3, ppo.History.Count);
                return "";
            });
    }

    [Fact]
    public void A_policy_that_is_no_number_is_named()
    {
        var ppo = Cart();
        ppo.Policy.Parameters.Tensors[^1][0] = float.NaN;
        Assert.Contains("CartPolicy's output 0 is NaN", Assert.Throws<NotFiniteNumberException>(() => ppo.Learn(100)).Message);
        Assert.Contains("CartPolicy's output 0 is NaN", Assert.Throws<NotFiniteNumberException>(() => ppo.Evaluate(new CartPole(), 1)).Message);
        ppo.Policy.Parameters.Tensors[^1][0] = 0;
        ppo.Learn(100);
    }

    [Fact]
    public void Learning_goes_on_after_a_minibatch_that_fails()
    {
        var ppo = Cart(Small with { NSteps = 64, BatchSize = 300 });
        ppo.Learn(64 * 6);
        for (var i = 0; i < 64; i++)
            ppo.Advance();
        ppo.Policy.Parameters.Tensors[0][0, 2] = 1e30f;
        ppo.Policy.Parameters.Tensors[2][0, 0] = 3e38f;
        ppo.Policy.Parameters.Tensors[2][0, 1] = 3e38f;
        ppo.Policy.Parameters.Tensors[^1][0] = 3e38f;
        AgentTest.Refused<ArithmeticException>(ppo.Advance);
        ppo.Policy.Parameters.CopyFrom(new CartPolicy(1).Parameters);
        ppo.Learn(ppo.Steps + 64 * 6);
        Assert.True(double.IsFinite(ppo.History[^1].PolicyLoss));
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        Check(Cart());
        Check(Swing());
        Check(new Ppo<CartPole>(new CartActorCritic(1), new CartPole[3], Small, 1));
        Check(new Ppo<MaskedChoice>(new MaskedPolicy(1), new MaskedValue(2), new MaskedChoice[4], Small, 1));

        static void Check<TEnvironment>(Ppo<TEnvironment> ppo) where TEnvironment : IEnvironment
        {
            // Room for the history, which grows by an update and not by a step.
            ppo.Learn(ppo.Options.NSteps * 8 * 2);
            ppo.Learn(0);
            AgentTest.AssertPiecesAllocateNothing(ppo);
        }
    }

    [Fact]
    public void A_divergence_that_is_too_large_ends_an_update()
    {
        var ppo = Cart(Small with { NEpochs = 50, LearningRate = 0.02, TargetKl = 0.01 });
        ppo.Learn(2_000);
        Assert.Contains(ppo.History, iteration => iteration.Epochs < 50);
        Assert.All(ppo.History, iteration => Assert.True(iteration.Epochs == 50 || iteration.ApproxKl > 0.015));
    }

    [Fact]
    public void Cancelling_ends_it_and_it_goes_on()
    {
        using var source = new CancellationTokenSource();
        var ppo = Cart();
        Assert.Throws<OperationCanceledException>(() => ppo.Learn(long.MaxValue, progress: new TellAtOnce<PpoIteration>(iteration =>
        {
            if (iteration.Steps >= 500)
                source.Cancel();
        }), cancellationToken: source.Token));
        Assert.Equal(576, ppo.Steps);
        var whole = Cart();
        whole.Learn(1_000);
        ppo.Learn(1_000);
        Assert.Equal(Fingerprint(whole), Fingerprint(ppo));
    }

    /// <summary>Policies get normalised observations of mean 0 and deviation 1, and a standardizer goes with them.</summary>
    [Fact]
    public void Normalised_observations_go_with_the_policy()
    {
        var ppo = Swing();
        Assert.Equal([0, 0, 0], ppo.Standardizer!.Means.ToArray());
        ppo.Learn(5_000);
        Assert.InRange(ppo.Standardizer!.Deviations[2], 1, 5);
        ppo.Policy.Save(_file, standardizer: ppo.Standardizer);
        Assert.Equal(ppo.Standardizer.Means.ToArray(), Standardizer.Load(_file).Means.ToArray());
        Assert.Null(Cart().Standardizer);
    }

    [Fact]
    public void Networks_must_fit_the_environment()
    {
        Assert.Contains("has 3 inputs, but an observation of CartPole has 4", Assert.Throws<ArgumentException>(() => new Ppo<CartPole>(new PendulumNet(1), new CartValue(1), new CartPole[1])).Message);
        Assert.Contains("CartValue has 1 outputs, but CartPole takes 2", Assert.Throws<ArgumentException>(() => new Ppo<CartPole>(new CartValue(1), new CartValue(1), new CartPole[1])).Message);
        Assert.Contains("CartPolicy has 2 outputs, but CartPole takes 1", Assert.Throws<ArgumentException>(() => new Ppo<CartPole>(new CartPolicy(1), new CartPolicy(2), new CartPole[1])).Message);
        Assert.Contains("has no head Policy", Assert.Throws<ArgumentException>(() => new Ppo<CartPole>(new CartPolicy(1), new CartPole[1])).Message);
        Assert.Contains("no environment", Assert.Throws<ArgumentException>(() => new Ppo<CartPole>(new CartPolicy(1), new CartValue(1), [])).Message);
        Assert.Throws<ArgumentNullException>(() => new Ppo<CartPole>(null!, new CartValue(1), new CartPole[1]));
        Assert.Throws<ArgumentNullException>(() => new Ppo<CartPole>(new CartPolicy(1), null!, new CartPole[1]));
        Assert.Throws<ArgumentNullException>(() => new Ppo<CartPole>(new CartPolicy(1), new CartValue(1), null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cart().Evaluate(new CartPole(), 0));
    }

    [Fact]
    public void Settings_have_bounds()
    {
        Assert.Equal((3e-4, 2048, 64, 10, 0.99, 0.95, 0.2, null, true, 0.0, 0.5, 0.5, null), Defaults(new()));
        foreach (var make in new Action[]
        {
            () => _ = new PpoOptions { LearningRate = double.NaN }, () => _ = new PpoOptions { NSteps = 0 }, () => _ = new PpoOptions { BatchSize = -1 }, () => _ = new PpoOptions { NEpochs = 0 },
            () => _ = new PpoOptions { Gamma = 1.1 }, () => _ = new PpoOptions { GaeLambda = -0.1 }, () => _ = new PpoOptions { ClipRange = 0 }, () => _ = new PpoOptions { ClipRangeVf = 0 },
            () => _ = new PpoOptions { EntCoef = double.NaN }, () => _ = new PpoOptions { VfCoef = -1 }, () => _ = new PpoOptions { MaxGradNorm = 0 }, () => _ = new PpoOptions { TargetKl = 0 },
            () => _ = new PpoOptions { LogStdInit = 100 },
        })
            Assert.Throws<ArgumentOutOfRangeException>(make);
        Assert.Throws<ArgumentException>(() => ActionSpace.Box([1], [1]));
        Assert.Throws<ArgumentException>(() => ActionSpace.Box([], []));
        Assert.Throws<ArgumentException>(() => ActionSpace.Box([0], [float.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActionSpace.Discrete(0));

        static (double, int, int, int, double, double, double, double?, bool, double, double, double, double?) Defaults(PpoOptions o) =>
            (o.LearningRate, o.NSteps, o.BatchSize, o.NEpochs, o.Gamma, o.GaeLambda, o.ClipRange, o.ClipRangeVf, o.NormalizeAdvantage, o.EntCoef, o.VfCoef, o.MaxGradNorm, o.TargetKl);
    }

    static string Fingerprint<TEnvironment>(Ppo<TEnvironment> ppo) where TEnvironment : IEnvironment =>
        $"{ppo.Policy.Hash():x16} {ppo.Steps} {string.Join(' ', ppo.LogStd.ToArray())} {string.Join('\n', ppo.History)}";
}
