using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Health;

[Network(Health = true)]
[Sequence(7, 3)]
[GRU(5)]
[LastStep]
sealed partial class WatchedGRU;

[Network(Health = true)]
[Sequence(7, 3)]
[GRU(17, ResetAfter = false)]
[LastStep]
sealed partial class WatchedResetBefore;

[Network(Health = true)]
[Sequence(7, 3)]
[LSTM(5)]
[LastStep]
sealed partial class WatchedLSTM;

[Network(Health = true)]
[Sequence(7, 3)]
[SimpleRNN(5)]
[LastStep]
sealed partial class WatchedRNN;

[Network(Health = true)]
[Sequence(7, 3)]
[LSTM(5)]
[GRU(4)]
[SimpleRNN(3, Nonlinearity = Nonlinearity.ReLU)]
[Flatten]
sealed partial class WatchedStack;

[Network(Health = true)]
[Sequence(7, 3)]
[LSTM(5, Bidirectional = true)]
[Flatten]
sealed partial class WatchedDirections;

/// <summary>A short one, of the same parameters as <see cref="WatchedLSTM"/>.</summary>
[Network(Health = true)]
[Sequence(3, 3)]
[LSTM(5)]
[LastStep]
sealed partial class WatchedThree;

/// <summary>Long enough for a gradient to vanish or to explode.</summary>
[Network(Health = true)]
[Sequence(30, 3)]
[SimpleRNN(8)]
[LastStep]
[Dense(1)]
sealed partial class WatchedLong;

[Network(Health = true)]
[Sequence(30, 3)]
[SimpleRNN(8, Nonlinearity = Nonlinearity.ReLU)]
[LastStep]
[Dense(1)]
sealed partial class WatchedLongReLU;

[Network(Health = true)]
[Sequence(30, 3)]
[GRU(8)]
[LastStep]
[Dense(1)]
sealed partial class WatchedLongGRU;

/// <summary>The loss has a way of its own to each step.</summary>
[Network(Health = true)]
[Sequence(30, 3)]
[SimpleRNN(8)]
[GlobalAveragePool1D]
[Dense(1)]
sealed partial class WatchedMean;

/// <summary>Health over time: against a naive layer in double precision.</summary>
public class StepHealthTests
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in Networks.Keys)
                foreach (var samples in new[] { 1, 6, 40 })
                    cases.Add(name, samples);
            return cases;
        }
    }

    static readonly Dictionary<string, Func<INetwork>> Networks = new()
    {
        [nameof(WatchedGRU)] = () => new WatchedGRU(1),
        [nameof(WatchedResetBefore)] = () => new WatchedResetBefore(1),
        [nameof(WatchedLSTM)] = () => new WatchedLSTM(1),
        [nameof(WatchedRNN)] = () => new WatchedRNN(1),
        [nameof(WatchedStack)] = () => new WatchedStack(1),
        [nameof(WatchedDirections)] = () => new WatchedDirections(1),
    };

    [Theory, MemberData(nameof(Cases))]
    public void Agrees_with_a_naive_layer(string name, int samples)
    {
        var network = Networks[name]();
        var trainer = network.CreateTrainer(new Sgd(0.1), samples);
        var (inputs, gradients) = (TestNumbers.Create(samples * network.InputSize, 1), TestNumbers.Create(samples * network.OutputSize, 2));
        Assert.All(trainer.Health!.Layers, layer => Assert.Equal(layer.Layer is RecurrentLayer, layer.Steps is { StateNorms: [double.NaN, ..] }));
        trainer.Forward(inputs);
        trainer.Backward(gradients);
        RecurrentLayer[] layers = [.. network.Architecture.Layers.OfType<RecurrentLayer>()];
        var steps = layers[0].Steps;

        // The first 32 samples are measured.
        samples = Math.Min(samples, 32);
        double[][] x = Rows(inputs, 3, samples * steps);
        var taken = new List<double[][]>();
        var naive = new List<NaiveRecurrent[]>();
        for (var number = 0; number < layers.Length; number++)
        {
            NaiveRecurrent[] directions = [.. Enumerable.Range(0, layers[number].Bidirectional ? 2 : 1).Select(direction => new NaiveRecurrent(
                layers[number], direction == 1, [.. network.Parameters.Tensors.Where(tensor => tensor.Layer == number).Skip(4 * direction).Take(4).Select(Values)], Sum, _ => 0))];
            naive.Add(directions);
            taken.Add(x);
            double[][][] given = [.. directions.Select(direction => direction.Forward(x))];
            x = [.. Enumerable.Range(0, x.Length).Select(row => given.SelectMany(rows => rows[row]).ToArray())];
        }
        var delta = network.OutputSize == layers[^1].Outputs
            ? Rows(gradients, layers[^1].Outputs, samples).SelectMany(last => Enumerable.Range(1, steps).Select(step => step == steps ? last : new double[last.Length])).ToArray()
            : Rows(gradients, layers[^1].Outputs, samples * steps);
        for (var number = layers.Length - 1; number >= 0; number--)
        {
            var (directions, units) = (naive[number], layers[number].Units);
            double[][] below = [.. taken[number].Select(row => new double[row.Length])];
            for (var direction = 0; direction < directions.Length; direction++)
            {
                directions[direction].Backward(taken[number], [.. delta.Select(row => row[(direction * units)..((direction + 1) * units)])], below, [.. Sizes(network, number).Select(size => new double[size])]);
                var health = trainer.Health.Layers[number];
                AssertEqual(directions[direction].Steps, steps, direction == 0 ? health.Steps! : health.ReverseSteps!);
            }
            Assert.Equal(directions.Length > 1, trainer.Health.Layers[number].ReverseSteps is not null);
            delta = below;
        }
    }

    static void AssertEqual((double[] State, double[] OfState, double[] OfCell, double[] OfStateBefore, double[] OfCellBefore)[] naive, int steps, StepHealth health)
    {
        Assert.Equal((steps, steps, steps), (health.StateNorms.Count, health.GradientNorms.Count, health.GradientReach.Count));
        var reach = 1.0;
        for (var step = steps - 1; step >= 0; step--)
        {
            var rows = naive.Where((_, row) => row % steps == step).ToArray();
            AssertClose($"state of step {step}", Math.Sqrt(rows.Average(row => Squares(row.State))), health.StateNorms[step]);
            AssertClose($"gradient of step {step}", Math.Sqrt(rows.Average(row => Squares(row.OfState))), health.GradientNorms[step]);
            AssertClose($"reach of step {step}", reach, health.GradientReach[step]);
            reach *= Math.Sqrt(rows.Sum(row => Squares(row.OfStateBefore) + Squares(row.OfCellBefore)) / rows.Sum(row => Squares(row.OfState) + Squares(row.OfCell)));
        }
    }

    /// <summary>Where the loss is at the last step alone, all of a gradient came from there: the norms say how much is left.</summary>
    [Fact]
    public void The_reach_is_what_is_left_of_the_norm_where_the_last_step_answers()
    {
        var health = Steps(Measured(new WatchedGRU(1), 6));
        for (var step = 0; step < 7; step++)
            AssertClose($"step {step}", health.GradientNorms[step] / health.GradientNorms[6], health.GradientReach[step]);
    }

    [Fact]
    public void Of_shorter_sequences_the_steps_that_are_there_are_measured()
    {
        var (network, three) = (new WatchedLSTM(1), new WatchedThree(1));
        var (inputs, gradients) = (TestNumbers.Create(2 * 7 * 3, 1), TestNumbers.Create(2 * 5, 2));
        StepHealth Of(INetwork network, int steps, int[] samples, int[] lengths)
        {
            var trainer = network.CreateTrainer(new Sgd(0.1), samples.Length);
            trainer.Forward(samples.SelectMany(sample => inputs.Skip(21 * sample).Take(3 * steps)).ToArray(), new Sequences { Lengths = lengths });
            trainer.Backward(samples.SelectMany(sample => gradients.Skip(5 * sample).Take(5)).ToArray());
            return Steps(trainer);
        }

        StepHealth shorter = Of(network, 7, [0, 1], [3, 3]), expected = Of(three, 3, [0, 1], []);
        foreach (var (values, whole) in new[] { (shorter.StateNorms, expected.StateNorms), (shorter.GradientNorms, expected.GradientNorms), (shorter.GradientReach, expected.GradientReach) })
            Assert.Equal([.. whole, double.NaN, double.NaN, double.NaN, double.NaN], values);

        // Of two lengths: the mean of both where both are there.
        StepHealth both = Of(network, 7, [0, 1], [7, 3]), first = Of(network, 7, [0], [7]), second = Of(network, 7, [1], [3]);
        for (var step = 0; step < 7; step++)
            AssertClose($"state of step {step}", step < 3 ? Math.Sqrt((Square(first.StateNorms[step]) + Square(second.StateNorms[step])) / 2) : first.StateNorms[step], both.StateNorms[step]);
        AssertClose("the reach behind the shorter one", first.GradientReach[3], both.GradientReach[3]);
    }

    /// <summary>No gradient goes over a reset, which says nothing of what would be left of one.</summary>
    [Fact]
    public void A_reset_is_no_vanishing_gradient()
    {
        var network = new WatchedLSTM(1);
        var (inputs, gradients) = (TestNumbers.Create(2 * 7 * 3, 1), TestNumbers.Create(2 * 5, 2));
        StepHealth Of(params int[] resets)
        {
            var trainer = network.CreateTrainer(new Sgd(0.1), 2);
            var told = new bool[2 * 7];
            foreach (var reset in resets)
                told[reset] = true;
            trainer.Forward(inputs, new Sequences { Resets = told });
            trainer.Backward(gradients);
            return Steps(trainer);
        }

        StepHealth all = Of(4, 11), one = Of(11);
        Assert.Equal(all.GradientReach[4], all.GradientReach[3]);
        Assert.Equal(0, all.GradientNorms[3]);
        Assert.True(one.GradientReach[0] > 0 && one.GradientReach[3] < one.GradientReach[4]);
    }

    [Fact]
    public void Measuring_changes_no_bits_and_allocates_nothing()
    {
        WatchedStack often = new(1), seldom = new(1);
        Trainer first = often.CreateTrainer(new Adam(0.01), 40), second = seldom.CreateTrainer(new Adam(0.01), 40);
        (first.Health!.Interval, second.Health!.Interval) = (1, 1000);
        var (inputs, targets) = (TestNumbers.Create(40 * WatchedStack.InputSize, 1), TestNumbers.Create(40 * WatchedStack.OutputSize, 2));
        long allocated = 1;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 5; step++)
                first.Step(inputs, targets);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            for (var step = 0; step < 5; step++)
                second.Step(inputs, targets);
        }
        Assert.Equal(seldom.Hash(), often.Hash());
        Assert.Equal(0, allocated);
        Assert.NotEqual(first.Health.Layers[0].Steps!.GradientNorms, second.Health.Layers[0].Steps!.GradientNorms);
    }

    [Fact]
    public void Gradients_that_vanish_through_time_are_named()
    {
        var network = new WatchedLong(1);
        Scale(network.Layer1.RecurrentWeights, 0.3f);
        var trainer = Measured(network, 6);
        var finding = Assert.Single(trainer.Health!.Diagnose(), item => item.Problem == HealthProblem.VanishingThroughTime);
        Assert.Equal((1, 1), (finding.FirstLayer, finding.LastLayer));
        var reach = Steps(trainer).GradientReach;
        Assert.Equal(FormattableString.Invariant(
            $"Vanishing through time in layer 1: of a gradient of the state behind step 30, {reach[0]:0.#e+0} comes to step 1, and less than a thousandth farther than {reach.Count(left => left >= 1e-3) - 1} steps, so it hardly learns from what was before. Answer from the mean over all steps (GlobalAveragePool1D), use an LSTM whose forget gates begin with biases of 3 to 5, or take fewer steps."), finding.Message);
        trainer.Layers[0].IsFrozen = true;
        trainer.Health.Interval = 1;
        trainer.Step(TestNumbers.Create(6 * 90, 1), TestNumbers.Create(6, 2));
        Assert.DoesNotContain(trainer.Health.Diagnose(), item => item.Problem == HealthProblem.VanishingThroughTime);
    }

    /// <summary>Half-open gates forget half of each step until they have learnt not to.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Nothing_is_said_of_vanishing_before_there_was_a_training(int interval)
    {
        var trainer = new WatchedLongGRU(1).CreateTrainer(new Sgd(1e-9), 6);
        trainer.Health!.Interval = interval;
        var (inputs, targets) = (TestNumbers.Create(6 * 90, 1), TestNumbers.Create(6, 2));
        for (var updates = 0; updates <= 64; updates++)
        {
            trainer.Step(inputs, targets);
            Assert.True(Steps(trainer).GradientReach[0] < 1e-3);
            Assert.Equal(updates == 64, trainer.Health.Diagnose().Any(item => item.Problem == HealthProblem.VanishingThroughTime));
        }
    }

    /// <summary>The loss has a short way to the first step of a short sequence, which says nothing of a long one.</summary>
    [Theory]
    [InlineData(true, 30, 30, 3, 30, 30, 30)]
    [InlineData(true, 2, 25, 3, 30, 1, 28)]
    [InlineData(true, 20, 20, 20, 20, 20, 20)]
    [InlineData(false, 3, 3, 2, 3, 1, 3)]
    public void Short_sequences_silence_nothing_that_is_said_of_the_longest(bool vanishes, params int[] lengths)
    {
        var network = new WatchedLong(1);
        Scale(network.Layer1.RecurrentWeights, 0.3f);
        Assert.Equal(vanishes, Measured(network, lengths.Length, lengths).Health!.Diagnose().Any(item => item.Problem == HealthProblem.VanishingThroughTime));
    }

    [Fact]
    public void Where_the_loss_comes_to_each_step_by_itself_none_vanishes()
    {
        var network = new WatchedMean(1);
        Scale(network.Layer1.RecurrentWeights, 0.3f);
        var trainer = Measured(network, 6);
        Assert.True(Steps(trainer).GradientReach[0] < 1e-6);
        Assert.DoesNotContain(trainer.Health!.Diagnose(), item => item.Problem == HealthProblem.VanishingThroughTime);
    }

    [Fact]
    public void Gradients_that_explode_through_time_are_named()
    {
        var network = new WatchedLongReLU(1);
        Scale(network.Layer1.RecurrentWeights, 2);
        var trainer = Measured(network, 6, updatesBefore: 0, []);
        var finding = Assert.Single(trainer.Health!.Diagnose(), item => item.Problem == HealthProblem.ExplodingThroughTime);
        Assert.StartsWith(FormattableString.Invariant(
            $"Exploding through time in layer 1: a gradient of the state behind step 30 is {Steps(trainer).GradientReach.Max():0.#e+0} times as large when it comes to step 1. Clip the gradients"), finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_of_a_layer_that_passes_its_gradients_on()
    {
        var network = new WatchedLongReLU(1);
        Scale(network.Layer1.RecurrentWeights, 1.2f);
        Assert.DoesNotContain(Measured(network, 6).Health!.Diagnose(), item => item.Problem is HealthProblem.VanishingThroughTime or HealthProblem.ExplodingThroughTime);
    }

    /// <summary>A trainer that has made as many updates as a judgement takes, which hardly changed anything.</summary>
    static Trainer Measured(INetwork network, int samples, params int[] lengths) => Measured(network, samples, 64, lengths);

    static Trainer Measured(INetwork network, int samples, int updatesBefore, int[] lengths)
    {
        var trainer = network.CreateTrainer(new Sgd(1e-9), samples);
        var (inputs, targets) = (TestNumbers.Create(samples * network.InputSize, 1), TestNumbers.Create(samples * network.OutputSize, 2));
        for (var updates = 0; updates <= updatesBefore; updates++)
            trainer.Step(inputs, targets, new Sequences { Lengths = lengths });
        return trainer;
    }

    static StepHealth Steps(Trainer trainer) => trainer.Health!.Layers[0].Steps!;

    static void Scale(WeightMatrix weights, float factor)
    {
        for (var o = 0; o < weights.Outputs; o++)
            for (var i = 0; i < weights.Inputs; i++)
                weights[o, i] *= factor;
    }

    static IEnumerable<int> Sizes(INetwork network, int layer) => network.Parameters.Tensors.Where(tensor => tensor.Layer == layer).Take(4).Select(tensor => tensor.Length);

    static double[] Values(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return Array.ConvertAll(values, value => (double)value);
    }

    static double[][] Rows(float[] values, int width, int count) => [.. values.Chunk(width).Take(count).Select(row => Array.ConvertAll(row, value => (double)value))];

    static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    static double Squares(double[] values) => values.Sum(Square);

    static double Square(double value) => value * value;

    static void AssertClose(string what, double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-4 * expected + 1e-12, $"{what}: expected {expected:R}, got {actual:R}");
}
