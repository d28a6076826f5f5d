using System.Runtime.InteropServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

// Steps that several ranks make together.
public abstract unsafe partial class Trainer
{
    RankPlans _plans = new(1);
    IRankExchange? _exchange;
    bool _compared;

    /// <summary>
    /// What moves bytes between the ranks that train together, null, as it is at first, for training alone. All ranks give <c>Step</c>, <c>Forward</c>, <c>Backward</c> and <c>Accumulate</c> the same samples:
    /// each computes the gradients of its own parts of 128 samples, and all get the sum, with the bits that one rank alone has. Before the first step, and when a fit begins, the ranks compare
    /// what must be alike. A batch that has gone forward before it is set does not go back after it.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="BatchSize"/> has fewer parts than there are ranks.</exception>
    public IRankExchange? Exchange
    {
        get => _exchange;
        set
        {
            if (value is not null)
                CheckParts(value, BatchSize, nameof(Exchange));
            var hadRanks = Meeting is not null;
            _exchange = value;
            Meeting = value is { Ranks: > 1 } ? new RankMeeting(value) : null;
            _compared = false;
            _plans = new RankPlans(value?.Ranks ?? 1);
            ForgetForwarded();
            _samples.OnRefusal = Meeting is null ? null : TellFailure;
            ExchangeChanged();
            if (Health is not null && (hadRanks || Meeting is not null))
                Health.Forget();
            if (Health is not null)
                Health.Share = Meeting is null ? null : new RankUnits(this, value!);
        }
    }

    /// <summary>Throws where some ranks would never have anything to compute.</summary>
    internal void CheckParts(IRankExchange exchange, int batchSize, string parameter)
    {
        if (SampleParts.Count(batchSize) < exchange.Ranks)
            throw new ArgumentException(
                $"{Name}: batches of {batchSize} samples have {SampleParts.Count(batchSize)} {(batchSize <= SampleParts.Samples ? "part" : "parts")} of {SampleParts.Samples} samples, fewer than the {exchange.Ranks} ranks that would share them. "
                + $"Take batches of more than {(exchange.Ranks - 1) * SampleParts.Samples} samples, or start fewer ranks.", parameter);
    }

    /// <summary>Where the ranks meet; null where there is one.</summary>
    internal RankMeeting? Meeting { get; private set; }

    private protected abstract void ExchangeChanged();

    /// <summary>Which rank computes what of so many samples.</summary>
    internal RankPlan PlanOf(int samples) => PlanOf(samples, before: 0, samples);

    /// <summary>Which rank sums what of a part of a batch.</summary>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="before">Those before the part.</param>
    /// <param name="rows">Those of the part.</param>
    private protected RankPlan PlanOf(int samples, int before, int rows) => _plans.Of(samples, before, rows);

    /// <summary>How many plans are kept.</summary>
    internal int PlanCount => _plans.Count;

    /// <summary>Begins what this rank says when the ranks meet.</summary>
    internal ref RankReport BeginReport(RankCall call, int samples = 0)
    {
        ref var report = ref Meeting!.Own;
        report = default;
        (report.Call, report.Samples, report.StepCount, report.BatchCount, report.Seed) = (call, samples, StepCount, BatchCount, Seed);
        report.Settings = EpochSource.Hash<ulong>([HashOfSettings(), _updatedWith], 0);
        report.Weights = call is RankCall.Validation or RankCall.EndOfFit ? Network.Parameters.Hash() : 0;
        return ref report;
    }

    /// <summary>A fingerprint of the optimiser but for its learning rate; 0 until it is asked for.</summary>
    private protected ulong OptimizerHash;

    /// <summary>A fingerprint of the settings of the updates since the ranks last met: <see cref="Update"/> itself is each rank's own.</summary>
    ulong _updatedWith;

    /// <summary>An update is each rank's own, but for one that is refused: of that the others hear when they next meet this one.</summary>
    void UpdateOnRank()
    {
        try
        {
            Kept.CheckWhole();
            var with = HashOfUpdate();
            UseKeptGradients();
            _updatedWith = with;
        }
        catch (Exception e)
        {
            TellFailure(e);
            throw;
        }
        Kept.Forget();
    }

    ulong HashOfUpdate() => EpochSource.Hash<double>([LearningRate], HashOfSettings() ^ _updatedWith);

    ulong HashOfSettings()
    {
        if (OptimizerHash == 0)
            OptimizerHash = EpochSource.Hash<char>(DescribeOptimizer(learningRate: 1), 0);
        var hash = EpochSource.Hash(ClassWeights, OptimizerHash);
        hash = EpochSource.Hash<double>([MaxGradientNorm, MaxWeightNorm, LabelSmoothing, Health?.Interval ?? 0], hash);

        // No foreach: the list's enumerator would be allocated.
        for (var layer = 0; layer < Layers.Count; layer++)
            hash = EpochSource.Hash<double>([Layers[layer].IsFrozen ? 1 : 0, Layers[layer].UsesRunningStatistics ? 1 : 0, Layers[layer].LearningRateFactor], hash);
        return hash;
    }

    /// <summary>The ranks compare what must be alike.</summary>
    /// <param name="addMore">Adds what a fit needs beside the trainer; null outside of one.</param>
    /// <exception cref="RankFailedException">A rank has something else than the first.</exception>
    internal void Compare(Action<RankComparison>? addMore)
    {
        ref var report = ref Meeting!.Own;
        report = default;
        report.Call = RankCall.Comparison;
        _ = Meeting.Meet(Name, null);
        var comparison = new RankComparison();
        foreach (var (what, hash) in RankRound.OfProgram())
            comparison.Add(what, hash);
        comparison.Add("the network's declaration", InvariantText.Of(() => Network.Architecture + string.Concat(Network.Architecture.Layers)));
        comparison.Add("the optimiser", DescribeOptimizer(BaseLearningRate));
        comparison.Add("the batch size", (ulong)BatchSize);
        comparison.Add("the number of updates", (ulong)StepCount);
        comparison.Add("whether gradients of inputs are computed", ComputesInputGradients ? 1UL : 0);
        comparison.Add("the weights", Network.Parameters.Hash());
        comparison.Add("what the optimiser keeps", StateNames.Aggregate(0UL, (hash, name) => RandomStream.Mix(hash + State(name).Hash())));
        comparison.Add<double>("the limits of norms", [MaxGradientNorm, MaxWeightNorm]);
        comparison.Add<double>("label smoothing", [LabelSmoothing]);
        comparison.Add("the weights of classes", ClassWeights);
        comparison.Add("how layers are trained", InvariantText.Of(() => string.Concat(Layers)));
        comparison.Add("Health.Interval", (ulong)(Health?.Interval ?? 0));
        comparison.Add("Schedule", InvariantText.Of(() => Schedule?.ToString()));
        comparison.Add("what was accumulated", Kept.Any ? GradientBlock.Hash() : 0);
        (addMore ?? (_ => { }))(comparison);
        comparison.Check(Meeting.Round, _exchange!.Ranks, _exchange.Rank, Name);
        _compared = true;
    }

    /// <summary>The trainer goes on somewhere else: the next step begins with another comparison.</summary>
    private protected void CompareAgain() => _compared = false;

    /// <summary>Computes the gradients of this rank's part of some rows, and uses or keeps those of all. Where it throws, all is as it was.</summary>
    /// <inheritdoc cref="Run"/>
    private protected abstract float RunOnRanks(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method);

    /// <summary>Computes the gradients of all rows on each rank, to the same bits, and keeps them.</summary>
    /// <inheritdoc cref="Run"/>
    private protected abstract float RunAlike(float* inputs, Targets targets, int rows, int before, int samples, string method);

    float RunTogether(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        if (!_compared)
            Compare(null);
        return rows == samples || AreDivided(rows, before, samples)
            ? RunOnRanks(inputs, targets, rows, before, samples, update, method)
            : RunAlike(inputs, targets, rows, before, samples, method);
    }

    /// <summary>Whether ranks divide rows of a batch that is accumulated: where they are more than one part of 128 samples, and all of them whole. A rank that has some samples of a part cannot sum the others.</summary>
    static bool AreDivided(int rows, int before, int samples) =>
        rows > SampleParts.Samples && before % SampleParts.Samples == 0 && (rows % SampleParts.Samples == 0 || before + rows == samples);

    /// <summary>Tells the other ranks how this one fares, and finds out how they do: all throw where one cannot go on.</summary>
    internal void MeetAll(Exception? failure)
    {
        if (Meet(failure) is not RankStatus.Fine and var status)
            throw new RankEndedException(status);
    }

    /// <summary>The same where a rank may have stopped or been cancelled.</summary>
    internal RankStatus Meet(Exception? failure)
    {
        var status = Meeting!.Meet(Name, failure);
        _updatedWith = 0;
        return status;
    }

    /// <summary>The ranks agree on a batch that goes forward. Each looks at its own samples.</summary>
    void MeetForward(ReadOnlySpan<float> inputs, bool training, bool keepsFinal, string method)
    {
        if (!_compared)
            Compare(null);
        var samples = inputs.Length / InputSize;
        ref var report = ref BeginReport(training ? RankCall.Forward : RankCall.Inference, samples);
        report.Targets = keepsFinal ? 1UL : 0;
        Exception? failure = null;
        try
        {
            _check.CheckInputs(inputs.Length, training, method);
            var (first, end) = PlanOf(samples).SamplesOf(_exchange!.Rank);
            CheckFeatures(inputs[..(end * InputSize)], first, method);
        }
        catch (Exception e)
        {
            failure = e;
        }
        MeetAll(failure);
    }

    /// <summary>Tells the other ranks, where they meet next, that this one refuses what it is given: all throw. Nothing where they know, or where there are none.</summary>
    void TellFailure(Exception failure)
    {
        if (Meeting is null || failure is RankFailedException || Meeting.Knows(failure))
            return;
        BeginReport(RankCall.Step);
        MeetAll(failure);
    }

    /// <summary>Judges the network as <see cref="Evaluate"/> does, each rank by batches of its own.</summary>
    internal Evaluation EvaluateTogether(Dataset data)
    {
        if (Meeting is null || _exchange is null)
            return Evaluate(data);
        var judges = new Judges(Network.Architecture, data);
        var batches = data.Batches(BatchSize);
        var length = judges.LossCount + Math.Min(BatchSize, data.Count) * OutputSize;
        var records = GC.AllocateArray<float>(checked(length * _exchange.Ranks), pinned: true);
        for (var first = 0; first < batches.Count; first += _exchange.Ranks)
        {
            BeginReport(RankCall.Validation);
            MeetAll(JudgeOwn(batches, first + _exchange.Rank, records.AsSpan(_exchange.Rank * length, length), judges.LossCount));
            Meeting.Round.GatherAll(MemoryMarshal.AsBytes(records.AsSpan()));
            var rank = 0;
            foreach (var batch in batches.Skip(first))
            {
                if (rank == _exchange.Ranks)
                    break;
                var record = records.AsSpan(rank++ * length, length);
                judges.Add(batch, record.Slice(judges.LossCount, batch.Count * OutputSize), record[..judges.LossCount]);
            }
        }
        return judges.Result;
    }

    /// <summary>Computes what one batch is judged by, where there is such a batch; returns why it cannot.</summary>
    Exception? JudgeOwn(BatchSequence batches, int number, Span<float> record, int losses)
    {
        try
        {
            if (number < batches.Count)
                foreach (var batch in batches.Skip(number))
                {
                    Judge(batch, record.Slice(losses, batch.Count * OutputSize), record[..losses]);
                    break;
                }
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
