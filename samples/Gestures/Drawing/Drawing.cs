namespace Gestures;

/// <summary>A gesture as a pen draws it, step by step: quiet at first, then the gesture, then quiet again.</summary>
sealed class Drawing
{
    public const int StepCount = 64;

    readonly float[] _steps = new float[StepCount * Pen.Features];

    /// <param name="gesture">What is drawn.</param>
    /// <param name="points">[<see cref="StepCount"/>] where the pen is at each step.</param>
    /// <param name="first">The step, from 0, with which the gesture begins.</param>
    /// <param name="end">The step behind its last.</param>
    public Drawing(Gesture gesture, IReadOnlyList<PenPoint> points, int first, int end)
    {
        (Gesture, Points, First, End) = (gesture, points, first, end);
        var pen = new Pen();
        for (var step = 0; step < StepCount; step++)
            pen.Move(points[step], _steps.AsSpan(step * Pen.Features, Pen.Features));
    }

    public Gesture Gesture { get; }

    public IReadOnlyList<PenPoint> Points { get; }

    public int First { get; }

    public int End { get; }

    /// <summary>[<see cref="StepCount"/>, <see cref="Pen.Features"/>] the whole sequence.</summary>
    public ReadOnlySpan<float> Steps => _steps;

    public ReadOnlySpan<float> Step(int step) => _steps.AsSpan(step * Pen.Features, Pen.Features);

    /// <summary>How many steps there have been when a share of the gesture, above 0, is drawn.</summary>
    public int StepsAt(double share) => First + (int)Math.Ceiling(share * (End - First));
}
