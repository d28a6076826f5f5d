using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

/// <summary>Small random data for <see cref="SmallClassifier"/>: three classes, the last half as common, hard to tell apart.</summary>
static class FitSamples
{
    public static Dataset Create(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var inputs = new float[count * 5];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = random.NextInt32(5) / 2;
            for (var k = 0; k < 5; k++)
                inputs[i * 5 + k] = (float)(random.NextNormal() + (k == labels[i] ? 0.8 : 0));
        }
        return new Dataset(inputs, 5, labels, 3);
    }
}
