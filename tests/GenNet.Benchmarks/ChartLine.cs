namespace GenNet.Benchmarks;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Who is drawn.</param>
/// <param name="Light">Its colour on light.</param>
/// <param name="Dark">Its colour on dark.</param>
/// <param name="IsDashed">Whether it is no measurement.</param>
sealed record ChartLine(string Name, string Light, string Dark, bool IsDashed = false);
