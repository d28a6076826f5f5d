namespace GenNet;

/// <summary>One division of a dataset for cross-validation: every sample is in the training or in the validation part, and in the validation part of one fold alone.</summary>
public sealed class Fold
{
    readonly Dataset _data;
    readonly int[] _training, _validation;

    internal Fold(Dataset data, int number, int[] training, int[] validation) => (_data, Number, _training, _validation) = (data, number, training, validation);

    /// <summary>The number of the fold, from 1.</summary>
    public int Number { get; }

    /// <summary>The numbers of the samples to train on, ascending.</summary>
    public ReadOnlySpan<int> TrainingIndices => _training;

    /// <summary>The numbers of the samples to judge by, ascending.</summary>
    public ReadOnlySpan<int> ValidationIndices => _validation;

    /// <summary>The samples to train on, copied. Messages call them by their numbers in all of the data.</summary>
    public Dataset TrainingData() => _data.Part(_training);

    /// <summary>The samples to judge by, copied. Messages call them by their numbers in all of the data.</summary>
    public Dataset ValidationData() => _data.Part(_validation);
}
