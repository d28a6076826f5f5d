using System.Diagnostics;

namespace GenNet.Benchmarks;

/// <summary>Someone who is timed slice by slice.</summary>
abstract class Contender(string name)
{
    readonly List<double> _nanoseconds = [];

    public string Name => name;

    public double Min => _nanoseconds.Min();

    public double Median
    {
        get
        {
            var sorted = _nanoseconds.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>Works for about that long and returns the nanoseconds a call took.</summary>
    public abstract double Run(double sliceNanoseconds);

    public void Measure(double sliceNanoseconds) => _nanoseconds.Add(Run(sliceNanoseconds));
}

/// <summary>Code of this process. <paramref name="prepare"/> returns what makes a number of calls.</summary>
sealed class LocalContender(string name, Func<Action<long>> prepare) : Contender(name)
{
    long _count = 1;

    public override double Run(double sliceNanoseconds)
    {
        var calls = prepare();
        calls(1);
        var start = Stopwatch.GetTimestamp();
        calls(_count);
        var perCall = Stopwatch.GetElapsedTime(start).TotalNanoseconds / _count;
        _count = Math.Max(1, (long)(sliceNanoseconds / perCall));
        return perCall;
    }
}
