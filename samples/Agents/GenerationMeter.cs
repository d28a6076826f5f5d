using GenNet.Agents;

namespace Agents;

/// <summary>Bytes allocated for an environment step, from the first generation's end on, while nobody shows anything.</summary>
sealed class GenerationMeter(IReadOnlyList<Generation> history)
{
    long _bytes, _before = -1;

    public double PerStep => history.Count < 2 ? 0 : (double)_bytes / (history[^1].Steps - history[0].Steps);

    /// <summary>Does something that does not count.</summary>
    public void Pause(Action work)
    {
        if (_before >= 0)
            _bytes += GC.GetAllocatedBytesForCurrentThread() - _before;
        work();
        _before = GC.GetAllocatedBytesForCurrentThread();
    }
}
