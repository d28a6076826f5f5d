namespace GenNet.Tests.Training.Histories;

/// <summary>
/// A random history of what can be done with a trainer, done to two: the one steps, accumulates, fails, is copied, saved and loaded as it comes;
/// the other is plain and only does what succeeds, each batch by Backward and Update. After each operation both know the same, bit for bit.
/// </summary>
sealed class TrainerHistory<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    const int MostRows = 160;

    readonly Func<ulong, INetwork> _create;
    readonly TOptimizer _optimizer;
    readonly NaiveStep? _naive;
    readonly bool _normalizes;

    /// <summary>Whether it shows how a batch is divided: in statistics of its parts, or in the rows that health looks at. The plain trainer then gets the same parts.</summary>
    readonly bool _samePartsForBoth;
    readonly string _folder;
    readonly List<string> _log = [];
    RandomStream _random;
    Trainer<TOptimizer> _trainer, _plain;

    /// <summary>The batch that was last accumulated or given to Backward, how many of its samples are done, and whether its gradients wait for an update.</summary>
    HistorySamples? _parts;
    int _partsDone;
    bool _kept;

    public TrainerHistory(ulong seed, Func<ulong, INetwork> create, TOptimizer optimizer, NaiveStep? naive, string folder)
    {
        (_create, _optimizer, _naive, _folder) = (create, optimizer, naive, folder);
        _random = new RandomStream(seed);
        (_trainer, _plain) = (NewTrainer(1), NewTrainer(1));
        _trainer.Seed = _plain.Seed = 3;
        _normalizes = _trainer.Network.Architecture.Layers.Any(layer => layer is BatchNormLayer);
        _samePartsForBoth = _normalizes || _trainer.Health is not null;
    }

    public void Run(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var operation = Next();
            try
            {
                operation();
                Assert.Equal(TrainerSnapshot.Of(_plain, false), TrainerSnapshot.Of(_trainer, false));
            }
            catch (Exception e)
            {
                throw new Xunit.Sdk.XunitException($"after {string.Join(", ", _log)}: {e.Message}", e);
            }
        }
    }

    Action Next() => _random.NextInt32(18) switch
    {
        0 or 1 => Named("step", Step),
        2 => Named("step on one", StepOnOne),
        3 => Named("backward", Backward),
        4 or 5 or 6 => Named("accumulate", Accumulate),
        7 or 8 => Named("update", Update),
        9 => Named("limit", Limit),
        10 => Named("schedule", Schedule),
        11 => Named("copy", Copy),
        12 => Named("save and load", SaveAndLoad),
        13 => Named("swap", Swap),
        14 => Named("judge", Judge),
        15 or 16 => Named("freeze", Freeze),
        _ => Named("fail", Fail),
    };

    Action Named(string name, Action operation)
    {
        _log.Add(name);
        return operation;
    }

    Trainer<TOptimizer> NewTrainer(ulong seed)
    {
        var trainer = _create(seed).CreateTrainer(_optimizer, MostRows);
        if (trainer.Health is { } health)
            health.Interval = 3;
        return trainer;
    }

    void Step()
    {
        var samples = Draw(_random.NextInt32(4) == 0 ? 129 + _random.NextInt32(32) : 2 + _random.NextInt32(12));

        // By the schedule itself: a trainer that forgets it says another rate, too.
        var (before, frozen) = (Trained(), _trainer.Schedule?.At(_trainer.StepCount) == 0 && double.IsInfinity(_trainer.MaxWeightNorm));
        Assert.Equal(BackwardPlain(samples), samples.Step(_trainer));
        if (frozen)
            Assert.Equal(before, Trained());
        UpdatePlain();
        (_parts, _kept) = (null, false);
    }

    /// <summary>The weights that an optimiser may change.</summary>
    float[] Trained() => _trainer.Network.Parameters.Span[.._trainer.Network.Parameters.TrainedLength].ToArray();

    void StepOnOne()
    {
        if (_normalizes)
            return;
        var samples = Draw(1);
        Assert.Equal(BackwardPlain(samples), samples.Step(_trainer));
        UpdatePlain();
        (_parts, _kept) = (null, false);
    }

    void Backward()
    {
        var samples = Draw(2 + _random.NextInt32(12));
        Assert.Equal(BackwardPlain(samples), samples.Backward(_trainer));
        Assert.Equal(_plain.GradientBlock.Hash(), _trainer.GradientBlock.Hash());
        (_parts, _partsDone, _kept) = (samples, samples.Count, true);
    }

    void Accumulate()
    {
        // Labels of a part do not say how often the batch has each class.
        if (_trainer.ClassWeights.Length > 0)
            return;
        if (_parts is null || _partsDone == _parts.Count)
            (_parts, _partsDone) = (Draw(4 + _random.NextInt32(150), weighted: false), 0);
        var left = _parts.Count - _partsDone;
        var count = _random.NextInt32(3) == 0 ? left : 1 + _random.NextInt32(left);
        if (_normalizes && (count < 2 || left - count == 1))
            count = left;
        var loss = _parts.Accumulate(_trainer, _partsDone, count);
        if (_samePartsForBoth)
            Assert.Equal(_parts.Accumulate(_plain, _partsDone, count), loss);
        _partsDone += count;
        _kept = _partsDone == _parts.Count;
        if (!_kept)
            return;
        if (!_samePartsForBoth)
            BackwardPlain(_parts);
        Assert.Equal(_plain.GradientBlock.Hash(), _trainer.GradientBlock.Hash());
    }

    void Update()
    {
        if (!_kept)
        {
            Assert.Throws<InvalidOperationException>(_trainer.Update);
            return;
        }
        _trainer.Update();
        UpdatePlain();
        (_parts, _kept) = (null, false);
    }

    float BackwardPlain(HistorySamples samples)
    {
        var loss = samples.Backward(_plain);
        if (_naive is not null)
            _naive.CheckGradients(_plain, samples, loss);
        return loss;
    }

    void UpdatePlain()
    {
        if (_naive is null)
            _plain.Update();
        else
            _naive.CheckUpdate(_plain);
    }

    void Limit()
    {
        var choice = _random.NextInt32(5);
        foreach (var trainer in new[] { _trainer, _plain })
            switch (choice)
            {
                case 0:
                    trainer.MaxGradientNorm = 0.05;
                    break;
                case 1:
                    trainer.MaxGradientNorm = double.PositiveInfinity;
                    break;
                case 2:
                    trainer.MaxWeightNorm = double.IsFinite(trainer.MaxWeightNorm) ? double.PositiveInfinity : 0.6;
                    break;
                case 3:
                    // For all parts of a batch the same.
                    if (_parts is null || _kept)
                        trainer.LabelSmoothing = trainer.LabelSmoothing == 0 ? 0.1 : 0;
                    break;
                default:
                    if (_parts is null || _kept)
                        trainer.ClassWeights = trainer.ClassWeights.IsEmpty ? [1, 2, 0.5f] : [];
                    break;
            }
    }

    /// <summary>Freezes a layer, thaws it, or gives it another part of the learning rate: not between the parts of a batch, which would be of different layers.</summary>
    void Freeze()
    {
        if (_parts is not null && _partsDone < _parts.Count)
            return;
        var (index, choice) = (_random.NextInt32(_trainer.Layers.Count), _random.NextInt32(4));
        foreach (var layer in new[] { _trainer.Layers[index], _plain.Layers[index] })
            switch (choice)
            {
                case 0 or 1 when _kept && layer.IsFrozen:
                    Assert.Throws<InvalidOperationException>(() => layer.IsFrozen = false);
                    break;
                case 0 or 1:
                    layer.IsFrozen = !layer.IsFrozen;
                    break;
                case 2:
                    layer.LearningRateFactor = layer.LearningRateFactor == 1 ? 0.25 : 1;
                    break;
                default:
                    layer.UsesRunningStatistics = !layer.UsesRunningStatistics && _trainer.Network.Architecture.Layers[index] is BatchNormLayer;
                    break;
            }
    }

    void Schedule()
    {
        ISchedule? schedule = _random.NextInt32(4) switch
        {
            0 => new WarmupSchedule(20, 0.2).Times(new PlateauSchedule(0.5, 0)),
            1 => null,
            2 when _plain.StepCount > 0 => new ConstantSchedule(0),
            _ => _trainer.Schedule,
        };
        var metric = _random.NextDouble();
        foreach (var trainer in new[] { _trainer, _plain })
        {
            trainer.Schedule = schedule;
            trainer.Report(metric);
        }
        Assert.Equal(_plain.LearningRate, _trainer.LearningRate);
        _plain.Schedule = _trainer.Schedule;
    }

    void Copy()
    {
        _trainer = CopyOf(_trainer);
        Assert.Equal(TrainerSnapshot.Of(_plain, _kept, health: false), TrainerSnapshot.Of(_trainer, _kept, health: false));
        MeasureAnew();
    }

    Trainer<TOptimizer> CopyOf(Trainer<TOptimizer> trainer)
    {
        var copy = NewTrainer(2);
        copy.Network.Parameters.CopyFrom(trainer.Network.Parameters);
        copy.CopyStateFrom(trainer);
        return copy;
    }

    /// <summary>What was measured is in no copy and no file, so the plain one forgets it too.</summary>
    void MeasureAnew()
    {
        if (_plain.Health is not null)
            _plain = CopyOf(_plain);
    }

    /// <summary>Between two updates: what is kept is not in the file.</summary>
    void SaveAndLoad()
    {
        var path = Path.Combine(_folder, "history.safetensors");
        Checkpoint.Save(path, _trainer);
        var next = NewTrainer(2);
        next.Schedule = _trainer.Schedule?.After(1e9 * _random.NextDouble());
        Checkpoint.Load(path, next);
        foreach (var trainer in new[] { next, _plain })
        {
            // The norm of an update before the file was written is not in it either.
            var limit = trainer.MaxGradientNorm;
            trainer.MaxGradientNorm = double.PositiveInfinity;
            trainer.MaxGradientNorm = limit;
        }
        Assert.Throws<InvalidOperationException>(next.Update);
        Assert.Equal(TrainerSnapshot.Of(_plain, false, health: false), TrainerSnapshot.Of(next, false, health: false));
        _trainer = next;

        // The plain one forgets the gradients that the other has lost.
        _plain.Resume(_plain.StepCount, _plain.BatchCount, _plain.BaseLearningRate);
        MeasureAnew();
        (_parts, _kept) = (null, false);
    }

    void Swap()
    {
        // The average is zero before the first update, and zero weights have no gradients.
        if (_plain.StepCount == 0)
            return;

        // Parts before and after have the gradients of different weights, which no single Backward has.
        if (!_samePartsForBoth && _parts is not null && _partsDone < _parts.Count)
            return;
        foreach (var trainer in new[] { _trainer, _plain })
            if (trainer.StateNames.Contains(Averaged.StateName))
            {
                var (weights, average) = (trainer.Network.Parameters, trainer.State(Averaged.StateName));
                var (weightsBefore, averageBefore) = (weights.Span.ToArray(), average.Span.ToArray());

                // Running statistics are of no average: it has those of the network.
                Assert.Equal(weightsBefore[weights.TrainedLength..], averageBefore[weights.TrainedLength..]);
                weights.Swap(average);
                Assert.Equal(averageBefore, weights.Span.ToArray());
                Assert.Equal(weightsBefore, average.Span.ToArray());
            }
    }

    void Judge()
    {
        var samples = Draw(2 + _random.NextInt32(150), weighted: false);
        Assert.Equal(samples.Loss(_plain), samples.Loss(_trainer));
        Assert.Equal(_plain.Evaluate(samples.ToDataset()), _trainer.Evaluate(samples.ToDataset()));
        _plain.Health?.EndEpoch();
        _trainer.Health?.EndEpoch();
    }

    /// <summary>One of the ways to fail, by one of the methods.</summary>
    void Fail()
    {
        var samples = Draw(2 + _random.NextInt32(150), weighted: false);
        var (fault, method) = (_random.NextInt32(6), _random.NextInt32(3));
        switch (fault)
        {
            case 0:
                samples.X[_random.NextInt32(samples.X.Length)] = float.NaN;
                break;
            case 1:
                samples.Labels[_random.NextInt32(samples.Count)] = -1;
                break;
            case 2:
                samples.X = samples.X[1..];
                break;
            case 3:
                FailToUpdate();
                return;
            case 4 when _trainer.Network is LotsOfRows:
                FailLate();
                return;
            default:
                SpoilBias(float.NaN, out var before);
                try
                {
                    Assert.Throws<TrainingDivergedException>(() => Try(samples, method));
                }
                finally
                {
                    SpoilBias(before, out _);
                }
                return;
        }
        Assert.ThrowsAny<Exception>(() => Try(samples, method));
    }

    /// <summary>The loss of the last lot of rows is no number: the first has written over the gradients by then.</summary>
    void FailLate()
    {
        var samples = Draw(129 + _random.NextInt32(30), weighted: false);
        samples.X.AsSpan(samples.X.Length - HistorySamples.Inputs).Fill(3e38f);
        if (!_kept)
            Backward();
        var before = _trainer.GradientBlock.Hash();
        Assert.Throws<TrainingDivergedException>(() => Try(samples, _random.NextInt32(2)));
        Assert.Equal(before, _trainer.GradientBlock.Hash());
    }

    void FailToUpdate()
    {
        var schedule = _trainer.Schedule;
        _trainer.Schedule = new NotANumber();
        Assert.ThrowsAny<Exception>(_trainer.Update);
        _trainer.Schedule = schedule;
    }

    readonly struct NotANumber : ISchedule
    {
        public double At(long step) => double.NaN;
    }

    void SpoilBias(float value, out float before)
    {
        var parameters = _trainer.Network.Parameters;
        var biases = parameters.Dense(parameters.LayerCount - 1).Biases;
        (before, biases[1]) = (biases[1], value);
    }

    void Try(HistorySamples samples, int method)
    {
        switch (method)
        {
            case 0:
                samples.Step(_trainer);
                break;
            case 1:
                samples.Backward(_trainer);
                break;
            default:
                var begun = _parts is not null && _partsDone < _parts.Count;
                var total = begun ? _parts!.Count : samples.Count;
                var count = Math.Min(samples.Labels.Length, begun ? total - _partsDone : total);

                // A part that fits, so that the fault alone refuses it: all of it is given where the fault may be anywhere.
                if (_trainer.ClassWeights.Length > 0 || count < samples.Count || (_normalizes && count < 2))
                    samples.Backward(_trainer);
                else
                    _trainer.Accumulate(samples.X, samples.Labels, total);
                break;
        }
    }

    HistorySamples Draw(int count, bool weighted = true) => new(ref _random, count, weighted && _random.NextInt32(3) == 0);
}
