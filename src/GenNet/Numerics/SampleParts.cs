using System.Numerics;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// The declared order of sums over the samples of a batch (gradients, statistics of a batch, its loss). Samples are in parts of 128 by their number in the batch,
/// so that the last part may be shorter; each part is summed in order from zero; and the sum of n parts is that of the first m plus that of the others,
/// m the largest power of two below n: ((p0 + p1) + (p2 + p3)) + (p4 + p5) for six.
/// </summary>
/// <remarks>
/// Whoever has some of the parts can sum them for himself: the tree does not depend on how many do so. Up to 128 samples it is one sum.
/// The tree is computed while parts come, like additions to a binary counter: sums wait for those that they are added to, and a part finds one waiting for each 1 in its number's bits.
/// </remarks>
static class SampleParts
{
    /// <summary>Samples of a part: the fewest that leave a training step of 784→512→256→10 at batch 128 as fast as one sum does.</summary>
    public const int Samples = 128;

    /// <summary>
    /// Rows of a part where each sample has so many, one for each of its positions: those of as many samples, a power of two, as have no more than 128 rows together,
    /// or of one sample. So the trees of all layers meet at 128 samples.
    /// </summary>
    public static int Rows(int positions) => positions == 1 ? Samples : positions > Samples ? positions : (1 << BitOperations.Log2((uint)(Samples / positions))) * positions;

    /// <summary>Sums that may wait, for batches of any size.</summary>
    public const int MostWaiting = 32;

    /// <summary>Parts of a batch.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="rowsOfPart">Rows of a part.</param>
    public static int Count(int rows, int rowsOfPart = Samples) => (rows - 1) / rowsOfPart + 1;

    /// <summary>Sums that wait when a part comes.</summary>
    public static int Waiting(int part) => BitOperations.PopCount((uint)part);

    /// <summary>How many of them a part is added to when it is whole, from the last on: all of them, if no part comes after it.</summary>
    public static int Merges(int part, bool last) => last ? Waiting(part) : BitOperations.TrailingZeroCount(~part);

    /// <summary>Places in which sums wait. A part that is added to another at once needs none, unless it is <paramref name="divided"/> and waits for its own samples.</summary>
    public static int Places(int parts, bool divided) => Math.Max(1, BitOperations.Log2((uint)parts) + (divided ? 1 : 0));

    /// <summary>Adds a part that is whole: what is waiting above it, or, after the last part, the sum of all.</summary>
    /// <param name="waiting">[<see cref="MostWaiting"/>] vectors.</param>
    /// <param name="part">Its number.</param>
    /// <param name="last">Whether no part comes after it.</param>
    /// <param name="sum">Its sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe V Add<V>(float* waiting, int part, bool last, V sum) where V : struct, ISimd<V>
    {
        var place = waiting + Waiting(part) * V.Count;
        for (var merges = Merges(part, last); merges > 0; merges--)
        {
            place -= V.Count;
            sum = V.Load(place) + sum;
        }
        sum.Store(place);
        return sum;
    }
}
