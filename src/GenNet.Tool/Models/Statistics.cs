namespace GenNet.Tool.Models;

/// <summary>Statistics of numbers.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation, of all of them and not of a sample.</param>
/// <param name="NotFinite">How many are NaN or infinite.</param>
readonly record struct Statistics(double Minimum, double Maximum, double Mean, double Deviation, int NotFinite)
{
    public static Statistics Of(ReadOnlySpan<float> values)
    {
        var (minimum, maximum, sum, notFinite) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0);
        foreach (var value in values)
        {
            (minimum, maximum, sum) = (Math.Min(minimum, value), Math.Max(maximum, value), sum + value);
            notFinite += float.IsFinite(value) ? 0 : 1;
        }
        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return new(minimum, maximum, mean, Math.Sqrt(squares / values.Length), notFinite);
    }
}
