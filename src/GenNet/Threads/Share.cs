using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>One thread's share of a pass over a batch: some of the samples, or some of the columns or gradients. No sum is divided, so the division does not show in the results.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Share
{
    /// <summary>Samples are divided in groups whose rows fill a register tile.</summary>
    const int Group = 8;

    // Fields, because each property's getter is compiled in the first step.
    internal readonly int Part, Parts, First, Count;
    internal readonly Pass Pass;

    internal Share(int part, int parts, int samples, Pass pass)
    {
        (Part, Parts, Pass) = (part, parts, pass);
        var first = Of((samples + Group - 1) / Group, out var end);
        First = Math.Min(samples, first * Group);
        Count = Math.Min(samples, end * Group) - First;
    }

    /// <summary>Which stage of the pass this is. Where a layer needs the whole batch, all threads finish one stage before the next begins.</summary>
    public int Stage => Pass.Stage;

    /// <summary>The first and the end of this share of <paramref name="count"/> things.</summary>
    internal int Of(int count, out int end)
    {
        end = count * (Part + 1) / Parts;
        return count * Part / Parts;
    }
}

/// <summary>What all shares of a pass have in common.</summary>
/// <param name="Stage">The stage, from 0.</param>
/// <param name="Training">Whether dropout drops and batch normalisation takes the batch's statistics.</param>
/// <param name="Samples">Samples of the batch, over which the loss is a mean.</param>
/// <param name="FirstSample">The number in the batch of the first row computed.</param>
/// <param name="Seed">The trainer's seed.</param>
/// <param name="Batch">The number of the batch.</param>
readonly record struct Pass(int Stage, bool Training, int Samples, int FirstSample, ulong Seed, long Batch);
