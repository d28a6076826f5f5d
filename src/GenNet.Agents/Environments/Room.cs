using System.Runtime.CompilerServices;

namespace GenNet.Agents.Environments;

/// <summary>Room that callers give for what is written.</summary>
static class Room
{
    /// <summary>Throws unless there is room for an observation, before anything has changed.</summary>
    /// <param name="observation">The room.</param>
    /// <param name="size">Numbers of an observation.</param>
    /// <param name="method">Who writes it, for the message.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(ReadOnlySpan<float> observation, int size, string method)
    {
        if (observation.Length != size)
            throw new ArgumentException($"{method} expects room for the {size} numbers of an observation, got {observation.Length}.", nameof(observation));
    }
}
