namespace GenNet;

/// <summary>One division of a dataset for cross-validation: every sample is in the training or in the validation part, and in the validation part of one fold alone.</summary>
public sealed class Fold
{
    readonly Dataset _data;
    readonly int[] _validation;

    // As many folds as samples, all of whose training parts were kept, would take the square of their number.
    readonly WeakReference<int[]?> _training = new(null);

    internal Fold(Dataset data, int number, int[] validation) => (_data, Number, _validation) = (data, number, validation);

    /// <summary>The number of the fold, from 1.</summary>
    public int Number { get; }

    /// <summary>The numbers of the samples to train on, ascending. They are worked out when they are asked for, and not kept for long.</summary>
    public ReadOnlySpan<int> TrainingIndices => Training;

    /// <summary>The numbers of the samples to judge by, ascending.</summary>
    public ReadOnlySpan<int> ValidationIndices => _validation;

    int[] Training
    {
        get
        {
            if (_training.TryGetTarget(out var known))
                return known;
            var (training, held) = (new int[_data.Count - _validation.Length], 0);
            for (var sample = 0; sample < _data.Count; sample++)
                if (held < _validation.Length && _validation[held] == sample)
                    held++;
                else
                    training[sample - held] = sample;
            _training.SetTarget(training);
            return training;
        }
    }

    /// <summary>The samples to train on, copied. Messages call them by their numbers in all of the data.</summary>
    public Dataset TrainingData() => _data.Part(Training);

    /// <summary>The samples to judge by, copied. Messages call them by their numbers in all of the data.</summary>
    public Dataset ValidationData() => _data.Part(_validation);
}
