using System.Globalization;
using System.Text;
using System.Text.Json;
using GenNet.Tests.Training;

namespace GenNet.Tests.Files;

public sealed class CheckpointTests : TestFolder
{
    static readonly Dataset Data = FitSamples.Create(50, 1), Validation = FitSamples.Create(40, 2);

    string File => Path("run.safetensors");

    [Fact]
    public void Sgd_goes_on_to_the_same_bits() => GoesOn(new Sgd(0.1, weightDecay: 0.01));

    [Fact]
    public void Momentum_goes_on_to_the_same_bits() => GoesOn(new Momentum(0.05, nesterov: true));

    [Fact]
    public void Adam_goes_on_to_the_same_bits() => GoesOn(new Adam(0.01));

    [Fact]
    public void AdamW_goes_on_to_the_same_bits() => GoesOn(new AdamW(0.01));

    [Fact]
    public void AMSGrad_goes_on_to_the_same_bits() => GoesOn(new Adam(0.01) { AMSGrad = true });

    [Fact]
    public void NAdam_goes_on_to_the_same_bits() => GoesOn(new NAdam(0.01));

    [Fact]
    public void RAdam_goes_on_to_the_same_bits() => GoesOn(new RAdam(0.01));

    [Fact]
    public void RMSProp_goes_on_to_the_same_bits() => GoesOn(new RMSProp(0.01));

    [Fact]
    public void Adagrad_goes_on_to_the_same_bits() => GoesOn(new Adagrad(0.01));

    [Fact]
    public void Adadelta_goes_on_to_the_same_bits() => GoesOn(new Adadelta(0.5));

    [Fact]
    public void Lion_goes_on_to_the_same_bits() => GoesOn(new Lion(0.001));

    [Fact]
    public void Averaged_goes_on_to_the_same_bits() => GoesOn(new Averaged<Adam>(new Adam(0.01)));

    [Fact]
    public void Dropout_and_running_statistics_go_on_to_the_same_bits() =>
        GoesOn(new Averaged<Adam>(new Adam(0.01)), seed => new Normalized(seed), trainer => trainer.Seed = 77);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 3)]
    public void Fit_goes_on_to_the_same_bits_after_a_crash_at_any_step(int everyEpochs, int everySteps)
    {
        var options = new FitOptions { Epochs = 9, BatchSize = 8, Seed = 5, Validation = Validation, EarlyStopping = new() { Patience = 2 } };
        var whole = new Classifier(1);
        var expected = whole.CreateTrainer(new Adam(0.02), 8).Fit(Data, options);

        var store = new CheckpointStore(Folder, keep: 1000);
        var saved = options with { Callbacks = [new CheckpointCallback(store) { EveryEpochs = everyEpochs, EverySteps = everySteps }] };
        new Classifier(1).CreateTrainer(new Adam(0.02), 8).Fit(Data, saved);
        Assert.InRange(store.Paths.Count, 2, 100);
        foreach (var path in store.Paths)
        {
            var network = new Classifier(2);
            var trainer = network.CreateTrainer(new Adam(0.5), 8);
            var result = trainer.Fit(Data, options, Checkpoint.Load(path, trainer).Fit);
            Assert.Equal(whole.Hash(), network.Hash());
            Assert.Equal(expected.Epochs.Select(Numbers), result.Epochs.Select(Numbers));
            Assert.Equal((expected.BestEpoch, expected.End), (result.BestEpoch, result.End));
        }

        static (int, double, Evaluation?) Numbers(EpochResult result) => (result.Epoch, result.Loss, result.Validation);
    }

    [Fact]
    public void A_stream_holds_what_a_file_would()
    {
        var trainer = new Classifier(1).CreateTrainer(new Adam(0.02), 8);
        using var stream = new MemoryStream();
        Checkpoint.Save(stream, trainer, new TrainingState { Notes = { ["a"] = "b" } });
        Checkpoint.Save(File, trainer, new TrainingState { Notes = { ["a"] = "b" } });
        Assert.Equal(System.IO.File.ReadAllBytes(File), stream.ToArray());
        stream.Position = 0;
        Assert.Equal("b", Checkpoint.Load(stream, "memory", new Classifier(2).CreateTrainer(new Adam(0.02), 8)).Notes["a"]);
    }

    [Fact]
    public void Everything_else_comes_back_too()
    {
        var saved = new Classifier(1).CreateTrainer(new Adam(0.02), 8);
        (saved.MaxGradientNorm, saved.MaxWeightNorm) = (0.5, 3);
        saved.Schedule = new PlateauSchedule(patience: 0).PerEpoch(7);
        foreach (var metric in new double[] { 1, 2, 2 })
            saved.Report(metric);
        var fit = new FitState { Seed = ulong.MaxValue, EpochsDone = 3, StepsDone = 2, LossSum = 0.1 + 0.2, TrainingTime = new(12345), BestEpoch = 2, BestMetric = double.NaN, StoppedEarly = true, StepCount = 23, Source = new(8, true, 50, ulong.MaxValue, 7) };
        fit.BestParameters = new Classifier(7).Parameters;
        fit.History.Add(new(1, 0.1, null, new(7)));
        fit.History.Add(new(2, double.NaN, new(1 / 3.0, double.NaN), new(8)));
        var state = new TrainingState { Fit = fit };
        var stream = new RandomStream(9);
        stream.NextUInt64();
        state.RandomStreams["noise"] = stream;
        state.Notes["a \"note\""] = "ä\n";
        Checkpoint.Save(File, saved, state);

        var loaded = new Classifier(2).CreateTrainer(new Adam(0.1), 8);
        loaded.Schedule = new PlateauSchedule(patience: 0).PerEpoch(7);
        var result = Checkpoint.Load(File, loaded);
        Assert.Equal((0.5, 3.0, 0.02), (loaded.MaxGradientNorm, loaded.MaxWeightNorm, ((Trainer<Adam>)loaded).Optimizer.LearningRate));
        Assert.Equal(0.1 * 0.1, loaded.Schedule.At(0), 1e-15);
        Assert.Equal(saved.LearningRate, loaded.LearningRate);
        Assert.Equal(stream.NextUInt64(), Resumed(result.RandomStreams["noise"]));
        Assert.Equal("ä\n", result.Notes["a \"note\""]);
        Assert.Equal(fit.BestParameters.Hash(), result.Fit.BestParameters!.Hash());
        Assert.Equal(fit.History, result.Fit.History);
        Assert.Equal(
            (fit.Seed, fit.EpochsDone, fit.StepsDone, fit.LossSum, fit.TrainingTime, fit.BestEpoch, fit.BestMetric, fit.StoppedEarly, fit.StepCount, fit.Source),
            (result.Fit.Seed, result.Fit.EpochsDone, result.Fit.StepsDone, result.Fit.LossSum, result.Fit.TrainingTime, result.Fit.BestEpoch, result.Fit.BestMetric, result.Fit.StoppedEarly, result.Fit.StepCount, result.Fit.Source));

        static ulong Resumed(RandomStream stream) => stream.NextUInt64();
    }

    [Fact]
    public void A_checkpoint_is_a_model_too()
    {
        var network = new Classifier(1);
        var fit = new FitState { BestParameters = new Classifier(3).Parameters };
        Checkpoint.Save(File, network.CreateTrainer(new Adam(), 8), new TrainingState { Fit = fit });
        var (last, best) = (new Classifier(4), new Classifier(5));
        last.Load(File);
        best.Load(File, name => "best." + name);
        Assert.Equal(network.Hash(), last.Hash());
        Assert.Equal(new Classifier(3).Hash(), best.Hash());
    }

    [Fact]
    public void Another_run_is_refused_with_what_to_do()
    {
        Checkpoint.Save(File, new Classifier(1).CreateTrainer(new Adam(0.01), 8));
        Refused(new WiderClassifier(2), new Adam(0.01), "tensor 0.weight [20, 5] should be 0.weight [21, 5]");
        Refused(new ReLUClassifier(2), new Adam(0.01), "written by a network of Dense 5→20 Tanh");
        Refused(new Classifier(2), new Adam(0.01, beta1: 0.8), "Beta1 = 0.9");
        Refused(new Classifier(2), new AdamW(0.01), "the trainer has AdamW");
        Refused(new Classifier(2), new Adam(0.01), "its run had 0 PlateauSchedules, the trainer's Schedule has 1", new PlateauSchedule());

        new Classifier(1).Save(File);
        Refused(new Classifier(2), new Adam(0.01), "this is no checkpoint. Load the weights with network.Load.");
    }

    [Fact]
    public void Hyperparameters_are_compared_in_every_culture()
    {
        Checkpoint.Save(File, new Classifier(1).CreateTrainer(new Adam(0.01), 8));
        Generation.Cultures.InSwedish(() => Checkpoint.Load(File, new Classifier(1).CreateTrainer(new Adam(), 8)));
        Assert.NotEqual("sv-SE", CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    public void A_flipped_bit_is_noticed()
    {
        Checkpoint.Save(File, new Classifier(1).CreateTrainer(new Adam(0.01), 8));
        var good = System.IO.File.ReadAllBytes(File);
        for (var i = good.Length - 1; i > good.Length - 1200; i -= 7)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= 1;
            System.IO.File.WriteAllBytes(File, bad);
            Refused(new Classifier(2), new Adam(0.01), "the checksum does not fit");
        }
    }

    [Fact]
    public void Any_changed_byte_is_noticed()
    {
        var state = new TrainingState { Notes = { ["a"] = "note" } };
        state.Fit.History.Add(new(1, 0.5, null, default) { Findings = [new(HealthProblem.DeadUnits, 1, 2, "dead")] });
        var trainer = new ShallowClassifier(1).CreateTrainer(new Momentum(0.1), 8);
        Checkpoint.Save(File, trainer, state);
        var good = System.IO.File.ReadAllBytes(File);
        for (var i = 0; i < good.Length; i++)
        {
            var kept = good[i];
            foreach (var changed in new[] { (byte)(kept ^ 1 << i % 8), (byte)~kept, (byte)(kept + 1) })
            {
                good[i] = changed;
                Assert.Throws<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(good), "run", trainer));
            }
            good[i] = kept;
        }
        Checkpoint.Load(new MemoryStream(good), "run", trainer);
    }

    [Fact]
    public void Names_exchanged_in_the_header_are_noticed()
    {
        Checkpoint.Save(File, new Classifier(1).CreateTrainer(new Adam(0.01), 8));
        var header = Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(File));
        foreach (var (one, other) in new[] { ("optimizer.exp_avg.0.bias", "optimizer.exp_avg_sq.0.bias"), ("0.bias", "optimizer.exp_avg.0.bias") })
        {
            Assert.Contains($"\"{one}\"", header, StringComparison.Ordinal);
            var exchanged = header.Replace($"\"{one}\"", "\"?\"", StringComparison.Ordinal).Replace($"\"{other}\"", $"\"{one}\"", StringComparison.Ordinal).Replace("\"?\"", $"\"{other}\"", StringComparison.Ordinal);
            System.IO.File.WriteAllBytes(File, Encoding.Latin1.GetBytes(exchanged));
            Refused(new Classifier(2), new Adam(0.01), "the checksum does not fit");
        }
    }

    [Fact]
    public void Notes_and_histories_may_be_as_long_as_they_like()
    {
        var state = new TrainingState { Notes = { ["log"] = new string('"', 3 << 20) } };
        for (var epoch = 1; epoch <= 20_000; epoch++)
            state.Fit.History.Add(new(epoch, 1.0 / epoch, new(0.5, 0.25), new(epoch)) { Findings = [new(HealthProblem.VanishingGradients, 1, 3, $"\"{epoch}\"")] });
        Checkpoint.Save(File, new Classifier(1).CreateTrainer(new Adam(0.01), 8), state);
        var loaded = Checkpoint.Load(File, new Classifier(1).CreateTrainer(new Adam(0.01), 8));
        Robustness.Same.As(state, loaded);
    }

    [Fact]
    public void Where_a_fit_is_goes_through_JSON_without_its_best_weights()
    {
        foreach (var state in new[] { new FitState(), Finished() })
            Robustness.Same.As(state, JsonSerializer.Deserialize<FitState>(JsonSerializer.Serialize(state)));
        Assert.Contains("Checkpoint.Save", Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new FitState { BestParameters = new Classifier(1).Parameters })).Message, StringComparison.Ordinal);

        static FitState Finished()
        {
            var state = new FitState { Seed = ulong.MaxValue, EpochsDone = 2, BestMetric = double.PositiveInfinity, LossSum = -0.0, TrainingTime = new(7) };
            state.History.Add(new(1, double.NaN, new(0.1, double.NaN), new(8)) { Findings = [new(HealthProblem.SaturatedUnits, 2, 3, "a \"message\"")] });
            state.History.Add(new(2, 0.5, null, default));
            return state;
        }
    }

    [Fact]
    public void What_a_loop_of_ones_own_keeps_goes_through_JSON()
    {
        var state = new TrainingState { Fit = new() { EpochsDone = 3 }, Notes = { ["a"] = "b" } };
        state.RandomStreams["noise"] = Drawn();
        var falling = new LearningRateTestResult([new(0.1, 1, 1)]);
        foreach (var value in new object[] { state, Drawn(), new PlateauSchedule().State, falling, new FitResult([new(1, double.NaN, null, default)], 0, FitEnd.Completed), new EarlyStopping { Patience = 2 } })
            Robustness.Same.As(value, JsonSerializer.Deserialize(JsonSerializer.Serialize(value, value.GetType()), value.GetType()));

        static RandomStream Drawn()
        {
            var stream = new RandomStream(9);
            stream.NextUInt64();
            return stream;
        }
    }

    [Fact]
    public void What_is_wrong_with_a_state_is_said_before_anything_is_written()
    {
        var trainer = new Classifier(1).CreateTrainer(new Adam(0.01), 8);
        Unsaved("epochsDone is -1", state => state.Fit.EpochsDone = -1);
        Unsaved("trainingTicks is -1", state => state.Fit.TrainingTime = new(-1));
        Unsaved("Entry 1 of the history", state => state.Fit.History.Add(new(0, 1, null, default)));
        Unsaved("Entry 1 of the history", state => state.Fit.History.Add(new(2, 1, null, TimeSpan.MaxValue)));
        Unsaved("of another network than Classifier", state => state.Fit.BestParameters = new WiderClassifier(1).Parameters);
        Unsaved("of another network than Classifier", state => state.Fit.BestParameters = new ReLUClassifier(1).Parameters);
        Unsaved("The note a is not valid Unicode: character 1 is half of a surrogate pair", state => state.Notes["a"] = "x\ud800");
        Unsaved("The note a is null", state => state.Notes["a"] = null!);
        Unsaved("A finding of entry 0 of the history, or its message, is null", state => state.Fit.History[0] = state.Fit.History[0] with { Findings = null! });
        Unsaved("A finding of entry 0 of the history, or its message, is null", state => state.Fit.History[0] = state.Fit.History[0] with { Findings = [null!] });

        void Unsaved(string fault, Action<TrainingState> spoil)
        {
            var state = new TrainingState();
            state.Fit.History.Add(new(1, 0.5, null, default));
            spoil(state);
            var thrown = Assert.Throws<ArgumentException>("state", () => Checkpoint.Save(File, trainer, state));
            Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
            Assert.Contains(". Nothing was written.", thrown.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(Folder));
        }
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_not_saved()
    {
        var network = new Classifier(1);
        var store = new CheckpointStore(Folder);
        var trainer = network.CreateTrainer(new Adam(), 8);
        store.Save(trainer);
        network.Layer1.Biases[3] = float.NaN;
        Assert.Throws<InvalidOperationException>(() => store.Save(trainer));
        Assert.Equal(["checkpoint-000001.safetensors"], Directory.GetFiles(Folder).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public void A_store_keeps_the_last_and_finds_the_newest_that_can_be_read()
    {
        var network = new Classifier(1);
        var trainer = network.CreateTrainer(new Adam(0.01), 8);
        var store = new CheckpointStore(Path("runs"), keep: 2);
        Assert.Null(store.LoadNewest(trainer));
        var hashes = new List<ulong>();
        for (var i = 0; i < 4; i++)
        {
            trainer.Step(Data.Inputs[..40], Data.Labels[..8]);
            hashes.Add(network.Hash());
            System.IO.File.WriteAllText(System.IO.Path.Combine(store.Folder, "checkpoint-000009.safetensors.x.tmp"), "left behind");
            store.Save(trainer);
        }
        Assert.Equal(["checkpoint-000003.safetensors", "checkpoint-000004.safetensors"], Directory.GetFiles(store.Folder).Select(System.IO.Path.GetFileName).Order());

        System.IO.File.WriteAllBytes(store.Paths[0], System.IO.File.ReadAllBytes(store.Paths[0])[..^1]);
        var faults = new List<string>();
        var loaded = new Classifier(2);
        var loadedTrainer = loaded.CreateTrainer(new Adam(0.01), 8);
        store.LoadNewest(loadedTrainer, fault => faults.Add(fault.Message));
        Assert.Equal(hashes[2], loaded.Hash());
        Assert.Equal(3, loadedTrainer.StepCount);
        Assert.Contains("checkpoint-000004.safetensors: the header promises", Assert.Single(faults), StringComparison.Ordinal);

        System.IO.File.WriteAllText(store.Paths[1], "");
        Assert.Contains("checkpoint-000004", Assert.Throws<InvalidDataException>(() => store.LoadNewest(loadedTrainer)).Message, StringComparison.Ordinal);
        Assert.EndsWith("checkpoint-000005.safetensors", store.Save(trainer), StringComparison.Ordinal);
    }

    /// <summary>Fails unless a run that goes on in another trainer, from a file, has the bits of one that never stopped.</summary>
    void GoesOn<TOptimizer>(TOptimizer optimizer, Func<ulong, INetwork>? create = null, Action<Trainer>? prepare = null) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        create ??= seed => new Classifier(seed);
        var whole = create(1);
        var trainer = whole.CreateTrainer(optimizer, 8);
        prepare?.Invoke(trainer);
        Train(trainer, 7);
        Checkpoint.Save(File, trainer);
        Train(trainer, 7);

        var resumed = create(2);
        var second = resumed.CreateTrainer(optimizer.WithLearningRate(0.7), 8);
        Train(second, 3);
        Checkpoint.Load(File, second);
        Train(second, 7);
        Assert.Equal(14, second.StepCount);
        Assert.Equal(whole.Hash(), resumed.Hash());
        Assert.All(trainer.StateNames, name => Assert.Equal(trainer.State(name).Hash(), second.State(name).Hash()));

        static void Train(Trainer trainer, int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                var first = (int)(trainer.StepCount * 8 % 40);
                trainer.Step(Data.Inputs.Slice(first * 5, 40), Data.Labels.Slice(first, 8));
            }
        }
    }

    void Refused<TOptimizer>(INetwork network, TOptimizer optimizer, string fault, ISchedule? schedule = null) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var trainer = network.CreateTrainer(optimizer, 8);
        trainer.Schedule = schedule;
        var hash = network.Hash();
        var message = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File, trainer)).Message;
        Assert.StartsWith(File + ": ", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Equal(hash, network.Hash());
        var untouched = network.CreateTrainer(optimizer, 8);
        Assert.All(trainer.StateNames, name => Assert.Equal(untouched.State(name).Hash(), trainer.State(name).Hash()));
        Assert.Equal(0, trainer.StepCount);
    }
}
