using Gestures;
using GenNet.Simd;
using GenNet.Tests.Documentation;

namespace GenNet.Tests.Samples;

/// <summary>What the network of samples/Gestures learns from 200 drawings.</summary>
public class GestureTests
{
    static readonly Lazy<Experiment> First = new(() => Experiment.Run(seed: 1, examples: 200));

    [Fact]
    public void Two_hundred_drawings_are_enough()
    {
        Experiment[] experiments = [First.Value, .. Enumerable.Range(2, 4).Select(seed => Experiment.Run((ulong)seed, examples: 200))];
        var accuracies = experiments.Select(experiment => experiment.Accuracy).ToArray();
        Assert.True(Experiment.Median(accuracies) >= 0.95, string.Join(", ", accuracies));

        // What is half drawn is told too, and what is hardly begun is not.
        Assert.True(Experiment.Median([.. experiments.Select(experiment => experiment.AccuracyAt(0.5))]) >= 0.9);
        Assert.All(experiments, experiment => Assert.InRange(experiment.AccuracyAt(0.05), 0.2, 0.4));

        // The page has the same figures.
        if (SimdWidth.HasFusedMultiplyAdd)
            Assert.All(experiments, experiment => Assert.Contains(
                FormattableString.Invariant($"| {experiment.Seed} | {experiment.Accuracy:F4} | {experiment.AccuracyAt(0.5):F4} |"),
                Repository.Read("docs/gestures.md"),
                StringComparison.Ordinal));
    }

    [Fact]
    public void No_test_drawing_has_been_learnt()
    {
        var learnt = First.Value.Examples.Select(Key).ToHashSet();
        Assert.Equal(200, learnt.Count);
        Assert.DoesNotContain(First.Value.Traces, trace => learnt.Contains(Key(trace.Drawing)));

        static string Key(Drawing drawing) => string.Join(" ", drawing.Steps.ToArray());
    }

    [Fact]
    public void Whole_sequences_of_any_length_have_the_bits_of_their_steps()
    {
        var probabilities = new float[GestureNet.OutputSize];
        foreach (var trace in First.Value.Traces)
            for (var steps = 1; steps <= Drawing.StepCount; steps++)
            {
                First.Value.Network.Forward(trace.Drawing.Steps[..(steps * Pen.Features)], probabilities);
                Assert.Equal(trace.Probabilities(steps - 1), probabilities);
            }
    }

    /// <summary>All test drawings side by side, as those of so many players.</summary>
    [Fact]
    public void A_crowd_has_the_bits_of_each_alone()
    {
        var (net, traces) = (First.Value.Network, First.Value.Traces);
        var crowd = net.CreateState(traces.Count);
        var (steps, outputs) = (new float[traces.Count * Pen.Features], new float[traces.Count * GestureNet.OutputSize]);
        for (var step = 0; step < Drawing.StepCount; step++)
        {
            for (var i = 0; i < traces.Count; i++)
                traces[i].Drawing.Step(step).CopyTo(steps.AsSpan(i * Pen.Features));
            net.ForwardBatch(steps, crowd, outputs);
            for (var i = 0; i < traces.Count; i++)
                Assert.Equal(traces[i].Probabilities(step), outputs.AsSpan(i * GestureNet.OutputSize, GestureNet.OutputSize));
        }
    }

    /// <summary>The report's picture is of the numbers that the answer follows from.</summary>
    [Fact]
    public void What_is_remembered_gives_the_probabilities()
    {
        var dense = First.Value.Network.Layer4;
        foreach (var trace in First.Value.Traces.Take(8))
            for (var step = 0; step < Drawing.StepCount; step++)
            {
                var logits = new double[GestureNet.OutputSize];
                for (var gesture = 0; gesture < logits.Length; gesture++)
                {
                    logits[gesture] = dense.Biases[gesture];
                    for (var unit = 0; unit < GestureNet.Units; unit++)
                        logits[gesture] += dense.Weights[gesture, unit] * trace.State(step)[unit];
                }
                var sum = logits.Sum(Math.Exp);
                for (var gesture = 0; gesture < logits.Length; gesture++)
                    Assert.Equal(Math.Exp(logits[gesture]) / sum, trace.Probabilities(step)[gesture], 1e-5);
            }
    }

    [Fact]
    public void An_answer_stands_from_the_step_on_that_is_said()
    {
        foreach (var trace in First.Value.Traces)
        {
            Assert.All(Enumerable.Range(trace.RecognisedAt, Drawing.StepCount - trace.RecognisedAt + 1), steps => Assert.Equal(trace.Answer, trace.AnswerAfter(steps)));
            Assert.True(trace.RecognisedAt == 1 || trace.AnswerAfter(trace.RecognisedAt - 1) != trace.Answer);
            Assert.InRange(trace.ShareAtRecognition, 0, 1);
        }
    }

    /// <summary>The test drawings again, by the mouse of a terminal, which knows no place but its cells.</summary>
    [Fact]
    public void Gestures_drawn_by_mouse_are_recognised()
    {
        var right = First.Value.Traces.Count(trace =>
        {
            var (drawing, mouse) = (trace.Drawing, new MousePen());
            var drawn = drawing.Points.Select(point =>
            {
                mouse.Report(new(
                    (int)Math.Floor((point.X + 1) / 2 * Paper.Columns) + Paper.Left,
                    (int)Math.Floor((point.Y + 1) / 2 * Paper.Rows) + Paper.Top,
                    point.Draws));
                return mouse.Next();
            });
            return new Trace(First.Value.Network, new(drawing.Gesture, [.. drawn], drawing.First, drawing.End)).IsRight;
        });
        Assert.True(right >= 0.9 * First.Value.Traces.Count, $"{right} of {First.Value.Traces.Count}");
    }

    [Fact]
    public void The_median_is_in_the_middle()
    {
        Assert.Equal(2, Experiment.Median([3, 1, 2]));
        Assert.Equal(2.5, Experiment.Median([4, 1, 2, 3]));
        Assert.Equal(double.NaN, Experiment.Median([]));
    }
}
