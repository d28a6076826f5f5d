using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Tests.Agents;

/// <summary>No piece works on more rows than it may, however long roll-outs are, and how many pieces there were shows in nothing.</summary>
public sealed class PieceTests : IDisposable
{
    const int Environments = 64, Steps = 700;

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(false, 64)]
    [InlineData(false, 5000)]
    [InlineData(true, 64)]
    public void What_follows_from_a_roll_out_comes_in_small_pieces(bool shared, int batchSize)
    {
        var options = new PpoOptions { NSteps = Steps, BatchSize = batchSize, NormalizeObservations = true, NormalizeRewards = true };
        var (whole, part) = (Create(), Create());
        while (!whole.Finish(int.MaxValue))
        {
        }
        var (buffer, samples) = (part.Buffer, part.Samples);
        (float[] Numbers, int First, int Most)[] results =
        [
            (buffer.Values, shared ? samples : 0, Math.Max(128, 2 * batchSize)), (buffer.Advantages, 0, RowPass.Numbers), (buffer.Returns, 0, RowPass.Numbers),
        ];
        foreach (var (numbers, first, _) in results)
            numbers.AsSpan(first).Fill(float.NaN);
        var left = results.Select(result => result.Numbers.Length - result.First).ToArray();
        var (pieces, done) = (0, false);
        for (; !done; pieces++)
        {
            done = part.Finish(pieces: 1);
            for (var i = 0; i < results.Length; i++)
            {
                var unknown = results[i].Numbers.Count(float.IsNaN);
                Assert.InRange(left[i] - unknown, 0, results[i].Most);
                left[i] = unknown;
            }
        }
        Assert.All(left, unknown => Assert.Equal(0, unknown));
        Assert.True(pieces > samples / RowPass.Numbers * 8, $"{pieces} pieces");
        foreach (var (first, second) in new[] { (whole.Buffer.Values, buffer.Values), (whole.Buffer.Advantages, buffer.Advantages), (whole.Buffer.Returns, buffer.Returns) })
            Assert.Equal(first, second);
        Assert.Equal(whole.Buffer.ExplainedVariance, buffer.ExplainedVariance);
        Assert.Equal(whole.Standardizer!.Deviations.ToArray(), part.Standardizer!.Deviations.ToArray());

        Rollout<Pendulum> Create()
        {
            INetwork policy = shared ? new SwingActorCritic(1) : new PendulumNet(1), value = shared ? policy : new PendulumNet(2);
            var networks = new ActorCritic(policy, value, typeof(Pendulum), 3, Pendulum.ActionSpace);
            var rollout = new Rollout<Pendulum>(networks, new GaussianHead(1, 0, 1e-5), new Pendulum[Environments], options, 1, new RecentReturns());
            rollout.Collect(Steps);
            return rollout;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void Passes_go_over_each_row_once_and_in_order(int pieces)
    {
        var seen = new List<(int Pass, int Row)>();
        RowPass[] passes = [];
        passes = [new(10, 4, Run(0)), new(7, 7, Run(1), () => seen.Add((1, 100))), new(0, 5, Run(2)), new(9, 2, Run(3))];
        var work = new RowPasses(passes);
        for (var round = 0; round < 2; round++)
        {
            seen.Clear();
            work.Begin();
            do
                Assert.False(work.AreDone);
            while (!work.Advance(pieces));
            Assert.Equal([.. Rows(0, 10), .. Rows(1, 7), (1, 100), .. Rows(3, 9)], seen);
        }

        IEnumerable<(int, int)> Rows(int pass, int count) => Enumerable.Range(0, count).Select(row => (pass, row));

        Action<int, int> Run(int pass) => (first, end) =>
        {
            Assert.InRange(end - first, 0, (long)pieces * passes[pass].AtOnce);
            for (var row = first; row < end; row++)
                seen.Add((pass, row));
        };
    }

    /// <summary>Orders of epochs are those of a shuffle in one go.</summary>
    [Fact]
    public void Roll_outs_that_are_longer_than_a_piece_learn_to_the_same_bits_in_pieces()
    {
        var (whole, part) = (Create(), Create());
        whole.Learn(Environments * Steps);
        var pieces = 0;
        while (!part.Advance())
            pieces++;
        Assert.Equal((whole.Policy.Hash(), whole.History[0]), (part.Policy.Hash(), part.History[0]));
        Assert.True(pieces > Steps + 2 * Environments * Steps / 9000 + 2 * 2 * (Environments * Steps / RowPass.Numbers), $"{pieces} pieces");
    }

    /// <summary>Every piece behind the last step is another agent's, which goes on from a checkpoint of the one before: each of them gets on.</summary>
    [Fact]
    public void Roll_outs_that_are_longer_than_a_piece_are_resumed_between_any_two()
    {
        var (whole, part) = (Create(), Create());
        var pieces = 0;
        while (!whole.Advance())
            pieces++;
        for (var step = 0; step < Steps; step++)
            part.Advance();
        for (var piece = Steps; piece <= pieces; piece++)
        {
            part.Save(_file);
            part = Create(seed: (ulong)piece);
            part.Load(_file);
            Assert.Equal(piece == pieces, part.Advance());
        }
        Assert.Equal((whole.Policy.Hash(), whole.History[0]), (part.Policy.Hash(), part.History[0]));
    }

    static Ppo<CartPole> Create(ulong seed = 1) =>
        new(new CartPolicy(seed), new CartValue(seed + 1), new CartPole[Environments], new() { NSteps = Steps, BatchSize = 9000, NEpochs = 2, NormalizeObservations = true, NormalizeRewards = true }, seed);
}

[Network(3)]
[Dense(32, Activation.Tanh)]
[Head("Value", Loss = Loss.MeanSquaredError)]
[Dense(1)]
[Head("Policy", Loss = Loss.MeanSquaredError)]
[Dense(1)]
sealed partial class SwingActorCritic;
