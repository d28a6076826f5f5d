using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using GenNet.Shared;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Networks;

/// <summary>Hosts reload what they loaded, GenNet and networks together or networks alone: nothing may hold them.</summary>
[Collection(nameof(Training.ParallelismTests))]
public class UnloadTests
{
    /// <summary>Trains with several threads and with health, predicts, and says what came of it.</summary>
    const string Source = """
        [Network(16, 40, 3, Hidden = Activation.Tanh, Output = Activation.Softmax, Health = true)]
        sealed partial class Watched;

        [Network(16)]
        [Dense(40)]
        [BatchNorm(Activation.ReLU)]
        [Dense(3)]
        sealed partial class Normalized;

        static class Program
        {
            static ulong Run(int threads)
            {
                Parallelism.Threads = threads;
                return Train(new Watched(1)) ^ Train(new Normalized(1));
            }

            static ulong Train(INetwork network)
            {
                var random = new RandomStream(3);
                var (inputs, outputs, labels) = (new float[512 * 16], new float[512 * 3], new int[512]);
                for (var i = 0; i < inputs.Length; i++)
                    inputs[i] = random.NextSingle();
                var trainer = network.CreateTrainer(new Adam(), 512);
                for (var step = 0; step < 5; step++)
                {
                    if (network is Watched)
                        trainer.Step(inputs, labels);
                    else
                        trainer.Step(inputs, outputs);
                    network.ForwardBatch(inputs, outputs);
                    network.Forward(inputs.AsSpan(0, 16), outputs.AsSpan(0, 3));
                }
                trainer.Health?.Diagnose();
                return network.Hash();
            }
        }
        """;

    static readonly Lazy<byte[]> Networks = new(() =>
    {
        var run = GeneratorHarness.Run(Source);
        return InMemoryCompiler.Emit(run.Compilation).ToArray();
    });

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void A_context_unloads_after_training(int threads, bool networksAlone)
    {
        var context = Use(threads, networksAlone, out var hash);
        _ = Use(1, networksAlone: false, out var expected);
        Assert.Equal(expected, hash);
        for (var attempt = 0; attempt < 100 && context.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(50);
        }
        Assert.False(context.IsAlive, "Something holds the context.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference Use(int threads, bool networksAlone, out ulong hash)
    {
        var context = new AssemblyLoadContext("Host", isCollectible: true);
        if (!networksAlone)
            context.LoadFromStream(new MemoryStream(File.ReadAllBytes(typeof(Sgd).Assembly.Location)));
        var assembly = context.LoadFromStream(new MemoryStream(Networks.Value));
        var before = Parallelism.Threads;
        try
        {
            hash = (ulong)assembly.GetType("Program", throwOnError: true)!.GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [threads])!;
        }
        finally
        {
            Parallelism.Threads = before;
        }
        context.Unload();
        return new WeakReference(context);
    }
}
