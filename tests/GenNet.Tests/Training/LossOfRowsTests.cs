namespace GenNet.Tests.Training;

// Outputs of every number of vectors and lanes; each loss that is computed row by row, in fours or in columns.
[Network(3, 4, 1, Loss = Loss.MeanSquaredError)]
public sealed partial class OneOutput;

[Network(3, 4, 2, Loss = Loss.Huber)]
public sealed partial class TwoOutputs;

[Network(3, 4, 3, Loss = Loss.MeanAbsoluteError)]
public sealed partial class ThreeOutputs;

[Network(3, 4, 4, Output = Activation.Tanh, Loss = Loss.MeanSquaredError)]
public sealed partial class FourOutputs;

[Network(3, 4, 5, Output = Activation.GELU, Loss = Loss.MeanSquaredError)]
public sealed partial class FiveOutputs;

[Network(3, 4, 3, Output = Activation.GELU, Loss = Loss.MeanSquaredError)]
public sealed partial class ThreeCurvedOutputs;

[Network(3, 4, 1, Output = Activation.Sigmoid)]
public sealed partial class OneProbability;

[Network(3, 4, 3, Output = Activation.Sigmoid)]
public sealed partial class ThreeProbabilities;

[Network(3, 4, 17, Output = Activation.Sigmoid)]
public sealed partial class ManyProbabilities;

[Network(3, 4, 3, Output = Activation.Softmax)]
public sealed partial class ThreeClasses;

[Network(3, 4, 3, Output = Activation.Softmax, Loss = Loss.MeanSquaredError)]
public sealed partial class ThreeShares;

/// <summary>A sample's loss and gradient do not depend on which of its batch's rows it is.</summary>
public sealed class LossOfRowsTests
{
    const int MostRows = 21;

    static readonly Type[] Types =
    [
        typeof(OneOutput), typeof(TwoOutputs), typeof(ThreeOutputs), typeof(ThreeCurvedOutputs), typeof(FourOutputs), typeof(FiveOutputs),
        typeof(OneProbability), typeof(ThreeProbabilities), typeof(ManyProbabilities), typeof(ThreeClasses), typeof(ThreeShares),
    ];

    public static TheoryData<string> Networks => [.. Types.Select(type => type.Name)];

    [Theory, MemberData(nameof(Networks))]
    public void Rows_that_change_places_keep_their_bits(string name)
    {
        var network = Create(name);
        var random = new RandomStream(3);
        for (var rows = 1; rows <= MostRows; rows++)
            foreach (var weighs in new[] { false, true })
            {
                var (x, y) = Samples(network, rows, random);
                float[] weights = weighs ? [.. Enumerable.Range(0, rows).Select(_ => 0.5f + random.NextSingle())] : [];
                var expected = InputGradients(network, x, y, weights, out var loss);
                for (var turn = 1; turn < rows; turn++)
                {
                    var gradients = InputGradients(network, Turned(x, turn, rows), Turned(y, turn, rows), weighs ? Turned(weights, turn, rows) : [], out var lossOfTurned);
                    Assert.Equal(Turned(expected, turn, rows), gradients);
                    Assert.Equal(loss, lossOfTurned, loss * 1e-6);
                }
            }
    }

    [Theory, MemberData(nameof(Networks))]
    public void A_row_that_is_repeated_has_the_loss_of_the_row_alone(string name)
    {
        var network = Create(name);
        var random = new RandomStream(4);
        for (var trial = 0; trial < 200; trial++)
        {
            var (x, y) = Samples(network, 1, random);
            float[] weights = trial % 2 == 0 ? [] : [0.5f + random.NextSingle()];
            InputGradients(network, x, y, weights, out var expected);

            // Means of so many equal numbers are exact.
            foreach (var rows in new[] { 2, 4, 8, 16 })
            {
                InputGradients(network, Repeated(x, rows), Repeated(y, rows), Repeated(weights, rows), out var loss);
                Assert.Equal(expected, loss);
            }
        }
    }

    static INetwork Create(string name) => (INetwork)Activator.CreateInstance(Array.Find(Types, type => type.Name == name)!, 5UL)!;

    static (float[] X, float[] Y) Samples(INetwork network, int rows, RandomStream random)
    {
        float[] x = [.. Enumerable.Range(0, rows * network.InputSize).Select(_ => 2 * random.NextSingle() - 1)];
        float[] y = [.. Enumerable.Range(0, rows * network.OutputSize).Select(_ => random.NextSingle())];
        if (network is ThreeClasses)
            for (var row = 0; row < rows; row++)
            {
                var of = y.AsSpan(3 * row, 3);
                var sum = of[0] + of[1] + of[2];
                (of[0], of[1]) = (of[0] / sum, of[1] / sum);
                of[2] = 1 - of[0] - of[1];
            }
        return (x, y);
    }

    static float[] InputGradients(INetwork network, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> weights, out float loss)
    {
        var trainer = network.CreateTrainer(new Sgd(0.1f), MostRows, inputGradients: true);
        loss = trainer.Backward(x, y, weights);
        return trainer.InputGradients.ToArray();
    }

    static float[] Repeated(float[] values, int times) => [.. Enumerable.Repeat(values, times).SelectMany(same => same)];

    static float[] Turned(float[] values, int turn, int rows)
    {
        var width = values.Length / rows;
        return [.. values[(turn * width)..], .. values[..(turn * width)]];
    }
}
