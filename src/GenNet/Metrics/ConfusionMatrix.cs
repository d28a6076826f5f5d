namespace GenNet;

/// <summary>Counts how often samples of each class were predicted to be of each class.</summary>
public sealed class ConfusionMatrix
{
    readonly int[] _counts;

    /// <summary>Starts with no sample.</summary>
    /// <param name="classCount">How many classes there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is not positive.</exception>
    public ConfusionMatrix(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ClassCount = classCount;
        _counts = new int[checked(classCount * classCount)];
    }

    /// <summary>How many classes there are.</summary>
    public int ClassCount { get; }

    /// <summary>Samples counted.</summary>
    public int Total { get; private set; }

    /// <summary>Samples predicted to be of their own class.</summary>
    public int Correct { get; private set; }

    /// <summary><see cref="Correct"/> / <see cref="Total"/>; NaN before the first sample.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Samples of class <paramref name="actual"/> predicted to be of class <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range.</exception>
    public int this[int actual, int predicted] => _counts[Index(actual, predicted)];

    /// <summary>Counts a sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range.</exception>
    public void Add(int actual, int predicted)
    {
        _counts[Index(actual, predicted)]++;
        Total++;
        if (actual == predicted)
            Correct++;
    }

    /// <summary>Counts samples, each predicted to be of the class with the largest output (<see cref="Metrics.ArgMax"/>).</summary>
    /// <param name="labels">[samples] class numbers.</param>
    /// <param name="outputs">[samples, <see cref="ClassCount"/>] outputs, row by row.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, a label is out of range, or no output of a sample is a number.</exception>
    public void AddBatch(ReadOnlySpan<int> labels, ReadOnlySpan<float> outputs)
    {
        if (outputs.Length != (long)labels.Length * ClassCount)
            throw new ArgumentException($"{labels.Length} labels need {(long)labels.Length * ClassCount} outputs ({ClassCount} classes), got {outputs.Length}.", nameof(outputs));
        for (var i = 0; i < labels.Length; i++)
        {
            var predicted = Metrics.ArgMax(outputs.Slice(i * ClassCount, ClassCount));
            if (predicted < 0)
                throw new ArgumentException($"All outputs of sample {i} are NaN. A training that diverged does that: lower the learning rate.", nameof(outputs));
            Add(labels[i], predicted);
        }
    }

    /// <summary>The part of the samples predicted to be of class <paramref name="c"/> that are; 0 where none was predicted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double Precision(int c) => Ratio(this[c, c], Predicted(c));

    /// <summary>The part of the samples of class <paramref name="c"/> that were predicted to be; 0 where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double Recall(int c) => Ratio(this[c, c], Actual(c));

    /// <summary>The harmonic mean of <see cref="Precision"/> and <see cref="Recall"/>; 0 where the class neither occurs nor was predicted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double F1(int c) => Ratio(2 * this[c, c], Actual(c) + Predicted(c));

    static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;

    double Actual(int c)
    {
        var sum = 0.0;
        for (var predicted = 0; predicted < ClassCount; predicted++)
            sum += this[c, predicted];
        return sum;
    }

    double Predicted(int c)
    {
        var sum = 0.0;
        for (var actual = 0; actual < ClassCount; actual++)
            sum += this[actual, c];
        return sum;
    }

    int Index(int actual, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)ClassCount, nameof(actual));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)ClassCount, nameof(predicted));
        return actual * ClassCount + predicted;
    }
}
