using GenNet.Onnx;
using GenNet.Testing;
using GenNet.Tests.Generation;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Typed;

/// <summary>Members of an output struct, each predicted by a head.</summary>
public class TypedHeadTests
{
    const int Samples = 40;

    [Fact]
    public void Each_head_predicts_its_members()
    {
        Assert.Equal((0..3, 3..5), (PilotNet.Heads.Move, PilotNet.Heads.Drive));
        Assert.Equal("CrossEntropy + 0.5 × Huber", PilotNet.Architecture.Loss);
        Assert.Equal("Dense 3→16 Tanh, Move.Dense 16→3 Softmax, Drive.Dense 16→2 Identity", PilotNet.Architecture.Schema);
        Assert.Equal("head Move: y[0..3] Move, one of Left, Stay, Right\nhead Drive: y[3] Turn, scaled from -30…30 to 0…1\nhead Drive: y[4] Throttle, standardised from mean 0.5, deviation 0.25", PilotNet.Architecture.OutputSchema);

        var net = new PilotNet(3);
        foreach (var (sensors, _) in Pilots())
        {
            var (x, y) = (new float[3], new float[5]);
            PilotNet.WriteFeatures(sensors, x);
            net.Forward(x, y);
            var decision = net.Predict(sensors, out var probabilities);
            Assert.Equal(new Decision((float)(-30 + y[3] * 60.0), (Move)Metrics.ArgMax(y.AsSpan(..3)), 0.5 + y[4] * 0.25), decision);
            Assert.Equal(decision, net.Predict(sensors));
            Assert.Equal((y[0], y[1], y[2], y[2]), (probabilities.Move.Left, probabilities.Move.Stay, probabilities.Move.Right, probabilities.Move[Move.Right]));
        }
    }

    [Fact]
    public void Heads_of_all_kinds_predict_theirs()
    {
        Assert.Equal((0..66, 66..68, 68..69, 69..73, 73..76), (PlanNet.Heads.Weapon, PlanNet.Heads.Body, PlanNet.Heads.Fire, PlanNet.Heads.Spot, PlanNet.Heads.Move));
        Assert.Equal(PlainPlanNet.Architecture.Schema, PlanNet.Architecture.Schema);
        Assert.Equal(PlainPlanNet.Architecture.Loss, PlanNet.Architecture.Loss);
        var net = new PlanNet(3);
        foreach (var (sensors, _) in Plans())
        {
            var (x, y) = (new float[3], new float[76]);
            PlanNet.WriteFeatures(sensors, x);
            net.Forward(x, y);
            var plan = net.Predict(sensors, out var probabilities);
            Assert.Equal((Weapon)Metrics.ArgMax(y.AsSpan(..66)), plan.Weapon);
            Assert.Equal((y[66] > 0.5f, y[67] > 0.5f), plan.Body);
            Assert.Equal(y[68] > 0.5f, plan.Fire);
            Assert.Equal([(float)(y[69] * 4.0), (float)(y[70] * 4.0)], plan.Aims);
            Assert.Equal(((byte)MathF.Round(y[71]), (float)(y[72] * 8.0)), (plan.Target.Row, plan.Target.Column));
            Assert.Equal((Move)Metrics.ArgMax(y.AsSpan(73..)), plan.Move);
            Assert.Equal((y[5], y[65]), (probabilities.Weapon[Weapon.W5], probabilities.Weapon[65]));
            Assert.Equal((y[66], y[67], y[68], y[74]), (probabilities.Body.Jump, probabilities.Body.Duck, probabilities.Fire, probabilities.Move.Stay));
        }
    }

    [Fact]
    public void A_tuple_keeps_its_order()
    {
        var net = new TupleHeadNet(1);
        var y = new float[5];
        net.Forward([0.3f], y);
        var (sure, number, move) = net.Predict(0.3f, out var probabilities);
        Assert.Equal((y[4] > 0.5f, y[3], (Move)Metrics.ArgMax(y.AsSpan(..3))), (sure, number, move));
        Assert.Equal((y[4], y[0]), (probabilities.Sure, probabilities.Item3.Left));
        Assert.Equal([0, 0, 1, 0.25f, 1], TupleHeadNet.CreateDataset([(0.3f, (true, 0.25f, Move.Right))]).Targets.ToArray());
    }

    [Fact]
    public void Targets_are_dealt_out_as_outputs_are()
    {
        var data = PilotNet.CreateDataset([(default, new Decision(15, Move.Stay, 1)), (default, new Decision(-30, Move.Right, 0.25))]);
        Assert.Equal([0, 1, 0, 0.75f, 2, 0, 0, 1, 0, -1], data.Targets.ToArray());
        var plan = new Plan { Move = Move.Right, Body = (false, true), Fire = true, Aims = [1, 2], Target = new() { Row = 3, Column = 4 }, Weapon = Weapon.W1 };
        var targets = PlanNet.CreateDataset([(default, plan)]).Targets;
        Assert.Equal([0, 1, 0], targets[..3].ToArray());
        Assert.Equal([0, 0, 1, 1, 0.25f, 0.5f, 3, 0.5f, 0, 0, 1], targets[65..].ToArray());
        Assert.Equal(1, targets[..66].ToArray().Sum());
    }

    /// <summary>Bit for bit: losses, gradients, weights, quality.</summary>
    [Fact]
    public void Training_on_values_is_training_the_network_without_types_on_their_numbers()
    {
        IsTrainedAlike(new PilotNet(1).CreateTrainer(new Adam(0.01), 16), new PlainPilotNet(1).CreateTrainer(new Adam(0.01), 16), Pilots(),
            PilotNet.CreateDataset, (trainer, samples) => ((PilotNet.Trainer<Adam>)trainer).Step(samples), (trainer, samples) => ((PilotNet.Trainer<Adam>)trainer).Backward(samples), (trainer, samples) => ((PilotNet.Trainer<Adam>)trainer).Loss(samples));
        IsTrainedAlike(new PlanNet(1).CreateTrainer(new Adam(0.01), 16), new PlainPlanNet(1).CreateTrainer(new Adam(0.01), 16), Plans(),
            PlanNet.CreateDataset, (trainer, samples) => ((PlanNet.Trainer<Adam>)trainer).Step(samples), (trainer, samples) => ((PlanNet.Trainer<Adam>)trainer).Backward(samples), (trainer, samples) => ((PlanNet.Trainer<Adam>)trainer).Loss(samples));
    }

    delegate Dataset Create<T>(ReadOnlySpan<T> samples);

    delegate float Call<T>(Trainer<Adam> trainer, ReadOnlySpan<T> samples);

    static void IsTrainedAlike<T>(Trainer<Adam> typed, Trainer<Adam> plain, T[] samples, Create<T> create, Call<T> step, Call<T> backward, Call<T> loss)
    {
        Assert.Equal(plain.Network.Parameters.Hash(), typed.Network.Parameters.Hash());
        for (var first = 0; first + 16 <= Samples; first += 8)
        {
            var batch = samples.AsSpan(first, 16);
            var data = create(batch);
            Assert.Equal(plain.Loss(data.Inputs, data.Targets), loss(typed, batch));
            Assert.Equal(plain.Step(data.Inputs, data.Targets), step(typed, batch));
            // One sample has a way of its own, and no variance.
            var few = typed.Network is PilotNet ? 1 : 2;
            data = create(batch[..few]);
            Assert.Equal(plain.Step(data.Inputs, data.Targets), step(typed, batch[..few]));
            data = create(batch[..5]);
            Assert.Equal(plain.Backward(data.Inputs, data.Targets), backward(typed, batch[..5]));
            plain.Update();
            typed.Update();
        }
        Assert.Equal(plain.Network.Parameters.Hash(), typed.Network.Parameters.Hash());
        Assert.Equal(plain.Evaluate(create(samples)).Heads, typed.Evaluate(create(samples)).Heads);
        Assert.Equal(plain.Evaluate(create(samples)).Loss, typed.Evaluate(create(samples)).Loss);
        var options = new FitOptions { Epochs = 3, BatchSize = 16, Seed = 5, Validation = create(samples) };
        Assert.Equal(plain.Fit(create(samples), options).Epochs.Select(epoch => epoch.Loss), typed.Fit(create(samples), options).Epochs.Select(epoch => epoch.Loss));
        Assert.Equal(plain.Network.Parameters.Hash(), typed.Network.Parameters.Hash());
    }

    [Fact]
    public void A_pilot_learns_what_to_do_and_how_much_of_it()
    {
        var (train, test) = (Pilots(600, 1), Pilots(200, 2));
        var net = new PilotNet(7);
        var result = net.Fit(PilotNet.CreateDataset(train), new Adam(0.02), new() { Epochs = 60, BatchSize = 30, Validation = PilotNet.CreateDataset(test) });
        var heads = result.Epochs[^1].Validation!.Value.Heads!;
        var right = test.Count(sample => net.Predict(sample.Item1).Move == sample.Item2.Move);
        Assert.Equal((double)right / test.Length, heads["Move"].Accuracy);
        Assert.InRange(right, 185, 200);
        Assert.InRange(heads["Drive"].RSquared, 0.9, 1);
        Assert.InRange(test.Average(sample => Math.Abs(net.Predict(sample.Item1).Turn - sample.Item2.Turn)), 0, 3);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (net, samples) = (new PilotNet(1), Pilots());
        var trainer = net.CreateTrainer(new Adam(), Samples);
        NetworkContractTests.AssertFirstCallAllocatesNothing(() =>
        {
            var first = new PilotNet(1).CreateTrainer(new Adam(), Samples);
            return () => first.Step(samples);
        });
        NetworkContractTests.AssertAllocatesNothing(() => trainer.Step(samples));
        NetworkContractTests.AssertAllocatesNothing(() => trainer.Step(samples.AsSpan(0, 1)));
        NetworkContractTests.AssertAllocatesNothing(() => trainer.Backward(samples));
        NetworkContractTests.AssertAllocatesNothing(() => trainer.Loss(samples));
        NetworkContractTests.AssertAllocatesNothing(() => net.Predict(samples[0].Item1, out _));
    }

    [Fact]
    public void What_is_wrong_is_named_and_nothing_is_lost()
    {
        var net = new PilotNet(1);
        var trainer = net.CreateTrainer(new Adam(), 4);
        (Sensors, Decision)[] samples = [(default, new Decision(0, Move.Stay, 0)), (default, new Decision(0, (Move)3, 0))];
        Assert.StartsWith("Decision.Move is 3, which is no member of Move.", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(samples)).Message, StringComparison.Ordinal);
        samples[1].Item2 = new Decision(float.NaN, Move.Stay, 0);
        Assert.ThrowsAny<Exception>(() => trainer.Step(samples));
        Assert.Contains("Distance is NaN", Assert.Throws<NotFiniteNumberException>(() => net.Predict(new Sensors(float.NaN, 0, false))).Message, StringComparison.Ordinal);
        Assert.Equal((new PilotNet(1).Hash(), 0), (net.Hash(), trainer.StepCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_of_other_members_says_which_head_differs(bool asOnnx)
    {
        using var file = new MemoryStream();
        if (asOnnx)
            OnnxFile.Save(new PilotNet(1), file);
        else
            new PilotNet(1).Save(file);
        void Load(INetwork network)
        {
            file.Position = 0;
            if (asOnnx)
                OnnxFile.Read(file, "pilot").CopyTo(network);
            else
                network.Load(file, "pilot");
        }
        var (same, other) = (new PilotNet(2), new OtherPilotNet(2));
        Load(same);
        Assert.Equal(new PilotNet(1).Hash(), same.Hash());
        Assert.Contains("head Drive: y[3] Turn, scaled from -30…30 to 0…1 in the file, but head Drive: y[3] Turn, scaled from -45…45 to 0…1 in the network",
            Assert.Throws<InvalidDataException>(() => Load(other)).Message, StringComparison.Ordinal);
        Assert.Equal(new OtherPilotNet(2).Hash(), other.Hash());
    }

    [Fact]
    public void A_checkpoint_goes_on_to_the_same_bits_and_knows_its_members()
    {
        var path = Path.GetTempFileName();
        try
        {
            var (trainer, again) = (new PilotNet(1).CreateTrainer(new Adam(0.01), 16), new PilotNet(2).CreateTrainer(new Adam(0.01), 16));
            trainer.Step(Pilots().AsSpan(0, 16));
            Checkpoint.Save(path, trainer);
            Checkpoint.Load(path, again);
            Assert.Equal(trainer.Step(Pilots().AsSpan(16, 16)), again.Step(Pilots().AsSpan(16, 16)));
            Assert.Equal(trainer.Network.Parameters.Hash(), again.Network.Parameters.Hash());
            Assert.Contains("head Drive: y[3] Turn", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, new OtherPilotNet(2).CreateTrainer(new Adam(0.01), 16))).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Whoever hovers over a head's name sees what it predicts.</summary>
    [Fact]
    public void Heads_say_what_they_predict()
    {
        var documentation = GeneratorHarness.Run("[Network<float, Out>(2)] [Head(\"Day\")] [Head(\"Rest\")] public partial class Net; public record struct Out(float X, DayOfWeek Day, int Y);").Compilation
            .GetTypeByMetadataName("Net+Heads")!.GetMembers().Select(member => member.GetDocumentationCommentXml()!).ToList();
        Assert.Contains("Probabilities 0 to 6 of Day, trained for cross entropy.", string.Concat(documentation), StringComparison.Ordinal);
        Assert.Contains("Outputs 7 to 8 of X, Y, trained for mean squared error.", string.Concat(documentation), StringComparison.Ordinal);
    }

    [Fact]
    public void Users_checks_of_a_network_pass()
    {
        NetworkCheck.All(new PilotNet(1));
        NetworkCheck.All(new PlanNet(1));
        NetworkCheck.All(new TupleHeadNet(1));
    }

    /// <summary>Records of probabilities are equal by value, those of an enum with very many members included.</summary>
    [Fact]
    public void Probabilities_are_values()
    {
        new PilotNet(1).Predict(default, out var pilot);
        Assert.Equal(pilot, pilot with { });
        Assert.NotEqual(pilot, pilot with { Move = pilot.Move with { Left = 2 } });
        Assert.StartsWith("Probabilities { Move = MoveProbabilities { Left = 0.", pilot.ToString(), StringComparison.Ordinal);
        new PlanNet(1).Predict(default, out var plan);
        new PlanNet(2).Predict(default, out var other);
        Assert.Equal(plan, plan with { });
        Assert.Equal(plan.GetHashCode(), (plan with { }).GetHashCode());
        Assert.NotEqual(plan, other with { Fire = plan.Fire, Body = plan.Body, Move = plan.Move });
    }

    static (Sensors, Decision)[] Pilots(int count = Samples, ulong seed = 1)
    {
        var random = new RandomStream(seed);
        var samples = new (Sensors, Decision)[count];
        foreach (ref var sample in samples.AsSpan())
        {
            var sensors = RandomSensors(ref random);
            var move = sensors.Blocked ? sensors.Angle < 0 ? Move.Left : Move.Right : Move.Stay;
            sample = (sensors, new Decision(20 * sensors.Angle, move, sensors.Distance / 10));
        }
        return samples;
    }

    static (Sensors, Plan)[] Plans()
    {
        var random = new RandomStream(3);
        var samples = new (Sensors, Plan)[Samples];
        foreach (ref var sample in samples.AsSpan())
        {
            var sensors = RandomSensors(ref random);
            sample = (sensors, new Plan
            {
                Move = (Move)random.NextInt32(3),
                Weapon = (Weapon)random.NextInt32(66),
                Body = (sensors.Blocked, sensors.Angle > 0),
                Fire = random.NextInt32(2) == 1,
                Aims = [sensors.Distance / 4, 2],
                Target = new() { Row = (byte)random.NextInt32(2), Column = 4 * sensors.Angle + 4 },
            });
        }
        return samples;
    }

    static Sensors RandomSensors(ref RandomStream random) => new(10 * random.NextSingle(), 2 * random.NextSingle() - 1, random.NextInt32(2) == 1);
}
