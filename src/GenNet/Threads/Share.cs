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

    internal Share(int part, int parts, int samples, in Pass pass)
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
        // One thread's small step would wait for the divisions.
        if (Parts == 1)
        {
            end = count;
            return 0;
        }
        end = count * (Part + 1) / Parts;
        return count * Part / Parts;
    }
}

/// <summary>What all shares of a pass have in common.</summary>
/// <param name="stage">The stage, from 0.</param>
/// <param name="training">Whether dropout drops and batch normalisation takes the batch's statistics.</param>
/// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
/// <param name="firstSample">The number in the batch of the first row computed.</param>
/// <param name="seed">The trainer's seed.</param>
/// <param name="batch">The number of the batch.</param>
readonly struct Pass(int stage, bool training, int samples, int firstSample, ulong seed, long batch)
{
    public readonly int Stage = stage, Samples = samples, FirstSample = firstSample;
    public readonly bool Training = training;
    public readonly ulong Seed = seed;
    public readonly long Batch = batch;

    /// <summary>Another stage of the same pass.</summary>
    public Pass At(int stage) => new(stage, Training, Samples, FirstSample, Seed, Batch);
}
