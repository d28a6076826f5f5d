using System.Diagnostics;
using GenNet.Mpi;

namespace GenNet.Ranks;

/// <summary>Times training steps, and messages.</summary>
static class StepTimes
{
    const int Blocks = 15;

    /// <summary>The median time of a step over blocks of steps, in milliseconds.</summary>
    public static double Measure(MpiWorld world, bool convolutional, int batchSize, int stepsOfBlock)
    {
        INetwork network = convolutional ? new ConvolutionalNetwork(1) : new LargeNetwork(1);
        var data = Clusters.Create(batchSize, network.InputSize, 10, seed: 1);
        var trainer = network.CreateTrainer(new Adam(), batchSize);
        if (world.Ranks > 1)
            trainer.Exchange = world.Gradients();
        var times = new List<double>();
        for (var block = 0; block <= Blocks; block++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var step = 0; step < stepsOfBlock; step++)
                trainer.Step(data.Inputs, data.Labels);

            // The first warms up.
            if (block > 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / stepsOfBlock);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>What one more message from each rank to each other takes, in microseconds: the median over rounds of many.</summary>
    public static double MeasureMessages(MpiWorld world)
    {
        const int Messages = 64, Bytes = 64;
        var exchange = world.Gradients();
        var memory = GC.AllocateArray<byte>(2 * Bytes, pinned: true);
        var times = new List<double>();
        for (var round = 0; round < 2000; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var message = 0; message < Messages; message++)
                for (var rank = 0; rank < world.Ranks; rank++)
                    if (rank != world.Rank)
                    {
                        exchange.Receive(rank, memory.AsSpan(0, Bytes));
                        exchange.Send(rank, memory.AsSpan(Bytes));
                    }
            exchange.Complete();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Messages / (world.Ranks - 1));
        }
        times.Sort();
        return times[times.Count / 2];
    }
}
