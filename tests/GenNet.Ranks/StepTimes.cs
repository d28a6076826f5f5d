using System.Diagnostics;
using GenNet.Mpi;

namespace GenNet.Ranks;

/// <summary>Times training steps, and messages.</summary>
static class StepTimes
{
    const int WarmUp = 50;

    /// <summary>The times of steps, in milliseconds, and of each round in which the ranks exchange something, none where there is one.</summary>
    public static (List<double> Steps, double[] Rounds) Measure(MpiWorld world, bool convolutional, int batchSize, int steps)
    {
        INetwork network = convolutional ? new ConvolutionalNetwork(1) : new LargeNetwork(1);
        var data = Clusters.Create(batchSize, network.InputSize, 10, seed: 1);
        var trainer = network.CreateTrainer(new Adam(), batchSize);
        var exchange = world.Ranks > 1 ? new TimedExchange(world.Gradients()) : null;
        trainer.Exchange = exchange;
        var times = new List<double>();
        for (var step = -WarmUp; step < steps; step++)
        {
            exchange?.Begin(isTimed: step >= 0);
            var start = Stopwatch.GetTimestamp();
            trainer.Step(data.Inputs, data.Labels);
            if (step >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return (times, exchange?.Medians.ToArray() ?? []);
    }

    public static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

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
        return Median(times);
    }
}
