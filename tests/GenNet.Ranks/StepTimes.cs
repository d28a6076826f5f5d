using System.Diagnostics;
using GenNet.Mpi;

namespace GenNet.Ranks;

/// <summary>Times training steps.</summary>
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
}
