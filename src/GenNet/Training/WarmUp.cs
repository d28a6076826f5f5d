using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>What a trainer does when it is created so that its first step need not.</summary>
static class WarmUp
{
    /// <summary>
    /// Starts the threads, allocates what kernels need, and has the JIT compile those of a step on a batch that depend on neither activations nor losses: trainers are created while a program loads,
    /// a step should not take longer than a frame.
    /// </summary>
    public static void Prepare<TOptimizer>(GradientUse<TOptimizer> use, int batchSize, int threads) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        WorkerTeam.Prepare(threads);
        RuntimeHelpers.RunClassConstructor(typeof(DenseKernels).TypeHandle);
        if (batchSize == 1)
            return;
        use.Prepare();
        RegisterTile.Prepare();
        MatrixTranspose.Prepare();
        PanelKernels.Prepare();
    }
}
