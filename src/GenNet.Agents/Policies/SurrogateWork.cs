using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Agents;

/// <summary>
/// The clipped surrogate of a block (Schulman and others, <i>Proximal policy optimization algorithms</i>, 2017): L = −mean min(r·A, clip(r, 1 − ε, 1 + ε)·A), r = p/p of then,
/// so ∂L/∂ln p = −r·A/samples where r·A is the smaller, else 0.
/// </summary>
/// <param name="block">The block, of which the probabilities are known.</param>
/// <param name="rows">Rows.</param>
/// <param name="loss">What the loss is made of.</param>
readonly unsafe struct SurrogateWork(PolicyBlock block, int rows, PolicyLoss loss) : IVectorWork
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>() where V : struct, ISimd<V> => Run<V>(block, rows, loss);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Run<V>(PolicyBlock block, int rows, PolicyLoss loss) where V : struct, ISimd<V>
    {
        float* now = block.LogProbabilities, then = block.OldLogProbabilities, advantages = block.Advantages;
        float* ratios = block.Ratios, factors = block.Factors, divergences = block.Divergences;
        float least = 1 - loss.ClipRange, most = 1 + loss.ClipRange;
        var scale = -1f / loss.Samples;
        for (var row = 0; row < rows; row += V.Count)
        {
            var difference = V.Load(now + row) - V.Load(then + row);
            var ratio = VectorMath.Exp(difference);
            var advantage = V.Load(advantages + row);
            var product = ratio * advantage;
            var clipped = V.Clamp(ratio, least, most) * advantage;
            V.Select(V.Greater(product, clipped), V.Zero, scale * product).Store(factors + row);
            (ratio - 1f - difference).Store(divergences + row);
            ratio.Store(ratios + row);
        }
    }

    /// <summary>Runs it, and adds the rows to the sums over their batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(PolicyBlock block, int rows, in PolicyLoss loss, ref PolicySums sums)
    {
        Vectors.Run(new SurrogateWork(block, rows, loss), rows);
        float least = 1 - loss.ClipRange, most = 1 + loss.ClipRange;
        for (var row = 0; row < rows; row++)
        {
            var (ratio, advantage) = (block.Ratios[row], block.Advantages[row]);
            sums.Surrogate += Math.Min(ratio * advantage, Math.Clamp(ratio, least, most) * advantage);
            sums.Divergence += block.Divergences[row];
            sums.Clipped += Math.Abs(ratio - 1) > loss.ClipRange ? 1 : 0;
        }
    }
}
