namespace Agents;

/// <summary>Bytes allocated for an environment step, once all is warm.</summary>
sealed class AllocationMeter
{
    long _bytes, _steps;

    public double PerStep => (double)_bytes / Math.Max(1, _steps);

    /// <summary>Learns, and counts what that allocates.</summary>
    /// <param name="steps">Environment steps that it makes.</param>
    /// <param name="warm">Whether they count.</param>
    /// <param name="learn">Makes them.</param>
    public void Measure(long steps, bool warm, Action learn)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        learn();
        if (warm)
            (_bytes, _steps) = (_bytes + GC.GetAllocatedBytesForCurrentThread() - before, _steps + steps);
    }
}
