using System.Diagnostics;
using System.Globalization;

/// <summary>How a peer in C# is timed.</summary>
static class Slices
{
    /// <summary>Prints what was computed, for comparison, and answers every line on standard input (the nanoseconds of a slice) with the nanoseconds that a call took.</summary>
    public static void Answer(IEnumerable<float> outputs, Action<long> run)
    {
        Console.WriteLine(string.Join(' ', outputs.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        var count = 1L;
        while (Console.ReadLine() is { } line)
        {
            var start = Stopwatch.GetTimestamp();
            run(count);
            var perCall = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
            count = Math.Max(1, (long)(double.Parse(line, CultureInfo.InvariantCulture) / perCall));
            Console.WriteLine(perCall.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
