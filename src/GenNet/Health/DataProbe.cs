using GenNet.Kernels;

namespace GenNet;

/// <summary>Measures how large the inputs or the targets of a training are.</summary>
/// <param name="width">Numbers a sample.</param>
/// <param name="features">Numbers of a position.</param>
/// <param name="indices">Which of these are indices, whose size says nothing.</param>
sealed unsafe class DataProbe(int width, int features, IndexFeature[] indices)
{
    /// <summary>Rows that are measured at most.</summary>
    const int MeasuredRows = 32;

    /// <summary>Standardised numbers have a root mean square of 1; gradients grow with that of the inputs and with the targets'.</summary>
    const double Unscaled = 10;

    /// <summary>The number with the largest root mean square over the rows measured.</summary>
    public int Largest { get; private set; }

    /// <summary>That root mean square; NaN before the first measurement.</summary>
    public double Size { get; private set; } = double.NaN;

    /// <summary>Whether the numbers were never standardised.</summary>
    public bool IsUnscaled => Size > Unscaled;

    /// <summary>Measures the last rows of a batch, of those of its last part.</summary>
    public void Measure(float* values, int rows)
    {
        var measured = Math.Min((rows - 1) % SampleParts.Samples + 1, MeasuredRows);
        values += (nint)(rows - measured) * width;
        var largest = 0.0;
        for (var i = 0; i < width; i++)
        {
            if (IsIndex(i % features))
                continue;
            var squares = 0.0;
            for (var row = 0; row < measured; row++)
                squares += (double)values[(nint)row * width + i] * values[(nint)row * width + i];
            if (squares > largest)
                (largest, Largest) = (squares, i);
        }
        Size = Math.Sqrt(largest / measured);
    }

    /// <summary>What was measured, for other ranks.</summary>
    public void Write(Span<double> measured) => (measured[0], measured[1]) = (Largest, Size);

    /// <summary>What another rank measured.</summary>
    public void Read(ReadOnlySpan<double> measured) => (Largest, Size) = ((int)measured[0], measured[1]);

    bool IsIndex(int feature)
    {
        foreach (var index in indices)
            if (index.Feature == feature)
                return true;
        return false;
    }
}
