using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>What a trainer does when it is created so that its first step need not.</summary>
static class WarmUp
{
    /// <summary>Starts the threads, allocates what kernels need, and has the JIT compile those that a first step on a batch would otherwise wait for: half of them now make neither call a frame too late.</summary>
    public static void Prepare<TOptimizer>(GradientUse<TOptimizer> use, int batchSize, int threads) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        WorkerTeam.Prepare(threads);
        RuntimeHelpers.RunClassConstructor(typeof(DenseKernels).TypeHandle);
        if (batchSize == 1)
            return;
        use.Prepare();
        RegisterTile.Prepare();
    }
}
