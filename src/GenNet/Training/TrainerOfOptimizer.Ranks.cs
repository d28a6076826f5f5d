using System.Runtime.InteropServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

// A rank's part of a step that several make together.
public abstract unsafe partial class Trainer<TOptimizer>
{
    RankGradients? _added;

    /// <summary>Sums that layers need of the whole batch; null where there is one rank or no such layer.</summary>
    RankColumns? _columns;

    private protected sealed override void ExchangeChanged()
    {
        _added = Meeting is null ? null : new RankGradients(Exchange!, _sums);
        _columns = Meeting is null || !NormalizesBatch ? null : new RankColumns(Exchange!);
        _batch.IsForOneThread = _columns is not null;
        if (Meeting is not null)
            PrepareToRestore();
    }

    private protected sealed override float RunOnRanks(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        var plan = PlanOf(rows);
        var portion = new RankPortion(rows, before, samples, plan, PlanOf(samples, before, rows));
        BeginMeasures();

        // Those that more are added to stay in their places until all ranks agree.
        var restores = Kept.Any && before == 0;
        if (restores)
            _keptBefore!.CopyFrom(_sums);
        try
        {
            ref var report = ref BeginReport(update ? RankCall.Step : method == nameof(Accumulate) ? RankCall.Accumulate : RankCall.Backward, rows);
            if (rows < samples)
                (report.Batch, report.Before) = (samples, before);
            TOptimizer optimizer = default;
            var failure = CheckOwn(inputs, targets, rows, plan, ref report, update, ref optimizer, method);

            // While layers exchange their sums no rank may fail.
            if (_columns is not null)
                MeetAll(failure);
            failure ??= ComputeOwn(inputs, targets, portion, ref report, method);
            MeetAll(failure);
            if (before > 0)
                Kept.Forget();
            for (var layer = 0; layer < _layers.Length && _columns is not null && before > 0; layer++)
                _layers[layer].AddToSums(_gradients.Pointer);
            _added!.Add(portion.OfBatch);
            if (GradientsOfInputs is not null)
                ShareRows(plan, GradientsOfInputs.Span, InputSize);
            if (targets.AreGiven)
                ShareFinal(plan);
            for (var layer = 0; layer < _layers.Length && _columns is not null; layer++)
                _layers[layer].WriteSums(_gradients.Pointer);
            var norm = update ? PrepareUse(optimizer) : 0;

            // From here on nothing fails.
            if (targets.AreGiven || AtWork!.Count())
            {
                // Those of the last part are measured by who has it.
                var (first, end) = plan.SamplesOf(Exchange!.Rank);
                Accept(end == rows ? (end - first - 1) % AtOnce(targets) + 1 : 0);
                if (!targets.AreGiven)
                    AtWork!.Follow(_weights.Version);
                if (before + rows == samples)
                    BatchCount++;
            }
            if (MeasuresUpdate)
                ShareMeasures(inputs, targets.Values, rows, plan.Nodes[^1].Rank);
            if (update)
                UseKeptGradients(norm);
            return (float)SumOfLosses(plan);
        }
        catch when (restores)
        {
            _sums.CopyFrom(_keptBefore!);
            throw;
        }
    }

    private protected sealed override float RunAlike(float* inputs, Targets targets, int rows, int before, int samples, string method)
    {
        ref var report = ref BeginReport(RankCall.Accumulate, rows);
        (report.Batch, report.Before) = (samples, before);
        Exception? failure = null;
        try
        {
            (report.Targets, report.Whole) = (HashOf(targets, rows), HashOfSequences(rows));
            report.Whole = EpochSource.Hash(new ReadOnlySpan<float>(inputs, rows * InputSize), report.Whole);
            CheckInputs(inputs, rows, method);
            CheckTargets(targets, rows, method);
        }
        catch (Exception e)
        {
            failure = e;
        }
        MeetAll(failure);

        // Of a batch that has gone forward this rank has activations of its own samples alone.
        InMemory = null;
        return Run(inputs, targets, rows, before, samples, update: false, method);
    }

    /// <summary>All ranks get what one of them measured of rows that it alone has.</summary>
    /// <param name="inputs">[rows, inputs] features of the batch.</param>
    /// <param name="targets">[rows, outputs] its targets; null for labels.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="owner">The rank that has the last of them.</param>
    private protected virtual void ShareMeasures(float* inputs, float* targets, int rows, int owner) { }

    /// <summary>The outputs of a batch: each rank computes those of its own samples.</summary>
    void RunForwardOnRanks(ForwardedBatch batch)
    {
        var plan = PlanOf(batch.Samples);
        ComputeOwn(batch, plan, Passes.Forward | Passes.Outputs);
        ShareRows(plan, batch.Outputs, OutputSize);
        ShareFinal(plan);
        GC.KeepAlive(this);
    }

    /// <summary>Gradients of inputs, and no others.</summary>
    void RunToInputsOnRanks(ForwardedBatch batch)
    {
        var plan = PlanOf(batch.Samples);
        ref var report = ref BeginReport(RankCall.BackwardToInputs, batch.Samples);
        report.Targets = HashOf(NoTargets, batch.Samples);
        report.GoesForward = InMemory != batch;
        MeetAll(null);
        ComputeOwn(batch, plan, PassesBackOf(batch));
        ShareRows(plan, GradientsOfInputs!.Span, InputSize);
        GC.KeepAlive(this);
    }

    /// <summary>What is computed of this rank's samples to go back with them.</summary>
    Passes PassesBackOf(ForwardedBatch batch)
    {
        // Where layers exchange their sums all ranks go forward again, or none does.
        var goesForward = InMemory != batch;
        for (var rank = 0; rank < Exchange!.Ranks && _columns is not null; rank++)
            goesForward |= Meeting![rank].GoesForward;
        return (goesForward ? Passes.Forward | Passes.Outputs : 0) | Passes.OutputGradient | PassesBack;
    }

    /// <summary>States behind sequences, where they are wanted.</summary>
    void ShareFinal(RankPlan plan)
    {
        if (_told is { KeepsFinal: true })
            ShareRows(plan, _told.FinalRows, _told.StateSize);
    }

    /// <summary>Every rank gets what each has of its own samples.</summary>
    /// <param name="plan">Who has which.</param>
    /// <param name="rows">[samples, width], in memory that does not move.</param>
    /// <param name="width">Floats of a sample.</param>
    void ShareRows(RankPlan plan, Span<float> rows, int width)
    {
        var exchange = Exchange!;
        var own = RowsOf(exchange.Rank, rows);
        for (var rank = 0; rank < exchange.Ranks; rank++)
            if (rank != exchange.Rank)
            {
                exchange.Receive(rank, RowsOf(rank, rows));
                exchange.Send(rank, own);
            }
        exchange.Complete();

        Span<byte> RowsOf(int rank, Span<float> rows)
        {
            var (first, end) = plan.SamplesOf(rank);
            return MemoryMarshal.AsBytes(rows[(first * width)..(end * width)]);
        }
    }

    /// <summary>Looks at what may be wrong before anything is computed; returns it.</summary>
    Exception? CheckOwn(float* inputs, Targets targets, int rows, RankPlan plan, ref RankReport report, bool update, ref TOptimizer optimizer, string method)
    {
        try
        {
            (report.Targets, report.Whole) = (HashOf(targets, rows), HashOfSequences(rows));
            report.LearningRate = LearningRate;
            report.GoesForward = !targets.AreGiven && InMemory != AtWork;
            if (update)
                optimizer = OptimizerOfStep();

            // What comes from outside has been looked at.
            if (!targets.AreGiven)
                return null;
            var (first, end) = plan.SamplesOf(Exchange!.Rank);
            var own = inputs + (nint)first * InputSize;
            if (!FiniteCheck.AreFinite(own, (end - first) * InputSize))
                throw NotFinite(method, "feature", own, InputSize, Network.Architecture.Positions, first);
            CheckIndices(new ReadOnlySpan<float>(inputs, end * InputSize), method);
            CheckTargets(targets, rows, method);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>A fingerprint of what is given of so many samples beside their features.</summary>
    ulong HashOf(Targets targets, int rows)
    {
        if (!targets.AreGiven)
            return EpochSource.Hash(new ReadOnlySpan<float>(OutputGradients, rows * OutputSize), 3);
        var hash = targets.Labels != null ? EpochSource.Hash(new ReadOnlySpan<int>(targets.Labels, rows * LabelSize), 1) : EpochSource.Hash(new ReadOnlySpan<float>(targets.Values, rows * OutputSize), 2);
        hash = EpochSource.Hash<double>([targets.LossFactor], hash);
        return EpochSource.Hash(targets.SampleWeights(rows), _told is { KeepsFinal: true } ? ~hash : hash);
    }

    /// <summary>A fingerprint of what so many samples are as sequences.</summary>
    ulong HashOfSequences(int rows) => _told is null ? 0
        : EpochSource.Hash(_told.StartsOf(rows), EpochSource.Hash(_told.InitialOf(rows), EpochSource.Hash(_told.ResetsOf(rows), EpochSource.Hash(_told.LengthsOf(rows), 0))));

    /// <summary>Computes the gradients of this rank's nodes and their losses; returns what went wrong.</summary>
    Exception? ComputeOwn(float* inputs, Targets targets, in RankPortion portion, ref RankReport report, string method)
    {
        try
        {
            _sums.Prepare(portion.Samples, DividesParts, beside: portion.OfBatch.FirstPlace + portion.OfBatch.NodesOf(Exchange!.Rank).Length);
            var (first, end) = BeginOwn(portion.Plan);
            if (targets.AreGiven)
                ComputeRows(inputs, targets, first, end, portion, ref report, method);
            else
                ComputeRows(AtWork!, first, end, PassesBackOf(AtWork!), portion);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            report.Origin = _columns?.Origin ?? 0;
            EndOwn();
        }
    }

    /// <summary>Computes this rank's samples, but no gradients of weights.</summary>
    void ComputeOwn(ForwardedBatch batch, RankPlan plan, Passes passes)
    {
        var (first, end) = BeginOwn(plan);
        try
        {
            ComputeRows(batch, first, end, passes, portion: null);
        }
        finally
        {
            EndOwn();
        }
    }

    /// <summary>The samples that this rank computes. Where layers exchange their sums it has one at least, so that they do as the others' do; it does not count.</summary>
    (int First, int End) BeginOwn(RankPlan plan)
    {
        var (first, end) = plan.SamplesOf(Exchange!.Rank);
        if (_columns is null)
            return (first, end);
        (_columns.Plan, _columns.Own, _columns.Origin) = (plan, plan.NodesOf(Exchange.Rank), 0);
        foreach (var layer in _layers)
            layer.Ranks = _columns;
        return end > first ? (first, end) : (0, 1);
    }

    void EndOwn()
    {
        foreach (var layer in _layers)
            layer.Ranks = null;
    }

    /// <summary>Computes samples of a batch whose gradients come from outside, and sums the gradients of weights where that is planned.</summary>
    void ComputeRows(ForwardedBatch batch, int first, int end, Passes passes, RankPortion? portion)
    {
        if ((passes & Passes.Forward) != 0)
            InMemory = null;
        for (var row = first; row < end; row += SamplesAtOnce)
        {
            _batch.Compute(batch.Inputs, NoTargets, row, end, passes, batch.Pass(row));
            if (portion is { } summed)
                SumGradients(row, _batch.X.Count, summed);
        }
        InMemory = end - first <= SamplesAtOnce ? batch : null;
        GC.KeepAlive(this);
    }

    /// <summary>Sums the gradients of rows at hand, where this rank has any.</summary>
    void SumGradients(int row, int count, in RankPortion portion)
    {
        var own = portion.OfBatch.NodesOf(Exchange!.Rank);
        if (own.Length == 0)
            return;
        _use.Keep();
        _use.At(portion.Before + row, count, own, portion.OfBatch.FirstPlace);
        WorkerTeam.Run(_gradientWork, _batch.Parts);
    }

    void ComputeRows(float* inputs, Targets targets, int first, int end, in RankPortion portion, ref RankReport report, string method)
    {
        var own = portion.Plan.NodesOf(Exchange!.Rank);
        SampleSum* losses = stackalloc SampleSum[own.Length];
        for (var node = 0; node < own.Length; node++)
            losses[node] = new SampleSum();
        for (int row = first, node = 0; row < end; row += _batch.SamplesInCache)
        {
            InMemory = null;
            var begun = (row - first) % SamplesAtOnce;
            _batch.Compute(inputs, targets, row, end, Passes.Forward | Passes.Loss | PassesBack, new Pass(0, true, portion.Samples, portion.Before + row, Seed, BatchCount), begun);
            var count = own.Length > 0 ? _batch.X.Count : 0;
            for (var part = begun - begun % SampleParts.Samples; part < begun + count; part += SampleParts.Samples)
            {
                while (own[node].End <= row - begun + part)
                    node++;
                report.Losses[node] = AddLoss(part, Math.Min(SampleParts.Samples, begun + count - part), row + count == end, portion.Samples, targets.LossFactor, ref losses[node]);
                if (!double.IsFinite(report.Losses[node]))
                    throw LossNotFinite(report.Losses[node], targets, portion.Rows, row, method);
            }
            if (count > 0)
                SumGradients(row, count, portion);
        }
        GC.KeepAlive(this);
    }

    /// <summary>The mean loss of the batch: those of the nodes, added as the gradients are.</summary>
    double SumOfLosses(RankPlan plan)
    {
        double* losses = stackalloc double[plan.Nodes.Length];
        for (int index = 0, ofRank = 0; index < plan.Nodes.Length; index++)
        {
            var rank = plan.Nodes[index].Rank;
            ofRank = index > 0 && plan.Nodes[index - 1].Rank == rank ? ofRank + 1 : 0;
            losses[index] = Meeting![rank].Losses[ofRank];
        }
        foreach (var (into, from) in plan.Additions)
            losses[into] += losses[from];
        return losses[0];
    }
}
