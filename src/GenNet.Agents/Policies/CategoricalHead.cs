using System.Runtime.CompilerServices;
using GenNet.Numerics;
using GenNet.Simd;

namespace GenNet.Agents;

/// <summary>One of several actions, as likely as the softmax of the outputs has it. Actions that a mask forbids have the probability 0 and no part in anything.</summary>
/// <param name="count">Actions.</param>
sealed unsafe class CategoricalHead(int count) : PolicyHead(count)
{
    /// <summary>The output of an action that is not there: e to it is 0, and times 0 it is 0, also when an entropy's share has multiplied it.</summary>
    const float Forbidden = -1e32f;

    public override void Draw(PolicyBlock block, float* policy, int stride, float* masks, int rows, Span<RandomStream> random, float* actions, float* logProbabilities)
    {
        Transpose(block, policy, stride, masks, rows);
        Vectors.Run(new SoftmaxWork(block, Outputs, rows), rows);
        for (var row = 0; row < rows; row++)
        {
            var choice = random[row].NextSingle();
            var (action, sum) = (-1, 0f);
            for (var a = 0; a < Outputs; a++)
            {
                var p = block.Probabilities[a * Rows + row];
                if (!(p > 0))
                    continue;

                // The last that there is, where rounding has left the sum below the choice.
                action = a;
                sum += p;
                if (choice < sum)
                    break;
            }
            actions[row] = action;
            logProbabilities[row] = block.Values[action * Rows + row];
        }
    }

    public override void Gradients(PolicyBlock block, float* policy, float* gradients, int stride, float* masks, int rows, in PolicyLoss settings, ref PolicySums sums)
    {
        Transpose(block, policy, stride, masks, rows);
        Vectors.Run(new SoftmaxWork(block, Outputs, rows), rows);
        for (var row = 0; row < rows; row++)
            block.LogProbabilities[row] = block.Values[(int)block.Actions[row] * Rows + row];
        SurrogateWork.Run(block, rows, settings, ref sums);
        Vectors.Run(new GradientWork(block, Outputs, rows, settings.EntropyCoefficient / settings.Samples), rows);
        for (var row = 0; row < rows; row++)
        {
            sums.Entropy += block.Entropies[row];
            var gradient = gradients + (nint)row * stride;
            for (var a = 0; a < Outputs; a++)
                gradient[a] = block.Values[a * Rows + row];

            // ∂ln p of the action taken/∂z is 1 − p of it, and −p of the others.
            gradient[(int)block.Actions[row]] += block.Factors[row];
        }
    }

    void Transpose(PolicyBlock block, float* policy, int stride, float* masks, int rows)
    {
        for (var a = 0; a < Outputs; a++)
            for (var row = 0; row < rows; row++)
                block.Values[a * Rows + row] = masks == null || masks[row * Outputs + a] != 0 ? policy[(nint)row * stride + a] : Forbidden;
    }

    /// <summary>From outputs to ln p, in their place, and p.</summary>
    readonly struct SoftmaxWork(PolicyBlock block, int count, int rows) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Run<V>(block.Values, block.Probabilities, count, rows);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        static void Run<V>(
            float* z, // [count][128]
            float* p, // [count][128]
            int count, int rows) where V : struct, ISimd<V>
        {
            for (var row = 0; row < rows; row += V.Count)
            {
                var most = V.Load(z + row);
                for (var a = 1; a < count; a++)
                    most = V.Max(most, V.Load(z + a * Rows + row));
                var sum = V.Zero;
                for (var a = 0; a < count; a++)
                {
                    var e = VectorMath.Exp(V.Load(z + a * Rows + row) - most);
                    e.Store(p + a * Rows + row);
                    sum += e;
                }
                var log = most + VectorMath.LogOfNormal(sum);
                for (var a = 0; a < count; a++)
                {
                    (V.Load(z + a * Rows + row) - log).Store(z + a * Rows + row);
                    (V.Load(p + a * Rows + row) / sum).Store(p + a * Rows + row);
                }
            }
        }
    }

    /// <summary>∂L/∂z of all actions in place of ln p, but for what the action taken has beside: p·(entropy's share·(ln p + H) − factor), with the entropy H = −Σ p·ln p.</summary>
    readonly struct GradientWork(PolicyBlock block, int count, int rows, float share) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Run<V>(block.Values, block.Probabilities, block.Factors, block.Entropies, count, rows, share);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        static void Run<V>(
            float* z, // [count][128] ln p
            float* p, // [count][128]
            float* factors, // [rows]
            float* entropies, // [rows]
            int count, int rows, float share) where V : struct, ISimd<V>
        {
            for (var row = 0; row < rows; row += V.Count)
            {
                var entropy = V.Zero;
                for (var a = 0; a < count; a++)
                    entropy -= V.Load(p + a * Rows + row) * V.Load(z + a * Rows + row);
                entropy.Store(entropies + row);
                var factor = V.Load(factors + row);
                for (var a = 0; a < count; a++)
                    (V.Load(p + a * Rows + row) * (share * (V.Load(z + a * Rows + row) + entropy) - factor)).Store(z + a * Rows + row);
            }
        }
    }
}
