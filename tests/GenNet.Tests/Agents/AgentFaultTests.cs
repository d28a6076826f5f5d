using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Networks;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

[Network(4, 8, 2, Hidden = Activation.Tanh, Output = Activation.Softmax, Loss = Loss.CrossEntropy)]
sealed partial class CertainPolicy;

[Network(4, 16, 16, 2, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class DeepActions;

[Network(3, 16, 16, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class SwingPolicy;

[Network(3, 16, 16, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class SwingValue;

/// <summary>Bad input of every kind, wherever it comes in: who gave it is named, and what was learnt is as it was.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class AgentFaultTests : IDisposable
{
    static readonly PpoOptions Small = new() { NSteps = 16, BatchSize = 20, NEpochs = 2, LearningRate = 1e-3, NormalizeObservations = true, NormalizeRewards = true };

    static readonly DqnOptions Memory = new() { BufferSize = 100, BatchSize = 20, LearningStarts = 20, LearningRate = 1e-3, NStep = 3, Prioritized = true, ExplorationSteps = 0 };

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors"), _other = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose()
    {
        File.Delete(_file);
        File.Delete(_other);
    }

    static Told[] Worlds() => [new(), new()];

    static Ppo<Told> Ppo(Told[] worlds, ulong seed = 1) => new(new CartPolicy(seed), new CartValue(seed + 1), worlds, Small, seed);

    static Dqn<Told> Dqn(Told[] worlds, ulong seed = 1) => new(new CartPolicy(seed), worlds, Memory, seed);

    [Fact]
    public void What_an_environment_does_not_take_is_refused_and_it_stays_as_it_was()
    {
        Check(new CartPole());
        Check(new Acrobot());
        Check(new Track());
        Check(new Pendulum());
        Check(new MountainCarContinuous());

        static void Check<TEnvironment>(TEnvironment environment) where TEnvironment : struct, IEnvironment
        {
            RefusesActions(environment);
            RefusesRoom(environment);
        }
    }

    static void RefusesActions<TEnvironment>(TEnvironment environment) where TEnvironment : struct, IEnvironment
    {
        var space = TEnvironment.ActionSpace;
        var observation = new float[TEnvironment.ObservationSize];
        environment.Reset(1, observation);
        var (before, seen) = (environment, observation.ToArray());
        float[][] wrongNumbers = space.IsDiscrete ? [[0]] : [[], [0, 0], [float.NaN], [float.PositiveInfinity], [float.NegativeInfinity]];
        foreach (var numbers in wrongNumbers)
            Refuse(numbers.Length == 0 ? default : new AgentAction(numbers));
        if (space.IsDiscrete)
            foreach (var index in new[] { -1, space.Count, int.MaxValue, int.MinValue })
                Refuse(new AgentAction(index));
        for (var index = 0; space.IsDiscrete && index < space.Count; index++)
            environment.Step(new AgentAction(index), observation);
        if (!space.IsDiscrete)
            environment.Step(new AgentAction([1e30f]), observation);

        void Refuse(AgentAction action)
        {
            string? message = null;
            try
            {
                environment.Step(action, observation);
            }
            catch (ArgumentException e)
            {
                message = e.Message;
            }
            Assert.StartsWith($"{typeof(TEnvironment).Name}.Step takes {space}, got ", message, StringComparison.Ordinal);
            Assert.Equal((before, string.Join(' ', seen)), (environment, string.Join(' ', observation)));
        }
    }

    static void RefusesRoom<TEnvironment>(TEnvironment environment) where TEnvironment : struct, IEnvironment
    {
        var size = TEnvironment.ObservationSize;
        environment.Reset(1, new float[size]);
        var before = environment;
        foreach (var room in new[] { 0, size - 1, size + 1 })
        {
            var end = $" expects room for the {size} numbers of an observation, got {room}.";
            Assert.StartsWith($"{typeof(TEnvironment).Name}.Reset{end}", Assert.Throws<ArgumentException>("observation", () => environment.Reset(2, new float[room])).Message, StringComparison.Ordinal);
            Assert.StartsWith($"{typeof(TEnvironment).Name}.Step{end}", Assert.Throws<ArgumentException>("observation", () => environment.Step(TEnvironment.ActionSpace.IsDiscrete ? new(0) : new([0f]), new float[room])).Message, StringComparison.Ordinal);
            Assert.Equal(before, environment);
        }
    }

    /// <summary>A world in which an agent is learning is not for whole episodes, which would spoil the one that it is in; a copy of a struct is.</summary>
    [Fact]
    public void An_environment_that_is_in_use_is_refused()
    {
        var worlds = Worlds();
        var (ppo, dqn) = (Ppo(worlds), Dqn(worlds));
        foreach (var evaluate in (Func<Told, double[]>[])[world => ppo.Evaluate(world, 1), world => dqn.Evaluate(world, 1)])
        {
            Assert.StartsWith("This Told is environment 1, in which the agent is learning. Give another", Assert.Throws<ArgumentException>("environment", () => evaluate(worlds[1])).Message, StringComparison.Ordinal);
            evaluate(new Told());
        }
        var poles = new CartPole[2];
        new Ppo<CartPole>(new CartPolicy(1), new CartValue(2), poles, Small).Evaluate(poles[1], 1);
    }

    /// <summary>Finite rewards of which sums are not.</summary>
    [Fact]
    public void Rewards_that_add_up_to_more_than_a_float_holds_are_named()
    {
        var worlds = new Rich[3];
        worlds[1].Reward = 1e38f;
        var agent = new Ppo<Rich>(new CartPolicy(1), new CartValue(2), worlds, Small with { NormalizeRewards = false }, 1);
        var hash = agent.Policy.Hash();
        Assert.StartsWith("Rich: the rewards of environment 1, and what is expected to follow them, come to ", Assert.Throws<NotFiniteNumberException>(() => agent.Learn(200)).Message, StringComparison.Ordinal);
        Assert.Equal((hash, 0L, 0), (agent.Policy.Hash(), agent.Steps, agent.History.Count));
        worlds[1].Reward = 1;
        agent.Learn(200);

        var network = new CartPolicy(1);
        network.Parameters.Tensors[^1].CopyFrom([3e38f, 3e38f]);
        worlds[1].Reward = float.MaxValue;
        var other = new Dqn<Rich>(network, worlds, Memory, 1);
        Assert.StartsWith("A reward of 3.4028235E+38, summed over 3 steps, and what CartPolicy expects to follow it come to ∞", Assert.Throws<NotFiniteNumberException>(() => other.Learn(2_000)).Message.Replace("Infinity", "∞"), StringComparison.Ordinal);
        Assert.Equal(0, other.Updates);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_network_whose_output_is_no_number_is_named_whichever_output_it_is(float bad)
    {
        for (var output = 0; output < 2; output++)
        {
            Check(new CartPolicy(1), output, policy => new Ppo<CartPole>(policy, new CartValue(2), new CartPole[3], Small, 1));
            Check(new CartPolicy(1), output, policy => new Dqn<CartPole>(policy, new CartPole[3], Memory with { ExplorationFinalEps = 0 }, 1));
            Check(new MaskedPolicy(1), output, policy => new Ppo<MaskedChoice>(policy, new MaskedValue(2), new MaskedChoice[3], Small, 1));
            Check(new CartActorCritic(1), output, policy => new Ppo<CartPole>(policy, new CartPole[3], Small, 1));
        }
        Check(new CartActorCritic(1), 2, policy => new Ppo<CartPole>(policy, new CartPole[3], Small, 1));
        Check(new PendulumNet(1), 0, policy => new Ppo<Pendulum>(policy, new PendulumNet(2), new Pendulum[3], Small, 1));
        Check(new CartValue(1), 0, value => new Ppo<CartPole>(new CartPolicy(1), value, new CartPole[3], Small, 1));
        Check(new PendulumNet(1), 0, value => new Ppo<Pendulum>(new PendulumNet(2), value, new Pendulum[3], Small, 1));

        void Check<TNetwork, TReport>(TNetwork network, int output, Func<TNetwork, Agent<TReport>> create) where TNetwork : INetwork where TReport : struct
        {
            var agent = create(network);
            agent.Learn(200);
            var (biases, number, kept) = (network.Parameters.Tensors[^1], output, 0f);
            if (network is CartActorCritic)
                (biases, number) = output == 0 ? (network.Parameters.Tensors[3], 0) : (network.Parameters.Tensors[5], output - 1);
            (kept, biases[number]) = (biases[number], bad);
            var hash = network.Hash();
            Assert.StartsWith($"{network.GetType().Name}'s output {output} is ", Assert.Throws<NotFiniteNumberException>(() => agent.Learn(agent.Steps + 200)).Message, StringComparison.Ordinal);
            Assert.Equal(hash, network.Hash());
            biases[number] = kept;
            agent.Learn(agent.Steps + 200);
        }
    }

    /// <summary>Outputs are finite and gradients on the way back are not, of either network: neither moves, nor do the deviations, with a limit of the norm or without.</summary>
    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 0.5)]
    [InlineData(false, double.PositiveInfinity)]
    [InlineData(true, double.PositiveInfinity)]
    public void An_update_that_fails_changes_nothing(bool ofValue, double maxGradNorm)
    {
        var (policy, value) = (new SwingPolicy(1), new SwingValue(2));
        var agent = new Ppo<Pendulum>(policy, value, new Pendulum[2], new() { NSteps = 16, BatchSize = 20, NEpochs = 2, MaxGradNorm = maxGradNorm }, 1);
        agent.Learn(32);
        for (var step = 0; step < 16; step++)
            agent.Advance();
        INetwork failing = ofValue ? value : policy;
        var before = AgentTest.Flat(failing.Parameters);
        BreakOnTheWayBack(failing);
        var state = State();
        Assert.Contains(failing.GetType().Name, AgentTest.Refused<NotFiniteNumberException>(agent.Advance).Message, StringComparison.Ordinal);
        Assert.Equal(state, State());
        failing.Parameters.CopyFrom([.. before.Select(number => (float)number)]);
        agent.Learn(agent.Steps + 32);
        Assert.True(double.IsFinite(agent.History[^1].PolicyLoss));

        string State() => $"{policy.Hash()} {value.Hash()} {string.Join(' ', agent.LogStd.ToArray())} {agent.History.Count}";
    }

    [Theory]
    [InlineData(10)]
    [InlineData(double.PositiveInfinity)]
    public void An_update_of_values_of_actions_that_fails_changes_nothing(double maxGradNorm)
    {
        var network = new DeepActions(1);
        var agent = new Dqn<CartPole>(network, new CartPole[2], Memory with { MaxGradNorm = maxGradNorm, TrainFreq = 1 }, 1);
        agent.Learn(100);
        agent.Advance();
        var before = AgentTest.Flat(network.Parameters);
        BreakOnTheWayBack(network);
        var (hash, updates) = (network.Hash(), agent.Updates);
        Assert.ThrowsAny<NotFiniteNumberException>(() => agent.Advance());
        Assert.Equal((hash, updates), (network.Hash(), agent.Updates));
        network.Parameters.CopyFrom([.. before.Select(number => (float)number)]);
        agent.Learn(agent.Steps + 100);
    }

    /// <summary>Outputs of 0, whatever comes in, and layers behind one another that enlarge gradients beyond all numbers.</summary>
    static void BreakOnTheWayBack(INetwork network)
    {
        foreach (var tensor in network.Parameters.Tensors)
            tensor.CopyFrom(Enumerable.Repeat(tensor == network.Parameters.Tensors[2] || tensor == network.Parameters.Tensors[4] ? 1e30f : 0f, tensor.Length).ToArray());
    }

    /// <summary>Where the agent that goes on was made with another seed too.</summary>
    [Fact]
    public void A_run_is_resumed_to_the_same_bits_in_an_agent_of_any_seed()
    {
        foreach (var create in Agents)
        {
            var first = create(1);
            first.Learn(150);
            first.Save(_file);
            var other = create(2);
            other.Load(_file);
            first.Learn(1_000);
            other.Learn(1_000);
            first.Save(_file);
            other.Save(_other);
            Assert.Equal(File.ReadAllBytes(_file), File.ReadAllBytes(_other));
        }
    }

    /// <summary>Files that are whole, with bytes that end too soon or too late.</summary>
    [Fact]
    public void A_checkpoint_that_is_refused_leaves_all_as_it_was()
    {
        foreach (var create in Agents)
        {
            var first = create(1);
            first.Learn(150);
            first.Save(_file);
            INetwork network = first.Network.Clone();
            var trainer = network.CreateTrainer(new Adam(1e-3, epsilon: first.Epsilon), 20);
            byte[] all = [];
            TrainingState Load(Trainer trainer) => Checkpoint.Load(_file, trainer, (_, stream) => stream.ReadExactly(all = new byte[stream.Length]));
            Trainer own = first.IsSearch ? network.CreateTrainer(new Sgd(1), 1) : trainer;
            var state = Load(own);
            var agent = create(3);
            agent.Learn(170);
            agent.Save(_other);
            var before = File.ReadAllBytes(_other);
            for (var cut = -4; cut < all.Length; cut += 1 + all.Length / 40)
            {
                byte[] damaged = cut < 0 ? [.. all, .. new byte[-cut]] : all[..^(cut + 1)];
                Checkpoint.Save(_file, own, state, damaged.Length, stream => stream.Write(damaged));
                Assert.Contains(_file, Assert.Throws<InvalidDataException>(() => agent.Load(_file)).Message, StringComparison.Ordinal);
                agent.Save(_other);
                Assert.Equal(before, File.ReadAllBytes(_other));
            }
            var untouched = create(3);
            untouched.Learn(170);
            untouched.Learn(600);
            agent.Learn(600);
            Assert.Equal(untouched.Network.Hash(), agent.Network.Hash());
        }
    }

    static readonly Func<ulong, AgentHandle>[] Agents =
    [
        seed => AgentHandle.Of(Ppo(Worlds(), seed)),
        seed => AgentHandle.Of(new Ppo<Pendulum>(new PendulumNet(seed), new PendulumNet(seed + 1), new Pendulum[2], Small, seed)),
        seed => AgentHandle.Of(new Ppo<Recall>(new RecallPolicy(seed), new RecallValue(seed + 1), new Recall[2], Small with { BatchSize = 16 }, seed)),
        seed => AgentHandle.Of(Dqn(Worlds(), seed)),
        seed => AgentHandle.Of(new EvolutionStrategy(new SmallCar(seed), new() { Population = 4 }, seed), new MountainCarContinuous[1]),
        seed => AgentHandle.Of(new GeneticAlgorithm(new SmallCar(seed), new() { Population = 4 }, seed), new MountainCarContinuous[1]),
    ];

    [Theory]
    [InlineData(0, "Told.Load reads more than the 0 bytes that Told.Save wrote.")]
    [InlineData(2, "Told.Load has read 4 of the 8 bytes that Told.Save wrote.")]
    public void An_environment_that_reads_other_than_it_writes_is_named_and_nothing_has_changed(int numbers, string message)
    {
        foreach (var create in (Func<Told[], AgentHandle>[])[worlds => AgentHandle.Of(Ppo(worlds)), worlds => AgentHandle.Of(Dqn(worlds))])
        {
            var worlds = Worlds();
            var agent = create(worlds);
            agent.Learn(150);
            worlds[0].SavedNumbers = numbers;
            agent.Save(_file);
            var other = create(Worlds());
            other.Learn(170);
            other.Save(_other);
            var before = File.ReadAllBytes(_other);
            Assert.Equal($"{_file}: {message}", Assert.Throws<InvalidDataException>(() => other.Load(_file)).Message);
            other.Save(_other);
            Assert.Equal(before, File.ReadAllBytes(_other));
        }
    }

    [Fact]
    public void Environments_that_are_missing_or_given_twice_are_refused()
    {
        var world = new Told();
        foreach (var (worlds, message) in new (Told[]? Worlds, string Message)[]
        {
            ([], "There is no environment to act in: give one Told at least."), ([new(), null!], "Environment 1 is null: create a Told for each place."),
            ([world, new(), world], "Environments 0 and 2 are the same Told: each needs one of its own."),
        })
        {
            Assert.StartsWith(message, Assert.Throws<ArgumentException>("environments", () => Ppo(worlds!)).Message, StringComparison.Ordinal);
            Assert.StartsWith(message, Assert.Throws<ArgumentException>("environments", () => Dqn(worlds!)).Message, StringComparison.Ordinal);
            Assert.StartsWith(message, Assert.Throws<ArgumentException>("environments", () => new EvolutionStrategy(new CartPolicy(1)).Learn(worlds!, 1)).Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentNullException>("environments", () => new GeneticAlgorithm(new CartPolicy(1)).Learn<Told>(null!, 1));
    }

    [Fact]
    public void Policies_and_values_with_a_softmax_are_refused()
    {
        Assert.Contains("CertainPolicy ends with a softmax", Assert.Throws<ArgumentException>(() => new Ppo<CartPole>(new CertainPolicy(1), new CartValue(2), new CartPole[1])).Message, StringComparison.Ordinal);
        Assert.Contains("CertainPolicy ends with a softmax", Assert.Throws<ArgumentException>(() => new Dqn<CartPole>(new CertainPolicy(1), new CartPole[1])).Message, StringComparison.Ordinal);
        new EvolutionStrategy(new CertainPolicy(1), new() { Population = 2 }).Learn(new CartPole[1], 1);
    }

    /// <summary>Allowed actions that are as good as never taken, beside forbidden ones: they are taken all the same.</summary>
    [Theory]
    [InlineData(-1e9f)]
    [InlineData(-1e30f)]
    [InlineData(1e30f)]
    public void Masks_hold_whatever_the_outputs_are(float output)
    {
        var policy = new MaskedPolicy(1);
        policy.Parameters.Tensors[^1].CopyFrom([output, output, output]);
        var agent = new Ppo<MaskedChoice>(policy, new MaskedValue(2), new MaskedChoice[4], new() { NSteps = 64, LearningRate = 0 }, 1);
        agent.Learn(512);
        Assert.InRange(agent.History[^1].MeanReturn, 2, 8);
    }

    /// <summary>The entropy's share of a minibatch of one sample, times ln p of what cannot be, is a finite number.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(1000)]
    public void Masks_hold_whatever_the_entropy_counts(double entropy)
    {
        var agent = new Ppo<MaskedChoice>(new MaskedPolicy(1), new MaskedValue(2), new MaskedChoice[3], new() { NSteps = 11, BatchSize = 1, EntCoef = entropy, LearningRate = 1e-6 }, 1);
        agent.Learn(66);
        Assert.True(double.IsFinite(agent.History[^1].Entropy));
    }

    /// <summary>A roll-out of hours must not keep a program from ending.</summary>
    [Fact]
    public void A_cancellation_does_not_wait_for_a_roll_out()
    {
        using var stop = new CancellationTokenSource();
        var agent = new Ppo<CartPole>(new CartPolicy(1), new CartValue(2), new CartPole[1], new() { NSteps = 1_000_000 }, 1);
        agent.Learn(128, cancellationToken: default, progress: null, targetReturn: null);
        Assert.InRange(agent.Steps, 128, 1000);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => agent.Learn(1_000_000, cancellationToken: stop.Token));
        Assert.InRange(agent.Steps, 128, 1000);
    }

    /// <summary>Nor for many steps of an environment that takes long over each.</summary>
    [Fact]
    public void A_cancellation_does_not_wait_for_slow_steps()
    {
        using var stop = new CancellationTokenSource();
        SlowCart[] environments = [new(), new()];
        environments[0].AtStep10 = stop.Cancel;
        var agent = new Ppo<SlowCart>(new CartPolicy(1), new CartValue(2), environments, new() { NSteps = 1000 }, 1);
        Assert.Throws<OperationCanceledException>(() => agent.Learn(2000, cancellationToken: stop.Token));
        Assert.InRange(environments[0].Steps, 10, 12);
    }

    /// <summary>An episode that cannot begin is not tried for ever, whatever is wrong with it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Learning_goes_on_behind_an_episode_that_does_not_begin(bool throws)
    {
        var worlds = new Unready[2];
        Array.Fill(worlds, new Unready { Throws = throws });
        foreach (var agent in (Func<Action>[])[
            () => { var ppo = new Ppo<Unready>(new CartPolicy(1), new CartValue(2), worlds, new() { NSteps = 16, BatchSize = 16 }, 1); return () => ppo.Learn(320); },
            () => { var dqn = new Dqn<Unready>(new CartPolicy(1), worlds, new() { BufferSize = 1000 }, 1); return () => dqn.Learn(320); },
            () => { var search = new EvolutionStrategy(new CartPolicy(1), new() { Population = 4 }, 1); return () => search.Learn(worlds, 40); },
            () => { var search = new GeneticAlgorithm(new CartPolicy(1), new() { Population = 4, Elites = 1 }, 1); return () => search.Learn(worlds, 40); }])
        {
            var (learn, refusals) = (agent(), 0);
            for (var done = false; !done;)
            {
                try
                {
                    learn();
                    done = true;
                }
                catch (Exception e) when (e is DivideByZeroException or NotFiniteNumberException)
                {
                    Assert.True(++refusals < 100, "It meets the same episode again and again.");
                }
            }
            Assert.True(refusals > 0);
        }
    }

    /// <summary>Nor for a generation, nor for an episode; and what is judged anew has the bits of what was never stopped.</summary>
    [Fact]
    public void A_cancellation_does_not_wait_for_a_generation_or_an_episode()
    {
        foreach (var create in (Func<PopulationSearch>[])[() => new EvolutionStrategy(new CartPolicy(1), new() { Population = 4 }, 1), () => new GeneticAlgorithm(new CartPolicy(1), new() { Population = 4 }, 1)])
        {
            var (search, whole, world) = (create(), create(), new Stopping());
            using var stop = new CancellationTokenSource();
            search.Learn([world], 2);
            var steps = world.Steps;
            world.Step5 = stop.Cancel;
            Assert.Throws<OperationCanceledException>(() => search.Learn([world], 4, cancellationToken: stop.Token));
            Assert.Equal((steps + 5, 2), (world.Steps, search.History.Count));
            Assert.Throws<OperationCanceledException>(() => search.Evaluate(world, cancellationToken: stop.Token));
            search.Learn([new Stopping()], 4);
            whole.Learn([new Stopping()], 4);
            Assert.Equal((whole.Network.Hash(), whole.Steps), (search.Network.Hash(), search.Steps));
        }
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Ppo(Worlds()).Evaluate(new Told(), cancellationToken: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => Dqn(Worlds()).Evaluate(new Told(), cancellationToken: cancelled.Token));
    }

    [Fact]
    public void Rewards_at_the_end_of_all_numbers_do_not_spoil_their_statistics()
    {
        var worlds = new Rich[2];
        (worlds[0].Reward, worlds[1].Reward) = (float.MaxValue, float.MaxValue);
        var agent = new Ppo<Rich>(new CartPolicy(1), new CartValue(2), worlds, Small with { NormalizeObservations = false }, 1);
        agent.Learn(200);
        Assert.True(double.IsFinite(agent.History[^1].ValueLoss), agent.History[^1].ToString());
        var other = new Dqn<Rich>(new CartPolicy(1), worlds, Memory, 1);
        other.Learn(2_000);
        Assert.True(double.IsFinite(other.History[^1].Loss), other.History[^1].ToString());
    }

    [Fact]
    public void Spaces_that_are_made_anew_whenever_they_are_asked_for_cost_nothing()
    {
        var agent = new Ppo<Rich>(new CartPolicy(1), new CartValue(2), new Rich[2], Small, 1);
        agent.Learn(500);
        AgentTest.AssertPiecesAllocateNothing(agent);
        var other = new Dqn<Rich>(new CartPolicy(1), new Rich[2], Memory, 1);
        other.Learn(900);
        AgentTest.AssertPiecesAllocateNothing(other);
    }
}
