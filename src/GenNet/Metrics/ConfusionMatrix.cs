namespace GenNet;

/// <summary>Counts how often samples of each class were predicted to be of each class.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The root of the longest array.</summary>
    const int MostClasses = 46_340;

    readonly long[] _counts;

    /// <summary>Starts with no sample.</summary>
    /// <param name="classCount">How many classes there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is not positive, or more than 46,340.</exception>
    public ConfusionMatrix(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, MostClasses);
        ClassCount = classCount;
        _counts = new long[classCount * classCount];
    }

    /// <summary>How many classes there are.</summary>
    public int ClassCount { get; }

    /// <summary>Samples counted.</summary>
    public long Total { get; private set; }

    /// <summary>Samples predicted to be of their own class.</summary>
    public long Correct { get; private set; }

    /// <summary><see cref="Correct"/> / <see cref="Total"/>; NaN before the first sample.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Samples of class <paramref name="actual"/> predicted to be of class <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range.</exception>
    public long this[int actual, int predicted] => _counts[Index(actual, predicted)];

    /// <summary>Counts one sample, or several.</summary>
    /// <param name="actual">The class that they are of.</param>
    /// <param name="predicted">The class that they were predicted to be of.</param>
    /// <param name="count">How many they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range, or the number is negative or more than can be counted (2⁶³ in all). Nothing is counted.</exception>
    public void Add(int actual, int predicted, long count = 1)
    {
        var index = Index(actual, predicted);
        if (count < 0 || count > long.MaxValue - Total)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{Total} samples are counted: give a number from 0 to {long.MaxValue - Total}.");
        _counts[index] += count;
        Total += count;
        if (actual == predicted)
            Correct += count;
    }

    /// <summary>
    /// Counts samples, each predicted to be of the class with the largest output (<see cref="Metrics.ArgMax"/>), or of two classes
    /// by a single output (<see cref="Metrics.ClassOf"/>).
    /// </summary>
    /// <param name="labels">[samples] class numbers; one that is <see cref="Dataset.IgnoredLabel"/> is not counted.</param>
    /// <param name="outputs">[samples, <see cref="ClassCount"/>] outputs, row by row; with two classes also [samples], one output each.</param>
    /// <param name="threshold">The single output above which the class is 1: 0.5 for a probability, 0 for a logit.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, a label is out of range, or no output of a sample is a number. Nothing is counted.</exception>
    public void AddBatch(ReadOnlySpan<int> labels, ReadOnlySpan<float> outputs, float threshold = 0.5f)
    {
        var single = ClassCount == 2 && outputs.Length == labels.Length;
        if (!single && outputs.Length != (long)labels.Length * ClassCount)
            throw new ArgumentException(
                $"{labels.Length} labels need {(long)labels.Length * ClassCount} outputs ({ClassCount} classes){(ClassCount == 2 ? $" or {labels.Length} (one each)" : "")}, got {outputs.Length}.", nameof(outputs));
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == Dataset.IgnoredLabel)
                continue;
            if ((uint)labels[i] >= (uint)ClassCount)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Labels are from 0 to {ClassCount - 1}, got {labels[i]} for sample {i}.");
            if (Predicted(outputs, i, single, threshold) < 0)
                throw new ArgumentException($"All outputs of sample {i} are NaN. A training that diverged does that: lower the learning rate.", nameof(outputs));
        }
        if (labels.Length > long.MaxValue - Total)
            throw new ArgumentException($"{Total} samples are counted, and {labels.Length} more cannot be.", nameof(labels));
        for (var i = 0; i < labels.Length; i++)
            if (labels[i] != Dataset.IgnoredLabel)
                Add(labels[i], Predicted(outputs, i, single, threshold));
    }

    int Predicted(ReadOnlySpan<float> outputs, int sample, bool single, float threshold) =>
        single ? Metrics.ClassOf(outputs[sample], threshold) : Metrics.ArgMax(outputs.Slice(sample * ClassCount, ClassCount));

    /// <summary>The part of the samples predicted to be of class <paramref name="c"/> that are; 0 where none was predicted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double Precision(int c) => Ratio(this[c, c], Predicted(c));

    /// <summary>The part of the samples of class <paramref name="c"/> that were predicted to be; 0 where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double Recall(int c) => Ratio(this[c, c], Actual(c));

    /// <summary>The harmonic mean of <see cref="Precision"/> and <see cref="Recall"/>; 0 where the class neither occurs nor was predicted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double F1(int c) => Ratio(2.0 * this[c, c], Actual(c) + Predicted(c));

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
