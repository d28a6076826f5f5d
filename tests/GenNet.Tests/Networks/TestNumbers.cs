namespace GenNet.Tests.Networks;

/// <summary>Seeded data for tests.</summary>
static class TestNumbers
{
    /// <summary>Numbers from −½ to ½.</summary>
    public static float[] Create(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = random.NextSingle() - 0.5f;
        return numbers;
    }
}
