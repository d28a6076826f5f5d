using System.Globalization;
using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Agents;

namespace GenNet.Mpi.Tests;

[Network(4)]
[Dense(24, Activation.Tanh)]
[Dropout(0.1)]
[Dense(2)]
sealed partial class PolePolicy;

[Network(4)]
[Dense(16, Activation.Tanh)]
[BatchNorm]
[Dense(2)]
sealed partial class NormalizedPolicy;

/// <summary>Of the same weights as <see cref="PolePolicy"/>.</summary>
[Network(4)]
[Dense(24, Activation.ReLU)]
[Dropout(0.1)]
[Dense(2)]
sealed partial class RectifiedPolicy;

[Network]
[Sequence(8, 4)]
[GRU(10)]
[Dense(2)]
[Flatten]
sealed partial class RememberingPole;

[Network]
[Sequence(8, 4)]
[GRU(6)]
[Dense(1)]
[Flatten]
sealed partial class RememberingPoleValue;

/// <summary>Agents that learn on several ranks have the bits of one.</summary>
public sealed class AgentTests : IDisposable
{
    /// <summary>Minibatches of 896 samples, the last of 384: 7 parts, and 3 of which some ranks have none.</summary>
    static readonly PpoOptions Divided = new() { NSteps = 160, BatchSize = 896, NEpochs = 2, LearningRate = 1e-3 };

    static readonly PpoOptions Small = new() { NSteps = 32, BatchSize = 64, NEpochs = 2, LearningRate = 1e-3, NormalizeObservations = true, NormalizeRewards = true };

    static readonly DqnOptions Memory = new() { BufferSize = 2_000, BatchSize = 200, LearningStarts = 300, LearningRate = 1e-3, NStep = 3, TrainFreq = 8, TargetUpdateInterval = 20, ExplorationSteps = 1_000 };

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-agents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string FileOf(int number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{number}.safetensors"));

    /// <summary>An agent, of whichever kind.</summary>
    /// <param name="Learn">Learns until there are so many steps.</param>
    /// <param name="Save">Writes a checkpoint.</param>
    /// <param name="Load">Reads it.</param>
    /// <param name="Known">What it has come to.</param>
    sealed record Run(Action<long, CancellationToken> Learn, Action<string> Save, Action<string> Load, Func<string> Known);

    static Run Of<TEnvironment>(Ppo<TEnvironment> agent, IRankExchange? exchange) where TEnvironment : IEnvironment
    {
        agent.Exchange = exchange;
        return new((steps, token) => agent.Learn(steps, cancellationToken: token), agent.Save, agent.Load,
            () => $"{agent.Policy.Hash():X16} {agent.Steps} {string.Join(' ', agent.LogStd.ToArray())} {string.Join(' ', agent.Standardizer?.Means.ToArray() ?? [])} {string.Join('\n', agent.History)}");
    }

    static Run Of<TEnvironment>(Dqn<TEnvironment> agent, IRankExchange? exchange) where TEnvironment : IEnvironment
    {
        agent.Exchange = exchange;
        return new((steps, token) => agent.Learn(steps, cancellationToken: token), agent.Save, agent.Load, () => $"{agent.Network.Hash():X16} {agent.Steps} {agent.Updates} {string.Join('\n', agent.History)}");
    }

    static readonly Dictionary<string, Func<IRankExchange?, Run>> Agents = new()
    {
        ["gradients divided"] = exchange => Of(new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], Divided, 3), exchange),
        ["gradients of one network divided"] = exchange => Of(new Ppo<CartPole>(new CartActorCritic(1), new CartPole[8], Divided with { EntCoef = 0.01, ClipRangeVf = 0.2, TargetKl = 0.02 }, 3), exchange),
        ["numbers"] = exchange => Of(new Ppo<Pendulum>(new PendulumNet(1), new PendulumNet(2), new Pendulum[9], Divided with { NSteps = 150, NormalizeObservations = true, NormalizeRewards = true }, 3), exchange),
        ["small minibatches"] = exchange => Of(new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[7], Small, 3), exchange),
        ["batch normalisation"] = exchange => Of(new Ppo<CartPole>(new NormalizedPolicy(1), new CartValue(2), new CartPole[8], Divided, 3), exchange),
        ["memory"] = exchange => Of(new Ppo<CartPole>(new RememberingPole(1), new RememberingPoleValue(2), new CartPole[7], Small with { NSteps = 200 }, 3), exchange),
        ["memory of the value"] = exchange => Of(new Ppo<CartPole>(new PolePolicy(1), new RememberingPoleValue(2), new CartPole[7], Small, 3), exchange),
        ["masks"] = exchange => Of(new Ppo<OneSided>(new PolePolicy(1), new CartValue(2), new OneSided[7], Small, 3), exchange),
        ["DQN"] = exchange => Of(new Dqn<CartPole>(new PolePolicy(1), new CartPole[7], Memory, 3), exchange),
        ["DQN with priorities and masks"] = exchange => Of(new Dqn<OneSided>(new PolePolicy(1), new OneSided[8], Memory with { Prioritized = true, BatchSize = 20 }, 3), exchange),
    };

    public static TheoryData<string> Names => new(Agents.Keys);

    /// <summary>Steps of which the last roll-out is not complete.</summary>
    const long Steps = 2_800;

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_number_of_ranks_has_the_bits_of_one(string name)
    {
        var expected = Learn(null);
        foreach (var ranks in new[] { 1, 2, 3, 4, 7 })
            Assert.All(ThreadRanks.Run(ranks, Learn), known => Assert.Equal(expected, known));

        string Learn(IRankExchange? exchange)
        {
            var run = Agents[name](exchange);
            run.Learn(Steps, default);
            return run.Known();
        }
    }

    /// <summary>In pieces of any length: in the middle of a roll-out, of what follows from it, and between two minibatches.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Checkpoints_go_on_with_another_number_of_ranks(string name)
    {
        var whole = Agents[name](null);
        var number = 0;
        foreach (var (steps, ranks) in new[] { (700L, 3), (1_800, 1), (2_100, 7), (3_500, 2), (5_000, 4) })
        {
            whole.Learn(steps, default);
            var (before, after) = (FileOf(number), FileOf(++number));
            Assert.All(ThreadRanks.Run(ranks, exchange =>
            {
                var run = Agents[name](exchange);
                if (File.Exists(before))
                    run.Load(before);
                run.Learn(steps, default);
                run.Save(after);
                return run.Known();
            }), known => Assert.Equal(whole.Known(), known));

            // It is the file that one rank writes, byte by byte.
            whole.Save(FileOf(0) + ".alone");
            Assert.Equal(File.ReadAllBytes(FileOf(0) + ".alone"), File.ReadAllBytes(after));
        }
    }

    [Fact]
    public void Settings_environments_networks_and_seeds_that_differ_are_named()
    {
        Check("LearningRate", rank => new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], rank == 2 ? Small with { LearningRate = 0.5 } : Small, 3));
        Check("its kind, or in its environments", rank => new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[rank == 2 ? 9 : 8], Small, 3));
        Check("its environments", rank => new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), [.. new CartPole[7], new CartPole { Angle = rank }], Small, 3), rank: 1);
        Check("its networks", rank => new Ppo<CartPole>(new PolePolicy(1), new CartValue(rank == 2 ? 5UL : 2), new CartPole[8], Small, 3));
        Check("its networks' declarations", rank => new Ppo<CartPole>(rank == 2 ? Rectified() : new PolePolicy(1), new CartValue(2), new CartPole[8], Small, 3));
        Check("its seed, or in what it has learnt so far", rank => new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], Small, rank == 2 ? 4UL : 3));

        static INetwork Rectified()
        {
            var network = new RectifiedPolicy(1);
            network.Parameters.CopyMatching(new PolePolicy(1).Parameters);
            return network;
        }

        static void Check(string what, Func<int, Ppo<CartPole>> create, int rank = 2)
        {
            var ends = ThreadRanks.Try(3, exchange =>
            {
                var run = Of(create(exchange.Rank), exchange);
                run.Learn(1_000, default);
                return 0;
            });
            Assert.All(ends, end => Assert.StartsWith($"PPO: rank {rank} differs from rank 0 in {what}.", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Pieces_are_as_many_as_alone(int ranks)
    {
        var expected = Advance(null);
        Assert.All(ThreadRanks.Run(ranks, Advance), steps => Assert.Equal(expected, steps));

        static (string, string) Advance(IRankExchange? exchange) => (
            Pieces(new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], Small, 3) { Exchange = exchange }),
            Pieces(new Dqn<CartPole>(new PolePolicy(1), new CartPole[8], new() { LearningStarts = 100 }, 3) { Exchange = exchange }));

        static string Pieces<TReport>(Agent<TReport> agent) where TReport : struct
        {
            var steps = new List<long>();
            for (var piece = 0; piece < 400; piece++)
            {
                agent.Advance();
                steps.Add(agent.Steps);
            }
            return string.Join(' ', steps);
        }
    }

    [Fact]
    public void More_ranks_than_environments_are_refused() => _ = ThreadRanks.Run(4, exchange =>
    {
        var agent = new Dqn<CartPole>(new PolePolicy(1), new CartPole[3]);
        Assert.StartsWith("DQN: 3 environments are fewer than the 4 ranks that would share them. Give 4 environments at least, or start fewer ranks.", Assert.Throws<ArgumentException>(() => agent.Exchange = exchange).Message, StringComparison.Ordinal);
        Assert.Null(agent.Exchange);
        return 0;
    });

    [Fact]
    public void A_rank_does_not_go_on_alone_with_environments_that_others_have_stepped() => _ = ThreadRanks.Run(2, exchange =>
    {
        var agent = new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], Small, 3) { Exchange = exchange };
        agent.Learn(1_000);
        Assert.StartsWith("PPO has learnt together with other ranks", Assert.Throws<InvalidOperationException>(() => agent.Exchange = null).Message, StringComparison.Ordinal);
        agent.Save(FileOf(1));
        agent.Exchange = null;
        agent.Learn(2_000);
        var alone = new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], Small, 3);
        alone.Learn(2_000);
        Assert.Equal(alone.Policy.Hash(), agent.Policy.Hash());
        return 0;
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_environment_that_fails_on_one_rank_is_known_to_all_and_learning_goes_on_to_the_same_bits(bool isDqn)
    {
        var expected = Learn(null);
        foreach (var ranks in new[] { 2, 3 })
            Assert.All(ThreadRanks.Run(ranks, Learn), known => Assert.Equal(expected, known));

        string Learn(IRankExchange? exchange)
        {
            FailingPole[] poles = [.. Enumerable.Range(0, 6).Select(index => new FailingPole(index == 2 ? 130 : 0))];
            var run = isDqn ? Of(new Dqn<FailingPole>(new PolePolicy(1), poles, Memory, 3), exchange) : Of(new Ppo<FailingPole>(new PolePolicy(1), new CartValue(2), poles, Small, 3), exchange);
            var exception = Record.Exception(() => run.Learn(2_000, default));
            Assert.IsType(exchange is null or { Rank: 0, Ranks: 2 } or { Rank: 1, Ranks: 3 } ? typeof(NotFiniteNumberException) : typeof(RankFailedException), exception);
            Assert.Contains("FailingPole.Step of environment 2", exception.Message, StringComparison.Ordinal);
            run.Learn(2_000, default);
            return run.Known();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_cancelled_on_one_rank_is_cancelled_on_all_and_goes_on_to_the_same_bits(bool isDqn)
    {
        var expected = Learn(null);
        Assert.All(ThreadRanks.Run(3, Learn), known => Assert.Equal(expected, known));

        string Learn(IRankExchange? exchange)
        {
            var run = Agents[isDqn ? "DQN" : "small minibatches"](exchange);
            using var source = new CancellationTokenSource();
            if (exchange is { Rank: 1 })
                source.Cancel();
            if (exchange is not null)
                Assert.ThrowsAny<OperationCanceledException>(() => run.Learn(2_000, source.Token));
            run.Learn(2_000, default);
            return run.Known();
        }
    }

    [Theory]
    [InlineData(2_800, null)]
    [InlineData(3_000, 500.0)]
    public void What_Learn_is_given_is_compared(long steps, double? targetReturn)
    {
        Check("PPO", exchange => new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[7], Small, 3) { Exchange = exchange });
        Check("DQN", exchange => new Dqn<CartPole>(new PolePolicy(1), new CartPole[7], Memory, 3) { Exchange = exchange });

        void Check<TReport>(string name, Func<IRankExchange, Agent<TReport>> create) where TReport : struct
        {
            var ends = ThreadRanks.Try(3, exchange =>
            {
                create(exchange).Learn(exchange.Rank == 1 ? steps : 3_000, exchange.Rank == 1 ? targetReturn : null);
                return 0;
            });
            Assert.All(ends, end => Assert.StartsWith($"{name}: rank 1 differs from rank 0 in what Learn was given", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
        }
    }

    /// <summary>A call that is refused leaves all as it was: those that follow come to what they would have.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Learning_that_is_refused_leaves_all_as_it_was(string name)
    {
        var expected = Learn(null);
        Assert.All(ThreadRanks.Run(3, Learn), known => Assert.Equal(expected, known));

        string Learn(IRankExchange? exchange)
        {
            var run = Agents[name](exchange);
            foreach (var steps in new[] { 0, 700 })
            {
                run.Learn(steps, default);
                var before = run.Known();
                if (exchange is not null)
                    Assert.Contains("rank 1 differs from rank 0 in what Learn was given", Assert.Throws<RankFailedException>(() => run.Learn(exchange.Rank == 1 ? 100 : 1_500, default)).Message, StringComparison.Ordinal);
                Assert.Equal(before, run.Known());
            }
            run.Learn(1_500, default);
            return run.Known();
        }
    }

    /// <summary>What one rank calls alone is named, and nothing comes of it.</summary>
    [Theory]
    [InlineData("Save", "Learn", "gradients divided")]
    [InlineData("Load", "Learn", "gradients divided")]
    [InlineData("Save", "Learn", "DQN")]
    [InlineData("Load", "Learn", "DQN")]
    [InlineData("Save", "Load", "DQN")]
    [InlineData("Learn", "Save", "small minibatches")]
    [InlineData("Learn", "Load", "small minibatches")]
    public void What_one_rank_calls_alone_is_named(string call, string others, string name)
    {
        var path = FileOf(1);
        var expected = Learn(null);
        Assert.All(ThreadRanks.Run(3, Learn), known => Assert.Equal(expected, known));

        string Learn(IRankExchange? exchange)
        {
            var run = Agents[name](exchange);
            foreach (var steps in new[] { 0, 700 })
            {
                run.Learn(steps, default);
                if (exchange is null)
                    continue;
                run.Save(path);
                var failure = Assert.Throws<RankFailedException>(() => Make(exchange.Rank == 1 ? call : others));
                Assert.Contains($"rank 1 is in its {call}, rank 0 in {others}.", failure.Message, StringComparison.Ordinal);
            }
            run.Learn(1_500, default);
            return run.Known();

            void Make(string call)
            {
                if (call == "Learn")
                    run.Learn(1_500, default);
                else if (call == "Save")
                    run.Save(path);
                else
                    run.Load(path);
            }
        }
    }

    /// <summary>Ranks that go on piece by piece meet one that does something else at each piece that they do together.</summary>
    [Theory]
    [InlineData("gradients divided")]
    [InlineData("small minibatches")]
    public void A_rank_that_stops_to_save_is_named_wherever_the_others_are(string name)
    {
        foreach (var pieces in new[] { 1, 159, 160, 161, 163, 400 })
        {
            var ends = ThreadRanks.Try(3, exchange =>
            {
                var agent = name == "small minibatches" ? new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[7], Small, 3) : new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], Divided, 3);
                agent.Exchange = exchange;
                for (var piece = 0; piece < (exchange.Rank == 1 ? pieces : 2_000); piece++)
                    agent.Advance();
                agent.Save(FileOf(1));
                return 0;
            });
            Assert.All(ends, end => Assert.Equal("PPO: rank 1 is in its Save, rank 0 in Advance. All ranks make the same calls in the same order.", Assert.IsType<RankFailedException>(end.Exception).Message));
        }
    }

    [Theory]
    [InlineData("gradients divided")]
    [InlineData("DQN")]
    public void A_checkpoint_that_one_rank_cannot_read_no_rank_reads(string name)
    {
        var path = FileOf(1);
        var other = Agents[name](null);
        other.Learn(2_500, default);
        other.Save(path);
        foreach (var differs in new[] { false, true })
            _ = ThreadRanks.Run(3, exchange =>
            {
                var run = Agents[name](exchange);
                run.Learn(500, default);
                run.Save(FileOf(2));
                var before = run.Known();
                var failure = Record.Exception(() => run.Load(exchange.Rank < 2 ? path : differs ? FileOf(2) : FileOf(3)))!;
                Assert.IsType(exchange.Rank == 2 && !differs ? typeof(FileNotFoundException) : typeof(RankFailedException), failure);
                Assert.Contains(differs ? "rank 2 differs from rank 0 in what it has learnt" : "3.safetensors", failure.Message, StringComparison.Ordinal);
                Assert.Equal(before, run.Known());
                run.Load(path);
                Assert.Equal(other.Known(), run.Known());
                return 0;
            });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_report_that_fails_is_known_to_all_and_learning_goes_on_to_the_same_bits(int ranks)
    {
        // The second of several reports, and the last.
        foreach (var steps in new[] { 6_000, 2_240 })
            Check<PpoIteration>("PPO", steps, (network, exchange) => new Ppo<CartPole>(network, new CartValue(2), new CartPole[7], Divided, 3) { Exchange = exchange });
        foreach (var steps in new[] { 6_000, 2_000 })
            Check<DqnReport>("DQN", steps, (network, exchange) => new Dqn<CartPole>(network, new CartPole[7], Memory with { BatchSize = 400 }, 3) { Exchange = exchange });

        void Check<TReport>(string name, long steps, Func<PolePolicy, IRankExchange?, Agent<TReport>> create) where TReport : struct
        {
            var expected = Learn(null);
            Assert.All(ThreadRanks.Run(ranks, Learn), known => Assert.Equal(expected, known));

            string Learn(IRankExchange? exchange)
            {
                var network = new PolePolicy(1);
                var agent = create(network, exchange);
                if (exchange is not null)
                {
                    var exception = Record.Exception(() => agent.Learn(steps, progress: new SecondFails<TReport>()))!;
                    Assert.IsType(exchange.Rank == 0 ? typeof(IOException) : typeof(RankFailedException), exception);
                    Assert.Equal(exchange.Rank == 0 ? "nobody reads it" : $"{name}: rank 0 cannot go on: nobody reads it", exception.Message);
                    Assert.Equal(2, agent.History.Count);
                }
                agent.Learn(steps);
                return $"{network.Hash():X16} {string.Join('\n', agent.History)}";
            }
        }
    }

    /// <summary>Takes one report and not the next.</summary>
    sealed class SecondFails<TReport> : IProgress<TReport>
    {
        int _reports;

        public void Report(TReport value)
        {
            if (++_reports == 2)
                throw new IOException("nobody reads it");
        }
    }

    /// <summary>The ranks meet for each minibatch where they divide it, and else for a roll-out alone.</summary>
    [Fact]
    public void Gradients_are_divided_where_minibatches_have_parts_for_all_ranks()
    {
        Assert.InRange(Meetings(128), 1, 30);
        Assert.InRange(Meetings(129), 60, int.MaxValue);

        static int Meetings(int batchSize) => ThreadRanks.Run(2, exchange =>
        {
            var counted = new CountedExchange(exchange);
            var run = Of(new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], Small with { BatchSize = batchSize }, 3), counted);
            run.Learn(256, default);
            var before = counted.Meetings;
            run.Learn(1_280, default);
            return counted.Meetings - before;
        })[0];
    }

    [Theory]
    [InlineData("gradients divided")]
    [InlineData("memory")]
    [InlineData("DQN with priorities and masks")]
    public void Warm_steps_allocate_nothing(string name)
    {
        var run = Agents[name](new EchoExchange(rank: 1));
        var steps = 6_000L;
        run.Learn(steps, default);
        var allocated = 1L;
        for (var attempt = 0; attempt < 20 && allocated != 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run.Learn(steps += 3_000, default);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_known_to_all()
    {
        var ends = ThreadRanks.Try(3, exchange =>
        {
            var run = Agents["DQN"](exchange);
            run.Learn(100, default);
            run.Save(Path.Combine(_folder, "nowhere", "file"));
            return 0;
        });
        Assert.IsAssignableFrom<IOException>(ends[0].Exception);
        Assert.All(ends[1..], end => Assert.StartsWith("DQN: rank 0 cannot go on: ", Assert.IsType<RankFailedException>(end.Exception).Message, StringComparison.Ordinal));
    }

    /// <summary>A pole of which some actions are not to be had.</summary>
    struct OneSided : IEnvironment
    {
        CartPole _pole;

        public static int ObservationSize => CartPole.ObservationSize;

        public static ActionSpace ActionSpace => CartPole.ActionSpace;

        public static int TimeLimit => 60;

        public static bool HasActionMasks => true;

        public void Reset(ulong seed, Span<float> observation) => _pole.Reset(seed, observation);

        public StepResult Step(AgentAction action, Span<float> observation) => _pole.Step(action, observation);

        public readonly void WriteActionMask(Span<bool> allowed) => allowed[_pole.Angle > 0 ? 0 : 1] = Math.Abs(_pole.Angle) < 0.05;
    }

    /// <summary>A pole that may fall to no effect, and whose reward is no number once, at the end of everyone's episode.</summary>
    /// <param name="at">After so many steps; 0 for never.</param>
    sealed class FailingPole(int at) : IEnvironment
    {
        CartPole _pole;
        int _steps;

        public static int ObservationSize => CartPole.ObservationSize;

        public static ActionSpace ActionSpace => CartPole.ActionSpace;

        public static int TimeLimit => 26;

        public void Reset(ulong seed, Span<float> observation) => _pole.Reset(seed, observation);

        public StepResult Step(AgentAction action, Span<float> observation)
        {
            var result = _pole.Step(action, observation);
            return new StepResult(++_steps == at ? float.NaN : result.Reward);
        }
    }
}
