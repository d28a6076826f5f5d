using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class DivergenceTests
{
    [Fact]
    public void Names_the_layer_whose_activations_overflow_first()
    {
        // At the very first step: the weights of layer 2 are finite, what they make of their inputs is not.
        var network = new Regressor(1);
        network.Layer2.Biases[7] = float.MaxValue;
        for (var input = 0; input < 70; input++)
            network.Layer2.Weights[7, input] = 1e38f;
        var exception = Diverge(network, Numbers(4 * 40), new float[8]);
        Assert.Equal((1L, 2), (exception.Step, exception.Layer));
        Assert.Contains("in step 1. It begins in layer 2: the activation of unit 7 is", exception.Message, StringComparison.Ordinal);
        Assert.Contains("The weights are as they were before it; lower the learning rate, clip the gradients", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Names_the_layer_whose_weights_are_not_finite(float value)
    {
        var network = new Regressor(1);
        network.Layer2.Weights[3, 5] = value;
        var exception = Diverge(network, Numbers(4 * 40), new float[8]);
        Assert.Equal(2, exception.Layer);
        Assert.Contains($"It begins in layer 2: element {3 * 70 + 5} of its 2.weight [33, 70] is {value}, since the last update or before.", exception.Message, StringComparison.Ordinal);

        network = new Regressor(1);
        network.Layer3.Biases[1] = value;
        Assert.Equal(3, Diverge(network, Numbers(4 * 40), new float[8]).Layer);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(140)]
    [InlineData(299)]
    public void Names_the_sample_wherever_it_is_in_a_large_batch(int sample)
    {
        var inputs = Numbers(300 * 40);
        inputs.AsSpan(sample * 40, 40).Fill(3e38f);
        var exception = Diverge(new Regressor(1), inputs, new float[600]);
        Assert.Equal(1, exception.Layer);
        Assert.Contains($"for sample {sample}. ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_sample_that_diverges_changes_nothing_and_names_the_layer()
    {
        var network = new SmallClassifier(1);
        network.Layer2.Biases[1] = float.PositiveInfinity;
        var hash = network.Hash();
        var trainer = network.CreateTrainer(new Sgd(0.1), 1);
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Step([1, 2, 3, 4, 5], new[] { 0 }));
        Assert.Equal((1L, 2), (exception.Step, exception.Layer));
        Assert.Equal((hash, 0L, 0L), (network.Hash(), trainer.StepCount, trainer.BatchCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_class_that_is_impossible_and_that_no_label_names_takes_no_part(int samples)
    {
        var network = new SmallClassifier(1);
        network.Layer2.Biases[1] = float.NegativeInfinity;
        var inputs = Numbers(samples * 5);
        var labels = Enumerable.Range(0, samples).Select(sample => sample % 2 * 2).ToArray();
        var expected = labels.Select((label, sample) =>
        {
            var probabilities = new float[3];
            network.Forward(inputs.AsSpan(sample * 5, 5), probabilities);
            return -Math.Log(probabilities[label]);
        }).Average();
        Assert.Equal(expected, network.CreateTrainer(new Sgd(0.1), samples).Step(inputs, labels), 1e-5);
    }

    [Fact]
    public void Names_no_layer_where_only_the_loss_overflows()
    {
        var targets = new float[8];
        targets[2] = 1e30f;
        var exception = Diverge(new Regressor(1), Numbers(4 * 40), targets);
        Assert.Null(exception.Layer);
        Assert.Contains("All activations are finite, but the loss of them is too large for a number.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_normalisation_whose_scale_is_not_finite()
    {
        var network = new NormalizedClassifier(1);
        network.Layer2.Scales[3] = float.PositiveInfinity;
        var exception = Assert.Throws<TrainingDivergedException>(() => network.CreateTrainer(new Sgd(0.1), 4).Step(Numbers(4 * 5), new[] { 0, 1, 2, 0 }));
        Assert.Equal(2, exception.Layer);
    }

    [Fact]
    public void Ends_a_fit_before_the_step_that_diverges()
    {
        var network = new Regressor(1);
        var trainer = network.CreateTrainer(new Sgd(1e30), 4);
        var data = new Dataset(Numbers(12 * 40), 40, Numbers(24), 2);
        var state = new FitState();
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(data, null, state));
        Assert.Equal((2L, 1L, 1), (exception.Step, trainer.StepCount, state.StepsDone));

        // The weights are those after the first step.
        var other = new Regressor(1);
        var otherTrainer = other.CreateTrainer(new Sgd(1e30), 4);
        foreach (var batch in data.Shuffled(new RandomStream(0).Split(1UL).Key).Batches(4))
        {
            otherTrainer.Step(batch);
            break;
        }
        Assert.Equal(other.Hash(), network.Hash());
    }

    static TrainingDivergedException Diverge(Regressor network, float[] inputs, float[] targets)
    {
        var hash = network.Hash();
        var trainer = network.CreateTrainer(new Adam(), targets.Length / 2);
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Step(inputs, targets));
        Assert.Equal((hash, 0), (network.Hash(), trainer.StepCount));
        Assert.False(double.IsFinite((double)exception.OffendingNumber!));
        return exception;
    }

    static float[] Numbers(int count)
    {
        var random = new RandomStream(9);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = random.NextSingle();
        return numbers;
    }
}
