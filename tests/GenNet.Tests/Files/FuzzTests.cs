namespace GenNet.Tests.Files;

public sealed class FuzzTests
{
    [Fact]
    public void Damaged_model_files_are_refused()
    {
        var (saved, network) = (new Classifier(1), new Classifier(2));
        using var stream = new MemoryStream();
        saved.Save(stream);
        Fuzzing.Run(stream.ToArray(), file => network.Load(file, Fuzzing.Name), network.Hash);
    }

    [Fact]
    public void Damaged_checkpoints_are_refused()
    {
        var network = new Classifier(2);
        var trainer = network.CreateTrainer(new Momentum(0.1), 8);
        var path = Path.GetTempFileName();
        try
        {
            var fit = new FitState { BestParameters = new Classifier(3).Parameters };
            fit.History.Add(new(1, 0.5, null, TimeSpan.Zero));
            Checkpoint.Save(path, new Classifier(1).CreateTrainer(new Momentum(0.1), 8), new TrainingState { Fit = fit });
            Fuzzing.Run(File.ReadAllBytes(path), file => Checkpoint.Load(file, Fuzzing.Name, trainer), () => network.Hash() ^ trainer.State(trainer.StateNames[0]).Hash() ^ (ulong)trainer.StepCount);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
