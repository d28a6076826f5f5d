namespace GenNet;

/// <summary>How far a regression's outputs are from their targets. Sums are taken in double precision, sample by sample.</summary>
public sealed class RegressionMetrics
{
    /// <summary>More than any network has outputs.</summary>
    const int MostOutputs = 1 << 24;

    readonly double[] _squaredErrors, _means, _squaredDeviations;
    double _absoluteErrors;

    /// <summary>Starts with no sample.</summary>
    /// <param name="outputSize">Outputs of one sample.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputSize"/> is not positive, or more than 16,777,216.</exception>
    public RegressionMetrics(int outputSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputSize, MostOutputs);
        OutputSize = outputSize;
        (_squaredErrors, _means, _squaredDeviations) = (new double[outputSize], new double[outputSize], new double[outputSize]);
    }

    /// <summary>Outputs of one sample.</summary>
    public int OutputSize { get; }

    /// <summary>Samples added.</summary>
    public long Count { get; private set; }

    /// <summary>√(Σ(a − y)² / n) over samples and outputs, in the targets' unit; NaN before the first sample.</summary>
    public double RootMeanSquaredError
    {
        get
        {
            // Not Linq's Sum, whose first call takes longer than all else here.
            var sum = 0.0;
            foreach (var squares in _squaredErrors)
                sum += squares;
            return Math.Sqrt(sum / ((double)Count * OutputSize));
        }
    }

    /// <summary>Σ|a − y| / n over samples and outputs, in the targets' unit; NaN before the first sample.</summary>
    public double MeanAbsoluteError => _absoluteErrors / ((double)Count * OutputSize);

    /// <summary>
    /// R² = 1 − Σ(a − y)² / Σ(y − ȳ)², of each output on its own and then the mean of them, as scikit-learn's <c>r2_score</c> has it: 1 for no error,
    /// 0 for errors as large as those of always saying the mean ȳ. An output whose targets are all equal counts 1 where there is no error, else 0. NaN before the first sample.
    /// </summary>
    public double RSquared
    {
        get
        {
            if (Count == 0)
                return double.NaN;
            var sum = 0.0;
            for (var j = 0; j < OutputSize; j++)
                sum += _squaredErrors[j] == 0 ? 1 : _squaredDeviations[j] == 0 ? 0 : 1 - _squaredErrors[j] / _squaredDeviations[j];
            return sum / OutputSize;
        }
    }

    /// <summary>Adds samples.</summary>
    /// <param name="targets">[samples, <see cref="OutputSize"/>] wanted outputs, row by row.</param>
    /// <param name="outputs">[samples, <see cref="OutputSize"/>] outputs, row by row.</param>
    /// <exception cref="ArgumentException">Lengths do not fit. Nothing is added.</exception>
    public void AddBatch(ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs)
    {
        if (targets.Length % OutputSize != 0)
            throw new ArgumentException($"{targets.Length} targets are not whole samples of {OutputSize}.", nameof(targets));
        if (outputs.Length != targets.Length)
            throw new ArgumentException($"{targets.Length} targets need {targets.Length} outputs, got {outputs.Length}.", nameof(outputs));
        for (var row = 0; row < targets.Length; row += OutputSize)
        {
            Count++;
            for (var j = 0; j < OutputSize; j++)
            {
                double target = targets[row + j], error = outputs[row + j] - target;
                _squaredErrors[j] += error * error;
                _absoluteErrors += Math.Abs(error);

                // Welford's sums: Σy² − nȳ² would lose what targets far from 0 differ by.
                var difference = target - _means[j];
                _means[j] += difference / Count;
                _squaredDeviations[j] += difference * (target - _means[j]);
            }
        }
    }
}
