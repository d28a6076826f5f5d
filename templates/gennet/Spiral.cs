namespace Gen.Net._1;

/// <summary>Points on two arms that wind around each other.</summary>
static class Spiral
{
    /// <summary>Makes points with the arms they lie on.</summary>
    /// <param name="random">Where on the arms they lie.</param>
    /// <param name="points">[points, 2] coordinates from −1 to 1, written.</param>
    /// <param name="arms">[points] 0 or 1, written.</param>
    public static void Fill(Random random, Span<float> points, Span<int> arms)
    {
        for (var i = 0; i < arms.Length; i++)
        {
            arms[i] = i % 2;
            var radius = MathF.Sqrt(random.NextSingle());
            var angle = MathF.Tau * radius + MathF.PI * arms[i];
            points[2 * i] = radius * MathF.Cos(angle);
            points[2 * i + 1] = radius * MathF.Sin(angle);
        }
    }
}
