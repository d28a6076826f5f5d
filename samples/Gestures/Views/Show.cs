using System.Globalization;

namespace Gestures;

/// <summary>Shows how drawings are recognised while they are drawn: live on a terminal, in plain lines elsewhere.</summary>
static class Show
{
    static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(40), Pause = TimeSpan.FromSeconds(1);

    public static void Run(IReadOnlyList<Trace> traces)
    {
        if (Screen.IsThere)
            Screen.Use(quit => Animate(traces, quit));
        foreach (var trace in traces)
            WriteLines(trace);
    }

    static void Animate(IReadOnlyList<Trace> traces, CancellationToken quit)
    {
        for (var i = 0; i < traces.Count; i++)
        {
            var (trace, drawing) = (traces[i], traces[i].Drawing);
            for (var steps = 1; steps <= Drawing.StepCount; steps++)
            {
                Screen.Show(
                    $"Drawing {i + 1} of {traces.Count}, step {steps} of {Drawing.StepCount}: {trace.AnswerAfter(steps).Name()}?",
                    "Ctrl+C ends",
                    drawing.Points.Take(steps),
                    trace.Probabilities(steps - 1),
                    trace.State(steps - 1));
                if (quit.WaitHandle.WaitOne(StepTime))
                    return;
            }
            if (quit.WaitHandle.WaitOne(Pause))
                return;
        }
    }

    static void WriteLines(Trace trace)
    {
        const int Every = 8;
        var drawing = trace.Drawing;
        Console.WriteLine($"{drawing.Gesture.Name()}, drawn in steps {drawing.First + 1} to {drawing.End}:");
        for (var steps = Every; steps <= Drawing.StepCount; steps += Every)
        {
            var drawn = Math.Clamp((double)(steps - drawing.First) / (drawing.End - drawing.First), 0, 1);
            Console.WriteLine(Text($"  step {steps,2}, {100 * drawn,3:F0} % drawn:{Probabilities(trace, steps - 1)}   {trace.AnswerAfter(steps).Name()}"));
        }
        Console.WriteLine(trace.IsRight
            ? Text($"  recognised from step {trace.RecognisedAt} on, with {100 * trace.ShareAtRecognition:F0} % drawn")
            : $"  taken for: {trace.Answer.Name()}");
    }

    static string Probabilities(Trace trace, int step)
    {
        var text = "";
        for (var gesture = 0; gesture < GestureNet.OutputSize; gesture++)
            text += Text($"  {((Gesture)gesture).Name()} {trace.Probabilities(step)[gesture]:F2}");
        return text;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
