using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace GenNet.Benchmarks;

/// <summary><c>plain</c>: one sample of a network against loops over floats, which show what a process without hardware vectors could do.</summary>
static class PlainCommand
{
    const int Turns = 30;
    const int Calls = 200;

    public static Command Create()
    {
        var command = new Command("plain", "Prints how many times as long one sample of 32→64→64→8 takes as with loops over arrays of floats, in this process.");
        command.SetAction(_ =>
        {
            var net = new ReLU32x64x64x8(1);
            float[] input = [.. Enumerable.Range(0, 32).Select(i => i * 7 % 11 / 11f)], output = new float[8];
            float[][] weights = [.. new[] { (32, 64), (64, 64), (64, 8) }.Select(size => Enumerable.Range(0, size.Item1 * size.Item2).Select(i => i * 5 % 13 / 130f).ToArray())];
            float[][] layers = [input, new float[64], new float[64], new float[8]];
            var (gennet, plain) = (double.MaxValue, double.MaxValue);
            for (var turn = 0; turn < Turns; turn++)
            {
                gennet = Math.Min(gennet, Time(() => net.Forward(input, output)));
                plain = Math.Min(plain, Time(() => Forward(weights, layers)));
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GenNet {gennet:0} ns, plain loops {plain:0} ns"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gennet / plain:0.00}"));
        });
        return command;
    }

    static void Forward(float[][] weights, float[][] layers)
    {
        for (var l = 0; l < weights.Length; l++)
        {
            float[] x = layers[l], a = layers[l + 1], w = weights[l];
            a.AsSpan().Clear();
            for (var i = 0; i < x.Length; i++)
                for (var o = 0; o < a.Length; o++)
                    a[o] += x[i] * w[i * a.Length + o];
            for (var o = 0; o < a.Length; o++)
                a[o] = Math.Max(0, a[o]);
        }
    }

    /// <summary>Nanoseconds a call.</summary>
    static double Time(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
    }
}
