namespace GenNet;

/// <summary>
/// Moves and scales features to mean 0 and deviation 1: y = (x − mean) / deviation.
/// Fit it to the training set and use it for every input from then on.
/// </summary>
public sealed class Standardizer
{
    readonly float[] _means;
    readonly float[] _deviations;

    /// <summary>A standardizer with known numbers, such as those of one fitted earlier.</summary>
    /// <param name="means">The mean of each feature.</param>
    /// <param name="deviations">The standard deviation of each feature, positive.</param>
    /// <exception cref="ArgumentException">There is no feature, the lengths differ, a number is not finite, or a deviation is not positive.</exception>
    public Standardizer(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.IsEmpty || means.Length != deviations.Length)
            throw new ArgumentException($"Give one mean and one deviation per feature, got {means.Length} and {deviations.Length}.");
        for (var i = 0; i < means.Length; i++)
        {
            if (!float.IsFinite(means[i]) || !(deviations[i] > 0 && float.IsFinite(deviations[i])))
                throw new ArgumentException($"Feature {i} has mean {means[i]} and deviation {deviations[i]}: both must be finite and the deviation positive.");
        }
        (_means, _deviations) = (means.ToArray(), deviations.ToArray());
    }

    /// <summary>Features of one sample.</summary>
    public int InputSize => _means.Length;

    /// <summary>The mean of each feature.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>The standard deviation of each feature; 1 for a feature that never changes.</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>Takes mean and deviation (that of the population) of each feature on its own: for features of different units.</summary>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    public static Standardizer Fit(Dataset dataset) => Fit(dataset.Inputs, dataset.InputSize, dataset.InputSize);

    /// <summary>Takes one mean and one deviation (that of the population) of all features together: for images, whose features have the same unit.</summary>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    public static Standardizer FitGlobal(Dataset dataset) => Fit(dataset.Inputs, dataset.InputSize, 1);

    /// <summary>The dataset with standardised features.</summary>
    /// <exception cref="ArgumentException">The dataset has another input size.</exception>
    public Dataset Transform(Dataset dataset)
    {
        if (dataset.InputSize != InputSize)
            throw new ArgumentException($"The standardizer has {InputSize} features, the dataset {dataset.InputSize}.", nameof(dataset));
        var outputs = new float[dataset.Inputs.Length];
        Transform(dataset.Inputs, outputs);
        return dataset.WithInputs(outputs, InputSize);
    }

    /// <summary>Standardises one or more samples.</summary>
    /// <param name="inputs">[samples, <see cref="InputSize"/>] features, row by row.</param>
    /// <param name="outputs">The same number of values, written. May be <paramref name="inputs"/> itself.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Transform(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        if (inputs.Length % InputSize != 0)
            throw new ArgumentException($"{inputs.Length} input values are not whole samples of {InputSize}.", nameof(inputs));
        if (outputs.Length != inputs.Length)
            throw new ArgumentException($"{inputs.Length} inputs need {inputs.Length} outputs, got {outputs.Length}.", nameof(outputs));
        for (var row = 0; row < inputs.Length; row += InputSize)
        {
            for (var i = 0; i < InputSize; i++)
                outputs[row + i] = (inputs[row + i] - _means[i]) / _deviations[i];
        }
    }

    /// <summary>Fits <paramref name="groups"/> pairs of numbers; value i belongs to pair i mod <paramref name="groups"/>.</summary>
    static Standardizer Fit(ReadOnlySpan<float> values, int inputSize, int groups)
    {
        var notFinite = 0;
        while (notFinite < values.Length && float.IsFinite(values[notFinite]))
            notFinite++;
        if (notFinite < values.Length)
            throw new ArgumentException($"Row {notFinite / inputSize}, column {notFinite % inputSize} is {values[notFinite]}: only finite features can be standardised.");

        // In double and in row order: the same bits everywhere.
        var count = values.Length / groups;
        var averages = new double[groups];
        for (var row = 0; row < values.Length; row += groups)
        {
            for (var i = 0; i < groups; i++)
                averages[i] += values[row + i];
        }
        for (var i = 0; i < groups; i++)
            averages[i] /= count;

        var squares = new double[groups];
        for (var row = 0; row < values.Length; row += groups)
        {
            for (var i = 0; i < groups; i++)
            {
                var difference = values[row + i] - averages[i];
                squares[i] += difference * difference;
            }
        }

        var means = new float[inputSize];
        var deviations = new float[inputSize];
        for (var i = 0; i < inputSize; i++)
        {
            var group = i % groups;
            means[i] = (float)averages[group];
            var deviation = (float)Math.Sqrt(squares[group] / count);
            // Up to 2²⁹ equal floats have an exact mean in double, so that the deviation of a constant is exactly 0.
            deviations[i] = deviation > 0 ? deviation : 1;
        }
        return new Standardizer(means, deviations);
    }
}
