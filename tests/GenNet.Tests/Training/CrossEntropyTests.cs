using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

[Network(4, 7, Output = Activation.Softmax)]
sealed partial class SevenClasses;

[Network(4, 16, Output = Activation.Softmax)]
sealed partial class SixteenClasses;

[Network(4, 33, Output = Activation.Softmax)]
sealed partial class ThirtyThreeClasses;

[Network(4, 64, Output = Activation.Softmax)]
sealed partial class SixtyFourClasses;

[Network(4, 65, Output = Activation.Softmax)]
sealed partial class SixtyFiveClasses;

/// <summary>Many rows of a few classes are computed in columns, other rows one by one.</summary>
public class CrossEntropyTests
{
    const int MostRows = 40;

    [Theory]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(MostRows)]
    public void Many_rows_have_the_bits_of_single_ones(int rows)
    {
        Compare(new SmallClassifier(1), rows);
        Compare(new SevenClasses(2), rows);
        Compare(new SixteenClasses(3), rows);
        Compare(new ThirtyThreeClasses(4), rows);
        Compare(new SixtyFourClasses(5), rows);
        Compare(new SixtyFiveClasses(6), rows);
    }

    static void Compare(INetwork network, int rows)
    {
        Trainer together = network.CreateTrainer(new Sgd(0.1), MostRows), single = network.CreateTrainer(new Sgd(0.1), MostRows);
        var inputs = TestNumbers.Create(rows * network.InputSize, 3);
        var labels = Enumerable.Range(0, rows).Select(row => row * 13 % network.OutputSize).ToArray();
        var loss = together.Backward(inputs, labels);
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
            sum += single.Accumulate(inputs.AsSpan(row * network.InputSize, network.InputSize), labels.AsSpan(row, 1), rows);
        Assert.Equal(sum, loss, 1e-5);
        Assert.Equal(single.GradientBlock.Hash(), together.GradientBlock.Hash());
    }
}
