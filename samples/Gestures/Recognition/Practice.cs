using GenNet;

namespace Gestures;

/// <summary>Teaches a network gestures: it sees each example many times, up to some moment of its drawing and turned anyhow, so that it learns to tell what is not finished.</summary>
static class Practice
{
    public const int Updates = 3000, BatchSize = 32;

    /// <param name="examples">Drawings to learn from.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="random">What is seen of which example follows from it.</param>
    public static GestureNet Teach(IReadOnlyList<Drawing> examples, ulong seed, RandomStream random)
    {
        var net = new GestureNet(seed);
        var trainer = net.CreateTrainer(new Adam(learningRate: 0.01), BatchSize);
        trainer.Schedule = new CosineSchedule(Updates);
        trainer.MaxGradientNorm = 1;
        var (windows, lengths, labels) = (new float[BatchSize * GestureNet.InputSize], new int[BatchSize], new int[BatchSize]);
        var sequences = new Sequences { Lengths = lengths };
        for (var update = 0; update < Updates; update++)
        {
            for (var i = 0; i < BatchSize; i++)
            {
                var example = examples[random.NextInt32(examples.Count)];
                lengths[i] = See(example, ref random, windows.AsSpan(i * GestureNet.InputSize, GestureNet.InputSize));
                labels[i] = (int)example.Gesture;
            }
            trainer.Step(windows, labels, sequences);
        }
        return net;
    }

    /// <summary>What a stream has seen of a drawing at some moment, of its first step at least, turned and perhaps mirrored. Returns the number of these steps; zeros stand behind them.</summary>
    public static int See(Drawing drawing, ref RandomStream random, Span<float> window)
    {
        var steps = drawing.First + 1 + random.NextInt32(Drawing.StepCount - drawing.First);
        var (turn, mirror) = (random.NextDouble(), random.NextInt32(2) == 0 ? -1 : 1);
        var (cosine, sine) = (Turns.Cosine(turn), Turns.Sine(turn));
        window.Clear();
        for (var i = 0; i < steps * Pen.Features; i += Pen.Features)
        {
            var (x, y) = (mirror * drawing.Steps[i], drawing.Steps[i + 1]);
            window[i] = (float)(cosine * x - sine * y);
            window[i + 1] = (float)(sine * x + cosine * y);
            window[i + 2] = drawing.Steps[i + 2];
        }
        return steps;
    }
}
