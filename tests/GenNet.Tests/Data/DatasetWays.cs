namespace GenNet.Tests.Data;

/// <summary>Each way to other samples of a dataset, or to the same in another form; a new one belongs here. A sample keeps its first feature.</summary>
static class DatasetWays
{
    public static IReadOnlyDictionary<string, Func<Dataset, IEnumerable<Dataset>>> All { get; } = new Dictionary<string, Func<Dataset, IEnumerable<Dataset>>>
    {
        ["itself"] = data => [data],
        [nameof(Dataset.Subset)] = data => [data.Subset([5, 5, 0, data.Count - 1])],
        [nameof(Dataset.Split)] = data => [data.Split(0.3, 1).First, data.Split(0.3, 1).Second],
        [nameof(Dataset.SplitInOrder)] = data => [data.SplitInOrder(0.3).First, data.SplitInOrder(0.3).Second],
        [nameof(Dataset.Windows)] = data => [data.Windows(1), data.Windows(1, eachStep: true)],
        [nameof(Dataset.ConsecutiveWindows)] = data => [data.ConsecutiveWindows(1, 1)],
        [nameof(Dataset.Folds)] = data => data.Folds(4, 1).SelectMany(fold => new[] { fold.TrainingData(), fold.ValidationData() }),
        [nameof(Dataset.WithClasses)] = data => data.HasLabels ? [data.WithClasses(2, 0)] : [],
        [nameof(Dataset.OneHot)] = data => data.HasLabels ? [data.OneHot()] : [],
        [nameof(Dataset.WithSampleWeights)] = data => [data.WithSampleWeights(data.SampleWeights.ToArray())],
        [nameof(Dataset.WithLengths)] = data => [data.WithLengths(Enumerable.Repeat(1, data.Count).ToArray(), 1)],
        [nameof(Dataset.WithScale)] = data => data.Bytes.IsEmpty ? [data] : [data.WithScale(1 / 255.0)],
        [nameof(Dataset.AsImages)] = data => [data.AsImages(1, data.InputSize)],
        [nameof(Dataset.Resized)] = data => [data.AsImages(1, data.InputSize).Resized(1, data.InputSize)],
        [nameof(Dataset.Augmented)] = data => [data.AsImages(1, data.InputSize).Augmented(new() { FlipVertically = true })],
    };

    public static TheoryData<string> Names => new(All.Keys);
}
