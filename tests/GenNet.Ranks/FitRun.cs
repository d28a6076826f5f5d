namespace GenNet.Ranks;

/// <summary>A fit with all that a fit has, which can be made to go wrong on one rank.</summary>
/// <param name="Epochs">Epochs.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="BatchSize">Samples of a step.</param>
/// <param name="Folder">Where checkpoints go, after every third step; null for none.</param>
/// <param name="Fault">What goes wrong; null for nothing.</param>
/// <param name="FaultyRank">On which rank.</param>
sealed record FitRun(int Epochs, int Samples, int BatchSize, string? Folder, Fault? Fault, int FaultyRank)
{
    const int FaultyStep = 5;

    /// <summary>Fits; returns the network.</summary>
    public SmallNetwork Run(Mpi.MpiWorld world)
    {
        var fault = world.Rank == FaultyRank ? Fault : null;
        var data = Clusters.Create(Samples, SmallNetwork.InputSize, 4, seed: fault == Ranks.Fault.Data ? 2UL : 1UL);
        var network = new SmallNetwork(seed: fault == Ranks.Fault.Weights ? 8UL : 7UL);
        var trainer = network.CreateTrainer(new Adam(), BatchSize);
        trainer.MaxGradientNorm = 1;
        trainer.Exchange = world.Gradients();
        List<FitCallback> callbacks = [new Faults(fault)];
        FitState? state = null;
        if (Folder is not null)
        {
            var store = new CheckpointStore(Folder);
            callbacks.Insert(0, new CheckpointCallback(store) { EverySteps = 3 });
            state = store.LoadNewest(trainer)?.Fit;
        }
        trainer.Fit(data, new()
        {
            Epochs = Epochs,
            Seed = fault == Ranks.Fault.Settings ? 6UL : 5UL,
            ValidationSplit = 0.2,
            EarlyStopping = new() { Patience = 20 },
            Schedule = new CosineSchedule(1000),
            Callbacks = callbacks,
            Progress = new Lines(),
        }, state);
        return network;
    }

    /// <summary>Makes something go wrong after some steps.</summary>
    sealed class Faults(Fault? fault) : FitCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Trainer.StepCount != FaultyStep)
                return;
            switch (fault)
            {
                case Ranks.Fault.Stall:
                    Thread.Sleep(System.Threading.Timeout.Infinite);
                    break;
                case Ranks.Fault.Exception:
                    throw new IOException("the disk is full");
                case Ranks.Fault.Label:
                    context.Trainer.Step(new float[SmallNetwork.InputSize], new[] { 9 });
                    break;
                case Ranks.Fault.Kill:
                    Environment.FailFast(null);
                    break;
                case Ranks.Fault.Exit:
                    Environment.Exit(0);
                    break;
                case Ranks.Fault.Stop:
                    context.Stop();
                    break;
                case Ranks.Fault.Diverge:
                    context.Trainer.Network.Parameters.Dense(0).Weights[0, 0] = float.NaN;
                    break;
            }
        }
    }

    /// <summary>Writes each epoch's result as it comes.</summary>
    sealed class Lines : IProgress<EpochResult>
    {
        public void Report(EpochResult value) => Console.WriteLine(FormattableString.Invariant($"epoch {value.Epoch}: {value.Loss:R} {value.Validation!.Value.Loss:R} {value.Validation.Value.Accuracy:R}"));
    }
}
