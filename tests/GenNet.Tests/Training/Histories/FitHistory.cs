using GenNet.Tests.Robustness;

namespace GenNet.Tests.Training.Histories;

/// <summary>A random fit, once as it is and once interrupted in every way and gone on with in every way: both come to the same bits.</summary>
sealed class FitHistory<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    const int MostInterruptions = 12;

    readonly Func<ulong, INetwork> _create;
    readonly TOptimizer _optimizer;
    readonly string _path;
    readonly Dataset _data;
    readonly FitOptions _options;
    readonly double _maxGradientNorm, _labelSmoothing;
    readonly float[] _classWeights;
    readonly List<string> _log = [];
    RandomStream _random;

    public FitHistory(ulong seed, Func<ulong, INetwork> create, TOptimizer optimizer, string folder)
    {
        (_create, _optimizer, _path) = (create, optimizer, Path.Combine(folder, "fit.safetensors"));
        _random = new RandomStream(seed);
        _data = FitSamples.Create(25 + _random.NextInt32(40), seed);
        _maxGradientNorm = _random.NextInt32(3) == 0 ? 0.3 : double.PositiveInfinity;
        _labelSmoothing = _random.NextInt32(3) == 0 ? 0.1 : 0;
        _classWeights = _random.NextInt32(3) == 0 ? [1, 2, 0.5f] : [];
        _options = Options();
    }

    FitOptions Options()
    {
        var validated = _random.NextInt32(3);
        var weights = new float[_data.Count];
        foreach (ref var weight in weights.AsSpan())
            weight = _random.NextSingle();
        return new()
        {
            Epochs = 2 + _random.NextInt32(5),
            BatchSize = 2 + _random.NextInt32(14),
            Seed = _random.NextUInt64(),
            DropLast = true,
            ValidationSplit = validated == 1 ? 0.25 : 0,
            Validation = validated == 2 ? FitSamples.Create(30, 99) : null,
            EarlyStopping = _random.NextInt32(2) == 0 ? null : new()
            {
                Monitor = validated == 0 ? MonitoredMetric.Loss : (MonitoredMetric)_random.NextInt32(3),
                Patience = _random.NextInt32(3),
                RestoreBestWeights = _random.NextInt32(4) != 0,
            },
            Sampling = _random.NextInt32(3) switch { 0 => Sampling.Balanced, 1 => Sampling.Weighted(weights), _ => null },
            Schedule = _random.NextInt32(3) switch
            {
                0 => new PlateauSchedule(0.5, 0, threshold: 0.05),
                1 => new WarmupSchedule(5).Then(5, new PlateauSchedule(0.3, 0, threshold: 0.5).Times(new CosineSchedule(100))),
                _ => null,
            },
        };
    }

    public void Run()
    {
        var whole = FirstTrainer();
        var expected = whole.Fit(_data, _options);
        var (trainer, state) = (FirstTrainer(), new FitState());
        FitResult? result = null;
        try
        {
            for (var i = 0; result is null && i < MostInterruptions; i++)
                (result, trainer, state) = Interrupted(trainer, state);
            result ??= trainer.Fit(_data, _options, state);
            Assert.Equal(expected.Epochs.Select(Numbers), result.Epochs.Select(Numbers));
            Assert.Equal((expected.BestEpoch, expected.End), (result.BestEpoch, result.End));

            // The norm of the last update is not in a checkpoint.
            whole.MaxGradientNorm = trainer.MaxGradientNorm = double.PositiveInfinity;
            Assert.Equal(TrainerSnapshot.Of(whole, false, health: false), TrainerSnapshot.Of(trainer, false, health: false));
        }
        catch (Exception e)
        {
            throw new Xunit.Sdk.XunitException($"after {string.Join(", ", _log)}: {e.Message}", e);
        }
    }

    /// <summary>Lets the fit go on until something happens; returns its result if nothing did, and with what it goes on.</summary>
    (FitResult? Result, Trainer<TOptimizer> Trainer, FitState State) Interrupted(Trainer<TOptimizer> trainer, FitState state)
    {
        var kind = (Interruption)_random.NextInt32(Enum.GetValues<Interruption>().Length);
        using var interrupter = new Interrupter(kind, 1 + _random.NextInt32(30), _path, 1 + _random.NextInt32(10));
        _log.Add($"{kind} at event {interrupter.At}");
        File.Delete(_path);
        try
        {
            var result = trainer.Fit(_data, _options with { Callbacks = [interrupter], Progress = interrupter }, state, interrupter.Token);
            if (result.End != FitEnd.StoppedByCallback)
                return (result, trainer, state);
        }
        catch (Exception e) when (e is Interrupter.Thrown or OperationCanceledException or TrainingDivergedException)
        {
            interrupter.PutRight(trainer);
        }
        var way = _random.NextInt32(4);
        var next = NewTrainer(2);
        switch (way)
        {
            case 0:
                return (null, trainer, state);
            case 1:
                _log.Add("copied");
                next.Network.Parameters.CopyFrom(trainer.Network.Parameters);
                next.CopyStateFrom(trainer);
                return (null, next, state);
            case 2:
                // As of now; otherwise as of some event before, as after a power failure.
                Checkpoint.Save(_path, trainer, new TrainingState { Fit = state });
                break;
        }
        if (!File.Exists(_path))
            return (null, trainer, state);
        _log.Add(way == 2 ? "saved and loaded" : "gone back to a checkpoint");
        next.Schedule = _options.Schedule;
        var loaded = Checkpoint.Load(_path, next).Fit;
        if (way == 2)
            Same.As(state, loaded);
        return (null, next, loaded);
    }

    /// <summary>A trainer with settings, which another one takes from it or from a file.</summary>
    Trainer<TOptimizer> FirstTrainer()
    {
        var trainer = NewTrainer(1);
        (trainer.MaxGradientNorm, trainer.LabelSmoothing) = (_maxGradientNorm, _labelSmoothing);
        trainer.ClassWeights = _classWeights;
        return trainer;
    }

    Trainer<TOptimizer> NewTrainer(ulong seed) => _create(seed).CreateTrainer(_optimizer, 20);

    static (int, double, Evaluation?) Numbers(EpochResult result) => (result.Epoch, result.Loss, result.Validation);
}
