using System.Collections.Concurrent;
using Fashion;

namespace Gestures;

/// <summary>Recognises what is drawn by mouse in the terminal, while it is drawn.</summary>
static class MouseView
{
    static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(40);

    /// <summary>After so many steps in the air the next stroke begins another gesture.</summary>
    const int StepsBetweenGestures = 20;

    /// <summary>Says why there is no mouse, before anything is learnt.</summary>
    /// <exception cref="UserErrorException">There is no terminal that could have one.</exception>
    public static void RequireTerminal()
    {
        if (Console.IsInputRedirected || !Screen.IsThere)
            throw new UserErrorException("--mouse takes a terminal of at least 80 × 24 cells, with neither input nor output redirected.");
    }

    public static void Run(GestureNet net) => Screen.Use(interrupted =>
    {
        // Not disposed of: the thread waits for a key until the program ends.
        var quit = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var reports = new ConcurrentQueue<MouseReport>();
        new Thread(() => ReadKeys(reports, quit)) { IsBackground = true }.Start();
        Console.Out.Write(MouseReader.Begin);
        try
        {
            Recognise(net, reports, quit.Token);
        }
        finally
        {
            Console.Out.Write(MouseReader.End);
            Console.Out.Flush();
        }
    });

    static void ReadKeys(ConcurrentQueue<MouseReport> reports, CancellationTokenSource quit)
    {
        var reader = new MouseReader();
        while (!quit.IsCancellationRequested)
        {
            var key = Console.ReadKey(intercept: true).KeyChar;
            if (key == 'q')
                quit.Cancel();
            else if (reader.Read(key) is { } report)
                reports.Enqueue(report);
        }
    }

    static void Recognise(GestureNet net, ConcurrentQueue<MouseReport> reports, CancellationToken quit)
    {
        var (state, mouse, pen, points) = (net.CreateState(), new MousePen(), new Pen(), new List<PenPoint>());
        var (step, probabilities) = (new float[Pen.Features], new float[GestureNet.OutputSize]);
        var inAir = StepsBetweenGestures;
        do
        {
            while (reports.TryDequeue(out var report))
                mouse.Report(report);
            var point = mouse.Next();
            if (point.Draws && inAir >= StepsBetweenGestures)
            {
                state.Reset();
                points.Clear();
            }
            inAir = point.Draws ? 0 : inAir + 1;
            if (inAir < StepsBetweenGestures)
            {
                points.Add(point);
                pen.Move(point, step);
                net.Forward(step, state, probabilities);
            }
            Screen.Show(
                points.Count == 0 ? "Draw a circle, an eight, a zigzag or a cross here, in two seconds or so" : $"{points.Count} steps: {((Gesture)GenNet.Metrics.ArgMax(probabilities)).Name()}?",
                "Hold the left button to draw; q ends",
                points,
                probabilities,
                GestureNet.Remembered(state));
        }
        while (!quit.WaitHandle.WaitOne(StepTime));
    }
}
