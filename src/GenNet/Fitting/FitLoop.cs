using System.Diagnostics;

namespace GenNet;

/// <summary>One fit: epochs of steps, each epoch judged.</summary>
sealed class FitLoop
{
    readonly Trainer _trainer;
    readonly Dataset _data;
    readonly Dataset? _validation;
    readonly Sampling? _sampling;
    readonly FitOptions _options;
    readonly FitState _state;
    readonly FitCallback[] _callbacks;
    readonly FitContext _context;
    readonly RandomStream _random;
    readonly int _batchSize;
    readonly EpochSource _source;

    /// <summary>Which samples of a batch this rank computes; null for all.</summary>
    readonly Func<int, (int First, int End)>? _own;

    public FitLoop(Trainer trainer, Dataset data, FitOptions options, FitState state)
    {
        (_trainer, _options, _state) = (trainer, options, state);
        _batchSize = options.BatchSize ?? trainer.BatchSize;
        if (_batchSize > trainer.BatchSize)
            throw new ArgumentException($"The options ask for batches of {_batchSize} samples, the trainer takes up to {trainer.BatchSize}.", nameof(options));
        if (state.Seed is { } seed && seed != options.Seed)
            throw new ArgumentException($"The state is of a fit with seed {seed}, the options say {options.Seed}.", nameof(state));
        _random = new RandomStream(options.Seed);
        options.Sampling?.Check(data);
        (_data, _validation, _sampling) = (data, options.Validation, options.Sampling);
        if (options.ValidationSplit > 0)
        {
            if (_validation is not null)
                throw new ArgumentException("Give either Validation or ValidationSplit.", nameof(options));

            // Epochs are numbered from 1: this stream is no epoch's.
            var (held, kept) = data.SplitIndices(options.ValidationSplit, _random.Split(0UL).Key);
            (_data, _validation, _sampling) = (data.Part(kept), data.Part(held), options.Sampling?.Of(kept));
        }
        var check = new SampleCheck(trainer.Network);
        check.Check(_data, nameof(NetworkTraining.Fit), "training data");
        if (_validation is not null)
            check.Check(_validation, nameof(NetworkTraining.Fit), options.ValidationSplit > 0 ? "training data" : "validation data");
        check.CheckCounted(_data.LabelsThere, nameof(NetworkTraining.Fit), "training data");
        check.CheckCounted(_validation is null ? [] : _validation.LabelsThere, nameof(NetworkTraining.Fit), "validation data");
        CheckMonitor();
        if (trainer.Exchange is { } exchange)
        {
            trainer.CheckParts(exchange, _batchSize, nameof(options));
            _own = trainer.Meeting is null ? null : samples => trainer.PlanOf(samples).SamplesOf(exchange.Rank);
        }
        _callbacks = [.. options.Callbacks];
        _context = new FitContext(trainer, options, state, Batches(1).Count);
        CheckBatches(trainer.Network.Architecture, _data.Count, _batchSize, options, _data.Lengths);
        _source = EpochSource.Of(_data, _sampling, _batchSize, options.DropLast);
        CheckState();
    }

    /// <summary>Whether a callback ended the fit before its time, and whether it was another rank's.</summary>
    public (bool Stopped, bool Elsewhere) Ended { get; private set; }

    /// <summary>Adds what must be alike on all ranks that fit together.</summary>
    public void AddToComparison(RankComparison comparison)
    {
        comparison.Add("the training data", _source.DataHash + (ulong)_source.SampleCount);
        comparison.Add("the validation data", _validation is null ? 0 : EpochSource.Of(_validation, null, 1, false).DataHash + (ulong)_validation.Count);
        comparison.Add("Sampling", _source.SamplingHash);
        comparison.Add("BatchSize", (ulong)_batchSize);
        comparison.Add("DropLast", _options.DropLast ? 1UL : 0);
        comparison.Add("Seed", _options.Seed);
        comparison.Add("Epochs", (ulong)_options.Epochs);
        comparison.Add("EarlyStopping", InvariantText.Of(() => _options.EarlyStopping?.ToString()));
        comparison.Add("FitOptions.Schedule", InvariantText.Of(() => _options.Schedule?.ToString()));
        comparison.Add("where the fit is", FormattableString.Invariant($"{_state.EpochsDone} {_state.StepsDone} {_state.LossSum:R} {_state.BestEpoch} {_state.BestMetric:R} {_state.StoppedEarly} {string.Join(' ', _state.History.Select(epoch => FormattableString.Invariant($"{epoch.Loss:R} {epoch.Validation?.Loss:R}")))}"));
        comparison.Add("the best weights", _state.BestParameters?.Hash() ?? 0);
    }

    /// <summary>Throws unless a network can be trained on the batches that so many samples are divided in.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">Their number.</param>
    /// <param name="batchSize">Samples of a batch.</param>
    /// <param name="options">Whether what is left over is dropped.</param>
    /// <param name="lengths">Steps of samples, or of those that they are drawn from; empty where all are whole.</param>
    public static void CheckBatches(NetworkArchitecture network, int samples, int batchSize, FitOptions options, ReadOnlySpan<int> lengths)
    {
        if (options.DropLast && samples < batchSize)
            throw new ArgumentException($"DropLast leaves no batch of {batchSize} in {samples} samples.", nameof(options));
        if (!options.DropLast && batchSize > 1 && samples % batchSize == 1 && network.NormalizesSamples)
            throw new ArgumentException($"Batches of {batchSize} leave one sample of {samples} for the last, which batch normalisation cannot be trained on: set DropLast or another BatchSize.", nameof(options));
        if (network.NormalizesSteps && lengths.Contains(1) && (batchSize == 1 || (!options.DropLast && samples % batchSize == 1)))
            throw new ArgumentException(
                $"Batches of {batchSize} {(batchSize == 1 ? "may be" : $"leave one sample of {samples} for the last, which may be")} a sequence of one step, which batch normalisation cannot be trained on: {(batchSize == 1 ? "set another BatchSize" : "set DropLast or another BatchSize")}, or leave such sequences out.", nameof(options));
    }

    public FitResult Run(CancellationToken cancellationToken)
    {
        _state.Seed = _trainer.Seed = _options.Seed;
        _state.Source = _source;
        _trainer.Schedule = ScheduleSoFar();
        foreach (var callback in _callbacks)
            callback.OnFitBegin(_context);
        while (_state.EpochsDone < _options.Epochs && !_state.StoppedEarly && !_context.Stopped)
            RunEpoch(cancellationToken);
        var end = _state.StoppedEarly ? FitEnd.StoppedEarly : _state.EpochsDone >= _options.Epochs ? FitEnd.Completed : FitEnd.StoppedByCallback;

        // A fit that a callback stopped may go on later, which takes the weights as they are.
        if (end != FitEnd.StoppedByCallback && _options.EarlyStopping is { RestoreBestWeights: true } && _state.BestParameters is { } best)
            _trainer.Network.Parameters.CopyFrom(best);
        var result = new FitResult([.. _state.History], _state.BestEpoch, end);
        foreach (var callback in _callbacks)
            callback.OnFitEnd(_context, result);
        Ended = (end == FitEnd.StoppedByCallback, Ended.Elsewhere);
        return result;
    }

    void RunEpoch(CancellationToken cancellationToken)
    {
        _context.Epoch = _state.EpochsDone + 1;
        _context.Step = _state.StepsDone;
        _context.BatchLoss = float.NaN;
        foreach (var callback in _callbacks)
            callback.OnEpochBegin(_context);
        if (!RunSteps(cancellationToken))
            return;

        // Batches are whole but for the last one, which may have been dropped.
        var samples = Math.Min(_data.Count, (long)_context.StepsPerEpoch * _batchSize);
        var validation = _validation is null ? (Evaluation?)null : _trainer.EvaluateTogether(_validation);
        var schedule = _trainer.Schedule?.After(validation?.Loss ?? _state.LossSum / samples);
        _trainer.Health?.EndEpoch();

        // From here on until the callbacks nothing fails.
        _trainer.Schedule = schedule;
        var result = new EpochResult(_context.Epoch, _state.LossSum / samples, validation, _state.TrainingTime) { Findings = _trainer.Health?.Diagnose() ?? [] };
        (_state.StepsDone, _state.LossSum, _state.TrainingTime) = (0, 0, TimeSpan.Zero);
        _state.EpochsDone++;
        _state.History.Add(result);
        Judge(result);
        foreach (var callback in _callbacks)
            callback.OnEpochEnd(_context, result);
        if (_trainer.Exchange is null or { Rank: 0 })
            _options.Progress?.Report(result);
    }

    /// <summary>Makes the steps of the epoch that are left; returns whether all are made.</summary>
    bool RunSteps(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in Batches(_context.Epoch).Skip(_state.StepsDone))
        {
            if (_context.Stopped)
                return false;
            cancellationToken.ThrowIfCancellationRequested();
            float loss;
            try
            {
                loss = _trainer.Step(batch);
            }
            catch (RankEndedException e) when (e.Status == RankStatus.Stopped)
            {
                _context.Stop();
                Ended = (true, true);
                return false;
            }
            _state.TrainingTime += Stopwatch.GetElapsedTime(start);
            _state.LossSum += (double)loss * batch.Count;
            _state.StepsDone++;
            _state.StepCount = _trainer.StepCount;
            _context.Step = _state.StepsDone;
            _context.BatchLoss = loss;
            foreach (var callback in _callbacks)
                callback.OnBatchEnd(_context);
            start = Stopwatch.GetTimestamp();
        }
        return true;
    }

    /// <summary>The options' schedule with all that has been reported of the epochs done, so that it goes on where it was, in whichever trainer; without, the trainer's own.</summary>
    ISchedule? ScheduleSoFar() => _options.Schedule is { } schedule
        ? _state.History.Aggregate(schedule, (reported, epoch) => reported.After(epoch.Validation?.Loss ?? epoch.Loss))
        : _trainer.Schedule;

    /// <summary>The epoch's batches: the same for an epoch's number whatever came before.</summary>
    BatchSequence Batches(int epoch)
    {
        var seed = _random.Split((ulong)epoch).Key;
        return (_sampling is null ? _data.Shuffled(seed) : _data.Sampled(_sampling, seed)).Batches(_batchSize, _options.DropLast).Using(_own);
    }

    /// <summary>Keeps the best epoch's weights, and stops after too many that are no better.</summary>
    void Judge(EpochResult result)
    {
        if (_options.EarlyStopping is not { } stopping)
            return;
        var metric = stopping.MetricOf(result);
        if (stopping.Improves(metric, _state.BestMetric))
        {
            (_state.BestMetric, _state.BestEpoch) = (metric, result.Epoch);
            if (stopping.RestoreBestWeights)
                (_state.BestParameters ??= _trainer.Network.Parameters.Like()).CopyFrom(_trainer.Network.Parameters);
        }
        _state.StoppedEarly = result.Epoch - _state.BestEpoch > stopping.Patience;
    }

    void CheckState()
    {
        if (_state.EpochsDone < 0 || _state.StepsDone < 0)
            throw new ArgumentException($"The state is of {_state.EpochsDone} epochs and {_state.StepsDone} steps: neither can be negative.", "state");
        if (_state.BestParameters is { } best)
            best.CheckLayers(_trainer.Network.Parameters, "state");
        if (_state.StepsDone == 0)
            return;
        var place = $"The state is at step {_state.StepsDone} of an epoch";
        const string Remedy = "go on with what it was made with, or begin the epoch anew: set its StepsDone and LossSum to 0";
        if (_state.Source is null)
            throw new ArgumentException($"{place}, but has no Source, which says what its batches were: {Remedy}.", "state");
        if (_state.Source.Difference(_source) is { } difference)
            throw new ArgumentException($"{place} of {difference}: {Remedy}.", "state");
        if (_state.StepsDone > _context.StepsPerEpoch)
            throw new ArgumentException($"{place}, which has only {_context.StepsPerEpoch}: {Remedy}.", "state");
        if (_state.StepCount > _trainer.StepCount)
            throw new ArgumentException($"{place} and of {_state.StepCount} updates, the trainer has made only {_trainer.StepCount}: take over the state of its trainer (CopyStateFrom), or load the checkpoint.", "state");
    }

    void CheckMonitor()
    {
        if (_options.EarlyStopping is not { } stopping || stopping.Monitor == MonitoredMetric.Loss)
            return;
        if (_validation is null)
            throw new ArgumentException($"Early stopping by {stopping.Monitor} needs Validation or ValidationSplit; without, monitor the Loss.", "options");
        if (stopping.Monitor != MonitoredMetric.ValidationAccuracy)
            return;
        if (_trainer.Network.Architecture.Heads is not [{ Name: "" } head])
            throw new ArgumentException($"Early stopping by ValidationAccuracy: {_trainer.Network.Architecture.Name} has heads, each with an accuracy of its own; monitor the ValidationLoss.", "options");
        if (!_validation.HasLabels && !new OutputClasses(_trainer.Network.Architecture, head).HaveTargets)
            throw new ArgumentException("Early stopping by ValidationAccuracy needs classes, and this is a regression; monitor the ValidationLoss.", "options");
    }
}
