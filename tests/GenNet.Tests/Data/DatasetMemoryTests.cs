using GenNet.Tests.Training;

namespace GenNet.Tests.Data;

/// <summary>In the collection that runs alone: memory is the process's.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class DatasetMemoryTests
{
    [Fact]
    public void A_dataset_of_bytes_takes_their_memory()
    {
        const int Count = 20_000, Size = 1000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var data = new Dataset(new byte[Count * Size], Size, new int[Count], 10).AsImages(10, 100);
        data = Standardizer.FitGlobal(data).Transform(data).Augmented(new() { Shift = 2 });
        foreach (var batch in data.Shuffled(1).Batches(128))
            GC.KeepAlive(batch.Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, (long)(0.9 * Count * Size), (long)(1.2 * Count * Size));
        GC.KeepAlive(data);
    }
}
