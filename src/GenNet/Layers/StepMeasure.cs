using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>
/// What is measured of a layer that goes through sequences, on its way back: the state behind each step, its gradient, and how much of that comes out at the state before.
/// Of one direction, in the order in which it goes.
/// </summary>
/// <param name="samples">Samples that the layer has memory for.</param>
/// <param name="steps">Steps of a sequence.</param>
/// <param name="units">Values of the state.</param>
sealed class StepMeasure(int samples, int steps, int units)
{
    /// <summary>Samples that are measured at most: the first of each part of a batch, of which the last counts.</summary>
    const int MeasuredSamples = 32;

    readonly StepOfSample[] _steps = new StepOfSample[Places(samples) * steps];
    readonly float[] _before = new float[Places(samples) * units];

    /// <summary>Whether the next way back is measured.</summary>
    public bool IsOn { get; set; }

    /// <summary>Steps of a sequence.</summary>
    public int Steps => steps;

    /// <summary>Whether a sample in memory is measured.</summary>
    public static bool Takes(int sample) => sample % SampleParts.Samples < MeasuredSamples;

    /// <summary>The samples in memory that are measured of the last part: the same whatever else is in memory.</summary>
    /// <param name="rows">Samples in memory, whose first begins a part.</param>
    public static (int First, int End) LastPart(int rows)
    {
        var first = (rows - 1) / SampleParts.Samples * SampleParts.Samples;
        return (first, Math.Min(rows, first + MeasuredSamples));
    }

    /// <summary>A step of a sample that is measured.</summary>
    public ref StepOfSample this[int sample, int step] => ref _steps[Place(sample) * steps + step];

    /// <summary>Room for ∂L/∂h before a step, as it is without what comes from the step.</summary>
    public Span<float> Before(int sample) => _before.AsSpan(Place(sample) * units, units);

    static int Place(int sample) => sample / SampleParts.Samples * MeasuredSamples + sample % SampleParts.Samples;

    static int Places(int samples) => (samples - 1) / SampleParts.Samples * MeasuredSamples + Math.Min((samples - 1) % SampleParts.Samples + 1, MeasuredSamples);

    /// <summary>Squares of norms. Of the gradient that goes back there is none where the state before is forgotten.</summary>
    public struct StepOfSample
    {
        /// <summary>Whether the sequence has this step.</summary>
        public bool IsThere;

        /// <summary>h behind the step.</summary>
        public double State;

        /// <summary>∂L/∂h.</summary>
        public double Gradient;

        /// <summary>∂L/∂h and ∂L/∂cell, which go back through the step.</summary>
        public double Taken;

        /// <summary>What of them comes out at h and the cell before.</summary>
        public double Passed;
    }
}
