using GenNet.Kernels;

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

    /// <summary>
    /// Executes all parts of a program's own work on the threads that training uses, so that a program has no more of them than processors: an agent's environments, a crowd's decisions. Parts are taken in no certain
    /// order, by the caller too; work inside of work, and that of a second caller meanwhile, stays on its own thread. Allocates nothing.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="parts">How many parts it has: no more threads work than that. Those of a team are created when first needed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is negative.</exception>
    /// <remarks>The exception of a part is the call's, and no other part is begun; where two parts fail at the same time it is that of one of them.</remarks>
    public static void Run(SharedWork work, int parts)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        WorkerTeam.Run(work, parts);
    }
}
