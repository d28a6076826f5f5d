using GenNet.Agents;

namespace Agents;

/// <summary>Bytes allocated for an environment step, from the first generation's end on, while nobody shows anything.</summary>
sealed class GenerationMeter(IReadOnlyList<Generation> history)
{
    long _bytes, _before = -1;

    public double PerStep => history.Count < 2 ? 0 : (double)_bytes / (history[^1].Steps - history[0].Steps);

    /// <summary>A generation is over: what follows does not count.</summary>
    public void Stop()
    {
        if (_before >= 0)
            _bytes += GC.GetAllocatedBytesForCurrentThread() - _before;
    }

    /// <summary>What follows counts.</summary>
    public void Start() => _before = GC.GetAllocatedBytesForCurrentThread();
}
