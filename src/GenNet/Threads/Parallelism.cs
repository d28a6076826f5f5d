namespace GenNet;

/// <summary>How many threads a training step and a large <c>ForwardBatch</c> use. Results have the same bits for any number.</summary>
public static class Parallelism
{
    static int _threads = 1;

    /// <summary>
    /// Threads that work together on one call, the caller among them: 1 unless set. Workers are created once, when first needed;
    /// they wait for the next call for some microseconds and then sleep. While they work for one caller, others work alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _threads = value;
        }
    }
}
