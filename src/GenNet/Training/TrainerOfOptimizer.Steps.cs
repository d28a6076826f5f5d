using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

// Samples through the layers and back, as many at a time as there is memory for.
public abstract unsafe partial class Trainer<TOptimizer>
{
    /// <summary>The layer that finds inputs that are not finite; null if another is the first, or if there are layers that need the whole batch.</summary>
    DenseTraining? _first;

    /// <summary>Computes the gradients of the weights from all rows, and uses them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void UseGradients(in Rows x, GradientUse<TOptimizer> use, in Share share);

    /// <summary>Memory for a step on one sample; null where such a step is a batch of one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SampleTraining? Sample { get; init; }

    /// <summary>A step on one sample. Returns its loss; if that is not finite, nothing has changed.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual double StepSample(SampleTraining sample, in Rows x, Targets targets, GradientUse<TOptimizer> use) => throw new NotSupportedException();

    private protected override double LossOf(float* inputs, Targets targets, int rows, string method)
    {
        CheckInputs(inputs, rows, method);
        CheckTargets(targets, rows, method);
        var (loss, passes) = (new SampleSum(), Judged == null ? Passes.Forward | Passes.Loss : Passes.Forward | Passes.Loss | Passes.Outputs);
        for (var row = 0; row < rows; row += _batch.SamplesInCache)
            _ = Compute(inputs, targets, row, rows, passes, new Pass(0, false, rows, row, Seed, BatchCount), ref loss);
        GC.KeepAlive(this);
        return loss.Total;
    }

    private protected override void OutputsOf(float* inputs, int rows)
    {
        var loss = new SampleSum();
        for (var row = 0; row < rows; row += SamplesAtOnce)
            _ = Compute(inputs, NoTargets, row, rows, Passes.Forward | Passes.Outputs, new Pass(0, false, rows, row, Seed, BatchCount), ref loss);
        GC.KeepAlive(this);
    }

    private protected override void RunForward(ForwardedBatch batch)
    {
        if (Meeting is not null)
        {
            RunForwardOnRanks(batch);
            return;
        }
        var loss = new SampleSum();
        for (var row = 0; row < batch.Samples; row += SamplesAtOnce)
            _ = Compute(batch.Inputs, NoTargets, row, batch.Samples, Passes.Forward | Passes.Outputs, batch.Pass(row), ref loss);
        InMemory = batch.Samples <= SamplesAtOnce ? batch : null;
        GC.KeepAlive(this);
    }

    private protected override void RunToInputs(ForwardedBatch batch)
    {
        if (Meeting is not null)
        {
            RunToInputsOnRanks(batch);
            return;
        }
        var loss = new SampleSum();
        for (var row = 0; row < batch.Samples; row += SamplesAtOnce)
            _ = ComputeBack(batch.Inputs, NoTargets, row, batch.Samples, before: 0, batch.Samples, ref loss);
        GC.KeepAlive(this);
    }

    private protected override float Run(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        // A batch that is computed at once is checked by its first layer.
        if (_first is null || rows == 1 || rows > AtOnce(targets))
            CheckInputs(inputs, rows, method);

        // Where there are no statistics to spoil, the loss finds bad targets.
        if (_first is null)
            CheckTargets(targets, rows, method);
        if (samples == 1 && update && Sample is not null && double.IsPositiveInfinity(GradientLimit) && targets.AllCount && _allUsual && GradientsOfInputs is null)
        {
            var lossOfSample = TrainSample(Sample, inputs, targets);
            if (double.IsFinite(lossOfSample))
                return (float)lossOfSample;
        }
        return RunRows(inputs, targets, rows, before, samples, update, method);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void CheckInputs(float* inputs, int rows, string method)
    {
        if (!FiniteCheck.AreFinite(inputs, rows * InputSize))
            throw NotFinite(method, "feature", inputs, InputSize, Network.Architecture.Positions);
        CheckIndices(new ReadOnlySpan<float>(inputs, rows * InputSize), method);
    }

    void CheckTargets(Targets targets, int rows, string method)
    {
        if (targets.Values != null && !FiniteCheck.AreFinite(targets.Values, rows * OutputSize))
            throw NotFinite(method, "target", targets.Values, OutputSize, Network.Architecture.OutputPositions);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // With this code in it, a step on one sample would clear the stack for what it does not use.
    private protected float RunRows(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        // Gradients that are kept are written over before it is known whether the step is refused: by the first of several lots of rows, or to find their norm.
        if (rows < samples)
        {
            // A part of the batch may come in pieces.
            _sums.Prepare(samples, divided: true);
            _keptBefore?.Prepare(samples, divided: true);
        }
        if (!Kept.Any || (rows <= AtOnce(targets) && !(update && double.IsFinite(GradientLimit))))
            return ComputeAndUse(inputs, targets, rows, before, samples, update, method);
        _keptBefore!.CopyFrom(_sums);
        try
        {
            return ComputeAndUse(inputs, targets, rows, before, samples, update, method);
        }
        catch
        {
            _sums.CopyFrom(_keptBefore);
            throw;
        }
    }

    float ComputeAndUse(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        ref readonly var optimizer = ref update ? ref OptimizerOfStep() : ref _optimizer;
        var loss = new SampleSum();
        var (mean, norm) = (0.0, 0.0);
        var outside = !targets.AreGiven;
        var keeps = !update || double.IsFinite(GradientLimit) || MeasuresUpdate;
        var atOnce = AtOnce(targets);
        for (var row = 0; row < rows; row += atOnce)
        {
            mean = ComputeBack(inputs, targets, row, rows, before, samples, ref loss);
            if (_first is not null && !_first.InputsWereFinite(_batch.Parts))
                CheckInputs(inputs, rows, method);
            if (!double.IsFinite(mean))
                throw LossNotFinite(mean, targets, rows, row, method);
            if (!keeps && row + atOnce >= rows)
                _use.Change(optimizer, StepCount + 1);
            else
                _use.Keep();
            _use.At(before + row, _batch.X.Count, samples);
            WorkerTeam.Run(_gradientWork, _batch.Parts);
        }
        if (update && keeps)
            norm = PrepareUse(optimizer);

        // From here on nothing fails, and what the step was not to change if refused may change.
        if (!outside || AtWork!.Count())
        {
            Accept(rows <= atOnce ? rows : (rows - 1) % atOnce + 1);
            if (outside)
                AtWork!.Follow(_weights.Version);
            if (before + rows == samples)
                BatchCount++;
        }
        if (update && keeps)
            UseKeptGradients(norm);
        else if (update)
            EndUpdate();
        GC.KeepAlive(this);
        return (float)mean;
    }

    /// <summary>The step is not refused: takes note of what is known of its batch beside the gradients.</summary>
    /// <param name="rows">Rows last computed; 0 where they are not the batch's last.</param>
    private protected virtual void Accept(int rows)
    {
        if (NormalizesBatch)
            KeepStatistics();
    }

    void KeepStatistics()
    {
        foreach (var layer in _layers)
            layer.KeepStatistics();
        _weights.MarkChanged();
    }

    /// <summary>A step on one sample. Returns its loss; if that is not finite, nothing has changed.</summary>
    double TrainSample(SampleTraining sample, float* inputs, Targets targets)
    {
        // First of all: what is written here is read as whole vectors.
        _use.Change(OptimizerOfStep(), StepCount + 1);
        var x = new Rows(inputs, InputSize, 1);
        var loss = StepSample(sample, x, targets, _use);
        if (!double.IsFinite(loss))
            return loss;
        BatchCount++;
        EndUpdate();
        GC.KeepAlive(this);
        return loss;
    }

    /// <summary>Samples computed at a time: as many as caches keep, or, of a batch whose gradients come from outside, as there is memory for, so that what was computed on the way forward is there on the way back.</summary>
    int AtOnce(Targets targets) => targets.AreGiven ? _batch.SamplesInCache : SamplesAtOnce;

    /// <summary>What is computed on the way back.</summary>
    Passes PassesBack => GradientsOfInputs is not null ? Passes.Backward | Passes.InputGradient : Passes.Backward;

    /// <summary>Computes the samples from <paramref name="row"/> on that are computed at a time, forward and backward: from their loss, or from the gradients of their outputs.</summary>
    /// <returns>The mean loss so far.</returns>
    double ComputeBack(float* inputs, Targets targets, int row, int rows, int before, int samples, ref SampleSum loss)
    {
        if (targets.AreGiven)
            return Compute(inputs, targets, row, rows, Passes.Forward | Passes.Loss | PassesBack, new Pass(0, true, samples, before + row, Seed, BatchCount), ref loss);
        var batch = AtWork!;
        _ = Compute(inputs, targets, row, rows, (InMemory == batch ? 0 : Passes.Forward | Passes.Outputs) | Passes.OutputGradient | PassesBack, batch.Pass(row), ref loss);
        InMemory = rows <= SamplesAtOnce ? batch : null;
        return 0;
    }

    /// <summary>Computes the samples from <paramref name="first"/> on that are computed at a time, and adds their part of the mean loss.</summary>
    /// <returns>The mean loss so far.</returns>
    double Compute(float* inputs, Targets targets, int first, int rows, Passes passes, in Pass pass, ref SampleSum loss)
    {
        if ((passes & Passes.Forward) != 0)
            InMemory = null;
        var begun = first == 0 ? 0 : first % SamplesAtOnce;
        _batch.Compute(inputs, targets, first, rows, passes, pass, begun);
        var mean = 0.0;
        if ((passes & Passes.Loss) == 0)
            return mean;
        var end = begun + _batch.X.Count;
        for (var row = begun - begun % SampleParts.Samples; row < end; row += SampleParts.Samples)
            mean = AddLoss(row, Math.Min(SampleParts.Samples, end - row), first + _batch.X.Count == rows, pass.Samples, targets.LossFactor, ref loss);
        return mean;
    }

    /// <summary>Adds the losses of a part's rows, once it is whole.</summary>
    /// <param name="row">Where they are kept.</param>
    /// <param name="rows">Those that are there.</param>
    /// <param name="last">Whether no more come.</param>
    /// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
    /// <param name="factor">What the losses are multiplied by, where not all of the batch's rows count.</param>
    /// <param name="loss">The sum of the parts.</param>
    /// <returns>The mean loss so far.</returns>
    double AddLoss(int row, int rows, bool last, int samples, double factor, ref SampleSum loss)
    {
        var part = factor * MeanLoss(row, rows, samples);
        if (rows < SampleParts.Samples && !last)
            return loss.Total + part;
        loss.Add(part);
        if (HeadLosses is not null)
            AddHeadLosses(row, rows, samples);
        return loss.Total;
    }

    void AddHeadLosses(int row, int rows, int samples)
    {
        for (var head = 0; head < HeadLosses!.Length; head++)
            HeadLosses[head].Add(HeadLoss(head, row, rows, samples));
    }

    /// <summary>The gradients and the new weights, divided by weights.</summary>
    sealed class GradientWork(Trainer<TOptimizer> trainer) : SharedWork
    {
        public override void Execute(int part, int parts) => trainer.UseGradients(trainer._batch.X, trainer._use, new Share(part, parts, trainer._batch.X.Count, trainer._batch.Pass));
    }

    Exception LossNotFinite(double loss, Targets targets, int rows, int firstRow, string method)
    {
        CheckTargets(targets, rows, method);
        var (layer, what) = Divergence.Find(_weights, _layers, _batch.X.Count, firstRow, Numbers);
        var where = _columns?.Origin > Exchange?.Ranks ? "What batch normalisation sums over the samples of all ranks is no finite number; each rank's own sums are"
            : layer is null ? what : $"It begins in layer {layer}: {what}";
        return new TrainingDivergedException(
            $"{Name}.{method}: the loss became {loss} in step {StepCount + 1}. {char.ToUpperInvariant(where[0])}{where[1..]}. "
            + "The weights are as they were before it; lower the learning rate, clip the gradients, standardise the inputs or check the targets.",
            loss, StepCount + 1, layer);
    }
}
