namespace GenNet.Ranks;

/// <summary>What is between ranks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PerByte">Milliseconds a byte.</param>
/// <param name="Latency">Milliseconds until the first byte arrives.</param>
sealed record Link(string Name, double PerByte, double Latency)
{
    /// <summary>As fast as its name says, each rank with a link of its own.</summary>
    public static Link OfGigabits(double gigabits, double latency) => new(FormattableString.Invariant($"{gigabits} Gb/s"), 8e-6 / gigabits, latency);
}
