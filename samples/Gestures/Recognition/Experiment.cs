using System.Diagnostics;
using GenNet;

namespace Gestures;

/// <summary>A network that has learnt from some drawings, and what it makes of others.</summary>
sealed class Experiment
{
    public const int TestCount = 400;

    /// <summary>The parts of a gesture at which one looks: 5 % to 100 %.</summary>
    public static IReadOnlyList<double> Shares { get; } = [.. Enumerable.Range(1, 20).Select(part => part / 20.0)];

    Experiment(ulong seed, int examples)
    {
        // Streams of their own: no test drawing has been seen in training.
        var random = new RandomStream(seed);
        (Seed, Examples) = (seed, Drawings.Draw(examples, random.Split(1)));
        var start = Stopwatch.GetTimestamp();
        Network = Practice.Teach(Examples, seed, random.Split(3));
        TrainSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Traces = [.. Drawings.Draw(TestCount, random.Split(2)).Select(drawing => new Trace(Network, drawing))];
    }

    /// <summary>Draws, trains and tests.</summary>
    /// <param name="seed">All follows from it.</param>
    /// <param name="examples">Drawings to learn from.</param>
    public static Experiment Run(ulong seed, int examples) => new(seed, examples);

    public ulong Seed { get; }

    public IReadOnlyList<Drawing> Examples { get; }

    public GestureNet Network { get; }

    public double TrainSeconds { get; }

    /// <summary>Of the test drawings.</summary>
    public IReadOnlyList<Trace> Traces { get; }

    public int Correct => Traces.Count(trace => trace.IsRight);

    public double Accuracy => (double)Correct / Traces.Count;

    /// <summary>The share that is told right when a share of each gesture, above 0, is drawn.</summary>
    public double AccuracyAt(double share) => Traces.Average(trace => trace.AnswerAfter(trace.Drawing.StepsAt(share)) == trace.Drawing.Gesture ? 1.0 : 0);

    /// <summary>How much of a gesture is drawn when the answer stands, of those that are told right: the median.</summary>
    public double ShareAtRecognition => Median([.. Traces.Where(trace => trace.IsRight).Select(trace => trace.ShareAtRecognition)]);

    /// <summary>The middle one, or between the two in the middle; NaN of none.</summary>
    public static double Median(double[] values)
    {
        if (values.Length == 0)
            return double.NaN;
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
