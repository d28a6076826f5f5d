namespace GenNet;

/// <summary>Goes through the trained values of a block, without its padding, in groups of 512: those that random numbers are drawn for together.</summary>
static class ValueGroups
{
    /// <summary>Values of a group; the last may be smaller.</summary>
    public const int Size = 512;

    /// <summary>64-bit numbers with a bit for each.</summary>
    public const int Words = Size / 64;

    public static void Run<TWork>(NetworkArchitecture architecture, ref TWork work) where TWork : struct, IGroupWork
    {
        var left = architecture.TrainedCount;
        int size = 0, next = 0;
        foreach (var run in architecture.TrainedRuns)
            for (int time = 0, offset = run.Offset; time < run.Times; time++, offset += run.Stride)
                for (var done = 0; done < run.Count;)
                {
                    if (next == size)
                    {
                        (size, next) = (Math.Min(Size, left), 0);
                        left -= size;
                        work.Begin(size);
                    }
                    var count = Math.Min(run.Count - done, size - next);
                    work.Apply(offset + done, next, count);
                    done += count;
                    next += count;
                }
    }
}
