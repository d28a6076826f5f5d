using GenNet.Tests.Files;

namespace GenNet.Tests.Training;

/// <summary>Whatever can be set on a trainer comes back from a checkpoint, and another trainer takes it over.</summary>
public sealed class TrainerSettingsTests : TestFolder
{
    /// <summary>Values that are not those at first. The next property that can be set needs one here, and its place in the checkpoint.</summary>
    static readonly Dictionary<string, Action<Trainer<Adam>>> Changes = new()
    {
        [nameof(Trainer.Seed)] = trainer => trainer.Seed = 99,
        [nameof(Trainer.MaxGradientNorm)] = trainer => trainer.MaxGradientNorm = 0.25,
        [nameof(Trainer.MaxWeightNorm)] = trainer => trainer.MaxWeightNorm = 1.5,
        [nameof(Trainer.LabelSmoothing)] = trainer => trainer.LabelSmoothing = 1 / 7.0,
        [nameof(Trainer.ClassWeights)] = trainer => trainer.ClassWeights = [0.1f, 2, float.Epsilon],

        // A checkpoint has of these what changes during a run; the program that resumes it sets the same itself.
        [nameof(Trainer.Schedule)] = trainer => trainer.Schedule = new ExponentialSchedule(0.5),
        [nameof(Trainer<Adam>.Optimizer)] = trainer => trainer.Optimizer = trainer.Optimizer.WithLearningRate(0.125),
    };

    /// <summary>With whom a trainer trains is its own: neither a file nor another trainer of the process can have that.</summary>
    public static TheoryData<string> Names =>
        new(typeof(Trainer<Adam>).GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.Name != nameof(Trainer.Exchange)).Select(property => property.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_checkpoint_restores(string property)
    {
        Trainer<Adam> saved = Create(1), loaded = Create(2);
        Change(property, saved);
        if (property == nameof(Trainer.Schedule))
            loaded.Schedule = saved.Schedule;
        Checkpoint.Save(Path("run.safetensors"), saved);
        Checkpoint.Load(Path("run.safetensors"), loaded);
        Assert.Equal(Value(saved, property), Value(loaded, property));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_trainer_takes_over(string property)
    {
        Trainer<Adam> source = Create(1), target = Create(2);
        Change(property, source);
        target.CopyStateFrom(source);
        Assert.Equal(Value(source, property), Value(target, property));
    }

    /// <summary>The same of how a layer is trained.</summary>
    static readonly Dictionary<string, Action<TrainedLayer>> LayerChanges = new()
    {
        [nameof(TrainedLayer.IsFrozen)] = layer => layer.IsFrozen = true,
        [nameof(TrainedLayer.UsesRunningStatistics)] = layer => layer.UsesRunningStatistics = true,
        [nameof(TrainedLayer.LearningRateFactor)] = layer => layer.LearningRateFactor = 1 / 3.0,
    };

    public static TheoryData<string> LayerNames => new(typeof(TrainedLayer).GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name));

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void How_a_layer_is_trained_is_restored_and_taken_over(string property)
    {
        Assert.True(LayerChanges.ContainsKey(property), $"{property} can be set: give it another value here, and keep it in checkpoints and in CopyStateFrom.");
        Trainer<Adam> saved = Create(1), loaded = Create(2), copy = Create(3);
        var before = Values(saved);
        LayerChanges[property](saved.Layers[1]);
        Assert.NotEqual(before, Values(saved));
        Checkpoint.Save(Path("run.safetensors"), saved);
        Checkpoint.Load(Path("run.safetensors"), loaded);
        copy.CopyStateFrom(saved);
        Assert.Equal(Values(saved), Values(loaded));
        Assert.Equal(Values(saved), Values(copy));

        string Values(Trainer<Adam> trainer) => string.Join(", ", trainer.Layers.Select(layer => typeof(TrainedLayer).GetProperty(property)!.GetValue(layer)));
    }

    static Trainer<Adam> Create(ulong seed) => new Classifier(seed).CreateTrainer(new Adam(), 8);

    /// <summary>Changes a property, and makes sure that it was changed.</summary>
    static void Change(string property, Trainer<Adam> trainer)
    {
        Assert.True(Changes.ContainsKey(property), $"{property} can be set: give it another value here, and keep it in checkpoints and in CopyStateFrom.");
        var before = Value(trainer, property);
        Changes[property](trainer);
        Assert.NotEqual(before, Value(trainer, property));
    }

    /// <summary>A property's value; that of a span as an array.</summary>
    static object? Value(Trainer<Adam> trainer, string property) =>
        property == nameof(Trainer.ClassWeights) ? string.Join(", ", trainer.ClassWeights.ToArray()) : typeof(Trainer<Adam>).GetProperty(property)!.GetValue(trainer);
}
