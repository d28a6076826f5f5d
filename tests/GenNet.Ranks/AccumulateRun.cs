namespace GenNet.Ranks;

/// <summary>Batches that come in portions, which ranks divide or not.</summary>
static class AccumulateRun
{
    /// <summary>Samples of the portions of each batch: no more than seven parts of 128.</summary>
    static readonly int[][] Batches = [[640, 360], [512, 384, 104], [100, 896, 4], [384, 256, 384, 300]];

    /// <summary>Trains; returns the network.</summary>
    public static SmallNetwork Run(Mpi.MpiWorld world)
    {
        var data = Clusters.Create(896, SmallNetwork.InputSize, 4, seed: 1);
        var network = new SmallNetwork(seed: 7);
        var trainer = network.CreateTrainer(new Adam(), data.Count);
        trainer.MaxGradientNorm = 1;
        trainer.Exchange = world.Gradients();
        foreach (var portions in Batches)
        {
            var loss = 0.0;
            foreach (var samples in portions)
                loss += trainer.Accumulate(data.Inputs[..(samples * SmallNetwork.InputSize)], data.Labels[..samples], portions.Sum());
            trainer.Update();
            if (world.Rank == 0)
                Console.WriteLine(FormattableString.Invariant($"batch of {portions.Sum()}: {loss:R}"));
        }
        return network;
    }
}
