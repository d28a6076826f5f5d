namespace GenNet.Interop;

/// <summary>Points on three spiral arms, one class each.</summary>
static class Spirals
{
    const int Arms = 3;

    /// <summary>Inputs [count, 2] and their labels.</summary>
    public static (float[] Inputs, int[] Labels) Draw(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var (inputs, labels) = (new float[2 * count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = random.NextInt32(Arms);
            var radius = 2 * random.NextDouble();
            var angle = 2 * radius + 2 * Math.PI * labels[i] / Arms + 0.1 * random.NextNormal();
            (inputs[2 * i], inputs[2 * i + 1]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
        }
        return (inputs, labels);
    }
}
