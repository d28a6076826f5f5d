namespace GenNet;

/// <summary>
/// Moves and scales features to mean 0 and deviation 1: z = (x − mean) / deviation, computed in double precision.
/// Fit it to the training set and use it for every input from then on; <see cref="NetworkFiles"/> keeps it with the network's weights.
/// </summary>
public sealed class Standardizer
{
    readonly double[] _means;
    readonly double[] _deviations;
    int _period;

    /// <summary>A standardizer with known numbers, such as those of one fitted earlier.</summary>
    /// <param name="means">The mean of each feature.</param>
    /// <param name="deviations">The standard deviation of each feature, positive.</param>
    /// <exception cref="ArgumentException">There is no feature, the lengths differ, a number is not finite, or a deviation is not positive.</exception>
    public Standardizer(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        if (means.IsEmpty || means.Length != deviations.Length)
            throw new ArgumentException($"Give one mean and one deviation per feature, got {means.Length} and {deviations.Length}.");
        for (var i = 0; i < means.Length; i++)
        {
            if (!double.IsFinite(means[i]) || !(deviations[i] > 0 && double.IsFinite(deviations[i])))
                throw new ArgumentException($"Feature {i} has mean {means[i]} and deviation {deviations[i]}: both must be finite and the deviation positive.");
        }
        (_means, _deviations) = (means.ToArray(), deviations.ToArray());
    }

    /// <summary>Features of one sample.</summary>
    public int InputSize => _means.Length;

    /// <summary>The mean of each feature.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>The standard deviation of each feature; 1 for a feature that never changes.</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>Takes mean and deviation (that of the population) of each feature on its own: for features of different units.</summary>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    public static Standardizer Fit(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Fit(dataset, dataset.InputSize);
    }

    /// <summary>Takes one mean and one deviation (that of the population) of all features together: for images, whose features have the same unit.</summary>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    public static Standardizer FitGlobal(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Fit(dataset, 1);
    }

    /// <summary>Takes a mean and a deviation (that of the population) of each channel of images, over all pixels: for images in colour.</summary>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">Nobody has said how large the images are.</exception>
    public static Standardizer FitChannels(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Fit(dataset, dataset.RequireImage().Channels);
    }

    /// <summary>Known numbers for each channel of images, the same at every pixel: those that a network from elsewhere was trained with.</summary>
    /// <param name="means">The mean of each channel.</param>
    /// <param name="deviations">The standard deviation of each channel, positive.</param>
    /// <param name="pixels">Pixels of an image: height · width.</param>
    /// <exception cref="ArgumentException">There is no channel, the lengths differ, a number is not finite, or a deviation is not positive.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pixels"/> is not positive, or more than fit into an array.</exception>
    public static Standardizer OfChannels(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixels);
        var channels = new Standardizer(means, deviations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, Array.MaxLength / sizeof(double) / channels.InputSize);
        return channels.Repeated(pixels);
    }

    /// <summary>Reads the standardizer that was saved with a network, <c>network.Save(path, standardizer: standardizer)</c>, to the same bits.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or there is no standardizer in it. The message names the file and the fault.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Standardizer Load(string path) => Load(SafeTensorsFile.Open(path));

    /// <summary>Takes the standardizer from a file that was read.</summary>
    /// <exception cref="InvalidDataException">There is none in it, or it is damaged. The message holds the file's name.</exception>
    public static Standardizer Load(SafeTensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return new Standardizer(Numbers(FileKeys.Means), Numbers(FileKeys.Deviations));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{file.Name}: {e.Message}", e);
        }

        double[] Numbers(string name)
        {
            if (file.Find(name) is not { } tensor)
                throw new InvalidDataException($"{file.Name}: there is no tensor {name}. Save the standardizer with the network: network.Save(path, standardizer: standardizer).");
            return tensor.Shape.Count == 1 && tensor.Doubles() is { } numbers ? numbers
                : throw new InvalidDataException($"{file.Name}: tensor {tensor} of type {tensor.Type} should be F64 with one number for each feature.");
        }
    }

    /// <summary>The dataset with standardised features.</summary>
    /// <exception cref="ArgumentException">The dataset has another input size.</exception>
    public Dataset Transform(Dataset dataset)
    {
        CheckInputSize(dataset);
        return dataset.Standardized(this, inverse: false);
    }

    /// <summary>Standardises one or more samples.</summary>
    /// <param name="inputs">[samples, <see cref="InputSize"/>] features, row by row.</param>
    /// <param name="outputs">The same number of values, written. May be <paramref name="inputs"/> itself.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Transform(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        CheckLengths(inputs, outputs);
        for (var row = 0; row < inputs.Length; row += InputSize)
        {
            for (var i = 0; i < InputSize; i++)
                outputs[row + i] = Transform(i, inputs[row + i]);
        }
    }

    internal float Transform(int feature, float value) => (float)((value - _means[feature]) / _deviations[feature]);

    internal float InverseTransform(int feature, float value) => (float)(value * _deviations[feature] + _means[feature]);

    /// <summary>The dataset whose standardised features these are, to within the rounding of <see cref="Transform(Dataset)"/>.</summary>
    /// <exception cref="ArgumentException">The dataset has another input size.</exception>
    public Dataset InverseTransform(Dataset dataset)
    {
        CheckInputSize(dataset);
        return dataset.Standardized(this, inverse: true);
    }

    /// <summary>Takes standardised samples back to where they came from: x = z · deviation + mean.</summary>
    /// <param name="inputs">[samples, <see cref="InputSize"/>] standardised features, row by row.</param>
    /// <param name="outputs">The same number of values, written. May be <paramref name="inputs"/> itself.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void InverseTransform(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        CheckLengths(inputs, outputs);
        for (var row = 0; row < inputs.Length; row += InputSize)
        {
            for (var i = 0; i < InputSize; i++)
                outputs[row + i] = InverseTransform(i, inputs[row + i]);
        }
    }

    /// <summary>After how many features the same numbers come again, up to the last: the channels of an image, 1 where all have the same.</summary>
    internal int Period
    {
        get
        {
            for (var period = 1; _period == 0; period++)
                if (InputSize % period == 0 && Repeats(_means, period) && Repeats(_deviations, period))
                    _period = period;
            return _period;

            static bool Repeats(double[] numbers, int period) => numbers.AsSpan(period).SequenceEqual(numbers.AsSpan(0, numbers.Length - period));
        }
    }

    void CheckInputSize(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.InputSize != InputSize)
            throw new ArgumentException($"The standardizer has {InputSize} features, the dataset {dataset.InputSize}.", nameof(dataset));
    }

    void CheckLengths(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        if (inputs.Length % InputSize != 0)
            throw new ArgumentException($"{inputs.Length} input values are not whole samples of {InputSize}.", nameof(inputs));
        if (outputs.Length != inputs.Length)
            throw new ArgumentException($"{inputs.Length} inputs need {inputs.Length} outputs, got {outputs.Length}.", nameof(outputs));
    }

    /// <summary>Fits <paramref name="groups"/> pairs of numbers; feature i belongs to pair i mod <paramref name="groups"/>.</summary>
    static Standardizer Fit(Dataset dataset, int groups)
    {
        const int Rows = 256;
        var size = dataset.InputSize;
        var counts = new long[groups];
        foreach (var batch in dataset.Batches(Rows))
            for (var sample = 0; sample < batch.Count; sample++)
            {
                var there = dataset.FeaturesThere(batch.FirstIndex + sample);
                for (var i = 0; i < there; i++)
                    if (!float.IsFinite(batch.Inputs[sample * size + i]))
                        throw new ArgumentException($"Row {batch.FirstIndex + sample}, column {i} is {batch.Inputs[sample * size + i]}: only finite features can be standardised.");
                for (var i = 0; i < groups; i++)
                    counts[i] += (there - i + groups - 1) / groups;
            }

        // In double and in row order: the same bits everywhere. Sums of distances from the first value stay small where the values are large
        // and close together, and those of a feature that never changes are exactly 0.
        var first = new float[size];
        dataset.CopyInputs(0, first);
        first.AsSpan(dataset.FeaturesThere(0)).Clear();
        var averages = new double[groups];
        foreach (var batch in dataset.Batches(Rows))
            for (var sample = 0; sample < batch.Count; sample++)
            {
                var values = batch.Inputs.Slice(sample * size, dataset.FeaturesThere(batch.FirstIndex + sample));
                for (; values.Length > 0; values = values[Math.Min(groups, values.Length)..])
                    for (var i = 0; i < Math.Min(groups, values.Length); i++)
                        averages[i] += values[i] - (double)first[i];
            }
        for (var i = 0; i < groups; i++)
            averages[i] = counts[i] == 0 ? 0 : first[i] + averages[i] / counts[i];

        var squares = new double[groups];
        foreach (var batch in dataset.Batches(Rows))
            for (var sample = 0; sample < batch.Count; sample++)
            {
                var values = batch.Inputs.Slice(sample * size, dataset.FeaturesThere(batch.FirstIndex + sample));
                for (; values.Length > 0; values = values[Math.Min(groups, values.Length)..])
                    for (var i = 0; i < Math.Min(groups, values.Length); i++)
                    {
                        var difference = values[i] - averages[i];
                        squares[i] += difference * difference;
                    }
            }

        var deviations = new double[groups];
        for (var i = 0; i < groups; i++)
            deviations[i] = Math.Sqrt(squares[i] / counts[i]) is > 0 and var deviation ? deviation : 1;
        return new Standardizer(averages, deviations).Repeated(dataset.InputSize / groups);
    }

    /// <summary>The same numbers again and again.</summary>
    Standardizer Repeated(int times)
    {
        var (means, deviations) = (new double[InputSize * times], new double[InputSize * times]);
        for (var i = 0; i < means.Length; i += InputSize)
        {
            _means.CopyTo(means, i);
            _deviations.CopyTo(deviations, i);
        }
        return new Standardizer(means, deviations);
    }
}
