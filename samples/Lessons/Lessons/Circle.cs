using GenNet;

namespace Lessons;

/// <summary>Points in a square, half of them in a circle around its centre: the two classes.</summary>
static class Circle
{
    public static Dataset Draw(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var inputs = new float[2 * count];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (3.4 * random.NextDouble() - 1.7, 3.4 * random.NextDouble() - 1.7);
            (inputs[2 * i], inputs[2 * i + 1]) = ((float)x, (float)y);
            labels[i] = x * x + y * y < 1.84 ? 1 : 0;
        }
        return new Dataset(inputs, 2, labels, 2);
    }
}
