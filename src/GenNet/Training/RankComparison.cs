using System.Runtime.InteropServices;

namespace GenNet;

/// <summary>Fingerprints of what must be alike on all ranks, with what each is of.</summary>
sealed class RankComparison
{
    readonly List<(string What, ulong Hash)> _items = [];

    public void Add(string what, ulong hash) => _items.Add((what, hash));

    public void Add(string what, string text) => Add(what, SchemaText.Hash(text));

    public void Add<T>(string what, ReadOnlySpan<T> values) where T : unmanaged => Add(what, EpochSource.Hash(values, (ulong)values.Length));

    /// <summary>Throws on all ranks where they are not alike.</summary>
    /// <param name="round">The ranks, which are known to be at this comparison.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="rank">The number of this one.</param>
    /// <param name="name">The network's name.</param>
    /// <exception cref="RankFailedException">A rank has something else than the first.</exception>
    public void Check(RankRound round, int ranks, int rank, string name)
    {
        var all = GC.AllocateArray<ulong>(ranks, pinned: true);
        var different = new List<string>[ranks];
        foreach (var (what, hash) in _items)
        {
            all[rank] = hash;
            round.GatherAll(MemoryMarshal.AsBytes(all.AsSpan()));
            for (var other = 1; other < ranks; other++)
                if (all[other] != all[0])
                    (different[other] ??= []).Add(what);
        }
        for (var other = 1; other < ranks; other++)
            if (different[other] is { } found)
                throw new RankFailedException(other, $"{name}: rank {other} differs from rank 0 in {string.Join(", in ", found)}. All ranks run the same program on the same data; each computes its own part of every batch.");
    }
}
