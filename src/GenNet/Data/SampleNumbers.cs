namespace GenNet;

/// <summary>What the samples of a batch are called in messages: by their numbers in the data set of the user.</summary>
readonly struct SampleNumbers
{
    readonly Dataset? _data;
    readonly int[]? _order;
    readonly int _first;
    readonly string? _part;

    /// <summary>All samples of a dataset.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="part">What the samples are for: <c> of the training data</c>.</param>
    public SampleNumbers(Dataset data, string part) => (_data, _part) = (data, part);

    /// <summary>The samples of a batch.</summary>
    /// <param name="data">Their dataset.</param>
    /// <param name="order">The order of the epoch; null for that of the dataset.</param>
    /// <param name="first">How many samples of the epoch came before.</param>
    public SampleNumbers(Dataset data, int[]? order, int first) => (_data, _order, _first) = (data, order, first);

    /// <summary>A sample's number in the dataset.</summary>
    public int this[int sample] => _order is null ? _first + sample : _order[_first + sample];

    /// <summary>The sample in words: <c>sample 17 of the validation data</c>, counted in the dataset that this one is a part of.</summary>
    public string Of(int sample) => $"sample {(_data?.Origins is { } origins ? origins[this[sample]] : this[sample])}{_part}";

    /// <summary>Steps for which a sample of the dataset has room, where it says how many are there; else 0.</summary>
    public int Steps => _data?.Steps ?? 0;

    /// <summary>Whether features are bytes that stand for something else than their numbers.</summary>
    public bool AreScaledBytes => _data?.Features.AreScaledBytes ?? false;

    /// <summary>A sample's row in words: <c>sample 3, step 5</c>, or <c>sample 3</c> where it has one.</summary>
    public string Row(NetworkArchitecture architecture, int row, int rowsOfSample) =>
        rowsOfSample == 1 ? Of(row) : $"{Of(row / rowsOfSample)}, {architecture.PositionName} {row % rowsOfSample}";

    /// <summary>A number of a sample in words: <c>feature 17 of sample 3</c>, of a sequence <c>sample 3, step 5, feature 2</c>, and of an image <c>sample 3, pixel 17, feature 0</c>.</summary>
    public string Place(NetworkArchitecture architecture, string what, int index, int width, int positions)
    {
        var ofRow = width / positions;
        var row = Row(architecture, index / ofRow, positions);
        return positions == 1 ? $"{what} {index % width} of {row}" : $"{row}, {what} {index % ofRow}";
    }
}
