namespace GenNet.Mpi;

/// <summary>How a program joins the other ranks.</summary>
public sealed record MpiOptions
{
    readonly TimeSpan _timeout = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a rank waits for another before it ends the job: 2 minutes unless set. No rank may compute, judge or write files for longer while the others wait.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan Timeout
    {
        get => _timeout;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            _timeout = value;
        }
    }

    /// <summary>The file of the MPI library; null, as it is at first, for that of the launcher.</summary>
    public string? Library { get; init; }
}
