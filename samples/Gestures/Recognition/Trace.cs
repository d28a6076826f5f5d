using GenNet;

namespace Gestures;

/// <summary>What a network makes of a drawing, step by step.</summary>
sealed class Trace
{
    readonly float[] _probabilities = new float[Drawing.StepCount * GestureNet.OutputSize];
    readonly float[] _states = new float[Drawing.StepCount * GestureNet.Units];

    public Trace(GestureNet net, Drawing drawing)
    {
        Drawing = drawing;
        var state = net.CreateState();
        for (var step = 0; step < Drawing.StepCount; step++)
        {
            net.Forward(drawing.Step(step), state, _probabilities.AsSpan(step * GestureNet.OutputSize, GestureNet.OutputSize));
            GestureNet.Remembered(state).CopyTo(_states.AsSpan(step * GestureNet.Units));
        }
        while (RecognisedAt > 0 && AnswerAfter(RecognisedAt) == Answer)
            RecognisedAt--;
        RecognisedAt++;
    }

    public Drawing Drawing { get; }

    /// <summary>After the last step.</summary>
    public Gesture Answer => AnswerAfter(Drawing.StepCount);

    public bool IsRight => Answer == Drawing.Gesture;

    /// <summary>After how many steps the answer stood.</summary>
    public int RecognisedAt { get; } = Drawing.StepCount;

    /// <summary>How much of the gesture was drawn by then, from 0 to 1.</summary>
    public double ShareAtRecognition => Math.Clamp((double)(RecognisedAt - Drawing.First) / (Drawing.End - Drawing.First), 0, 1);

    /// <summary>The answer after some steps, at least 1.</summary>
    public Gesture AnswerAfter(int steps) => (Gesture)Metrics.ArgMax(Probabilities(steps - 1));

    /// <summary>The gestures' probabilities after step <paramref name="step"/>, from 0.</summary>
    public ReadOnlySpan<float> Probabilities(int step) => _probabilities.AsSpan(step * GestureNet.OutputSize, GestureNet.OutputSize);

    /// <summary>What the GRU remembers after step <paramref name="step"/>, from 0: <see cref="GestureNet.Units"/> numbers from −1 to 1.</summary>
    public ReadOnlySpan<float> State(int step) => _states.AsSpan(step * GestureNet.Units, GestureNet.Units);
}
