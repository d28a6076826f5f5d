using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet;

/// <summary>Trains a network with an optimiser of a given type. The generator emits a subclass for each network.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
[SkipLocalsInit]
public abstract unsafe class Trainer<TOptimizer> : Trainer where TOptimizer : struct, IOptimizer<TOptimizer>
{
    readonly BatchWork _batch;
    readonly GradientWork _gradientWork;
    readonly ParameterBlock _weights, _gradients;
    readonly GradientSums _sums;
    readonly OptimizerStates _states;
    readonly GradientUse<TOptimizer> _use;
    TOptimizer _optimizer;
    LayerTraining[] _layers = [];

    /// <summary>Whether all layers are trained alike.</summary>
    bool _allUsual = true;

    /// <summary>The gradients that were kept before a step that may yet be refused; null while no such step can come.</summary>
    GradientSums? _keptBefore;

    /// <summary>The layer that finds inputs that are not finite; null if another is the first, or if there are layers that need the whole batch.</summary>
    DenseTraining? _first;

    /// <summary>Allocates gradients and optimiser state.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Trainer(INetwork network, ParameterBlock weights, TOptimizer optimizer, int batchSize, bool inputGradients) : base(network, batchSize, inputGradients)
    {
        ArgumentNullException.ThrowIfNull(weights);
        CheckComplete(optimizer, nameof(optimizer));
        _optimizer = optimizer;
        Threads = Parallelism.Threads;
        _batch = new BatchWork(this, Threads, NormalizesBatch, ForwardStages, BackwardStages);
        _gradientWork = new GradientWork(this);
        _weights = weights;
        _gradients = weights.Like();
        _states = new OptimizerStates(weights, [.. Enumerable.Range(0, optimizer.StateCount).Select(optimizer.StateName)]);
        _sums = new GradientSums(_gradients);
        _use = new GradientUse<TOptimizer>(weights, _sums, _states);
        WarmUp.Prepare(_use, batchSize, Threads);
    }

    /// <summary>The optimiser. May be changed between steps, as long as it keeps the same <see cref="Trainer.StateNames"/>.</summary>
    /// <exception cref="ArgumentException">The new one keeps other values for each parameter, or was never constructed.</exception>
    public TOptimizer Optimizer
    {
        get => _optimizer;
        set
        {
            CheckComplete(value, nameof(value));
            if (!_states.Fit(value))
                throw new ArgumentException($"{Name}'s trainer keeps [{string.Join(", ", StateNames)}] for each parameter, this optimiser needs other values: create another trainer for it.", nameof(value));
            _optimizer = value;
        }
    }

    static void CheckComplete(in TOptimizer optimizer, string parameter)
    {
        if (TOptimizer.Missing(optimizer) is { } missing)
            throw new ArgumentException(missing, parameter);
    }

    /// <inheritdoc/>
    public override double LearningRate => _optimizer.LearningRate * (Schedule?.At(StepCount) ?? 1);

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => _states.Names;

    /// <inheritdoc/>
    public override ParameterBlock State(string name)
    {
        var state = _states.Find(name) ?? throw new ArgumentException($"{Name}'s optimiser keeps [{string.Join(", ", StateNames)}] for each parameter, not {name}.", nameof(name));

        // Average weights stand in for the weights, running statistics included, which no optimiser sees.
        if (name == Averaged.StateName)
            _weights.Span[_weights.TrainedLength..].CopyTo(state.Span[_weights.TrainedLength..]);
        return state;
    }

    /// <summary>Threads that a step may use: <see cref="Parallelism.Threads"/> when the trainer was created.</summary>
    public int Threads { get; }

    /// <summary>Samples computed at a time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected int SamplesAtOnce => _batch.SamplesAtOnce;

    /// <inheritdoc/>
    public override ParameterBlock GradientBlock => _gradients;

    /// <summary>
    /// Goes on where another trainer of such a network is: takes over its optimiser, the optimiser's state, the seed, the numbers of steps and batches,
    /// the schedule, the limits of norms, the weights of classes and the gradients that are kept.
    /// With the other network's weights (<see cref="ParameterBlock.CopyFrom(ParameterBlock)"/>) and the same data, training continues to the same bits.
    /// </summary>
    /// <exception cref="ArgumentException">The other trainer's network has other layers.</exception>
    public void CopyStateFrom(Trainer<TOptimizer> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _weights.CheckLayers(source._weights, nameof(source));
        Optimizer = source.Optimizer;
        _states.CopyFrom(source._states);
        _sums.CopyFrom(source._sums);
        Kept.CopyFrom(source.Kept);
        (StepCount, BatchCount, Seed) = (source.StepCount, source.BatchCount, source.Seed);
        (Schedule, MaxGradientNorm, MaxWeightNorm) = (source.Schedule, source.MaxGradientNorm, source.MaxWeightNorm);
        GradientNorm = source.GradientNorm;
        CopyWeightsFrom(source);
        for (var layer = 0; layer < Layers.Count; layer++)
            Layers[layer].CopyFrom(source.Layers[layer]);
    }

    internal override double BaseLearningRate => _optimizer.LearningRate;

    internal override string DescribeOptimizer(double learningRate)
    {
        // Records print their numbers as the culture has them.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return _optimizer.WithLearningRate(learningRate).ToString() ?? typeof(TOptimizer).Name;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    internal override void Resume(long stepCount, long batchCount, double learningRate)
    {
        _optimizer = _optimizer.WithLearningRate(learningRate);
        (StepCount, BatchCount, GradientNorm) = (stepCount, batchCount, 0);
        Kept.Forget();
    }

    private protected sealed override void PrepareToRestore() => _keptBefore ??= new GradientSums(_gradients.Like());

    private protected sealed override void UseKeptGradients() => UseKeptGradients(PrepareUse(OptimizerOfStep()));

    /// <summary>The optimiser with the step's learning rate. A schedule may make it fail, so a step asks for it first.</summary>
    TOptimizer OptimizerOfStep()
    {
        var optimizer = Schedule is null ? _optimizer : _optimizer.WithLearningRate(LearningRate);
        if (!_allUsual)
            _use.CheckRates(optimizer);
        return optimizer;
    }

    /// <summary>What may still refuse an update by the gradients kept. Returns their norm, 0 where it has no limit.</summary>
    double PrepareUse(in TOptimizer optimizer)
    {
        var norm = double.IsFinite(GradientLimit) ? EuclideanNorm.Of(_gradients) : 0;
        if (!double.IsFinite(norm))
        {
            var layer = Divergence.LastLayerNotFinite(_gradients);
            throw new TrainingDivergedException(
                $"{Name}: the norm of the gradients is {norm} in step {StepCount + 1}{(layer is null ? "" : $", on the way back from layer {layer} on")}. The weights are as they were before it; lower the learning rate or check the data.",
                norm, StepCount + 1, layer);
        }
        _use.Change(optimizer, StepCount + 1);
        return norm;
    }

    /// <summary>Changes the weights by the gradients kept, as <see cref="PrepareUse"/> has it. Does not fail.</summary>
    private protected virtual void UseKeptGradients(double norm)
    {
        var factor = GradientLimit / (norm + EuclideanNorm.ClipEpsilon);
        if (factor < 1)
            EuclideanNorm.Scale(_gradients, (float)factor);
        GradientNorm = norm;
        for (var index = 0; index < _gradients.Tensors.Count; index++)
        {
            var tensor = _gradients.Tensors[index];
            var place = tensor.Place;
            if (!place.Trained || _use.Of(tensor.Layer) is not { } use)
                continue;
            if (place.Kind == ParameterKind.Weight)
                use.UpdateWeights(place.Offset, _gradients.Pointer + place.Offset, place.End - place.Offset);
            else
                use.UpdateBiases(place.Offset, _gradients.Pointer + place.Offset, place.End - place.Offset);
        }
        EndUpdate();
        GC.KeepAlive(this);
    }

    void EndUpdate()
    {
        if (double.IsFinite(MaxWeightNorm))
            LimitWeights();
        if (!_allUsual)
            AverageFrozen();
        _weights.MarkChanged();
        StepCount++;
    }

    /// <summary>The average of weights that stay is these weights.</summary>
    void AverageFrozen()
    {
        if (_states.Find(Averaged.StateName) is not { } average)
            return;
        for (var index = 0; index < _weights.Tensors.Count; index++)
        {
            var tensor = _weights.Tensors[index];
            var (start, end) = (tensor.Place.Offset, tensor.Place.End);
            if (Layers[tensor.Layer].IsFrozen && tensor.Place.Trained)
                _weights.Span[start..end].CopyTo(average.Span[start..end]);
        }
    }

    void LimitWeights()
    {
        for (var layer = 0; layer < _weights.LayerCount; layer++)
            if (!Layers[layer].IsFrozen)
                _weights.Layers[layer].LimitWeights(_weights.Pointer, (float)MaxWeightNorm);
    }

    internal override void LayerChanged(TrainedLayer layer)
    {
        _allUsual = Layers.All(layer => layer.IsUsual);
        _use.Divide([.. Layers.Select(layer => layer.IsFrozen ? (double?)null : layer.LearningRateFactor)]);
        var training = _layers[layer.Number - 1];
        (training.IsFrozen, training.UsesRunningStatistics) = (layer.IsFrozen, layer.UsesRunningStatistics);

        // What is kept of a frozen layer is not part of any norm.
        if (layer.IsFrozen)
            _sums.Clear(layer.Number - 1);
    }

    /// <summary>Tells the trainer its layers, in order.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual void Attach(params LayerTraining[] layers)
    {
        _layers = layers;
        for (var index = 0; index < layers.Length; index++)
            layers[index].Index = index;
        _first = ForwardStages > 1 ? null : layers[0] as DenseTraining;
        _first?.CheckInputs();
        _sums.Prepare(BatchSize, divided: false);
        if (BatchSize > SamplesAtOnce)
            PrepareToRestore();
    }

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
        var loss = new SampleSum();
        for (var row = 0; row < rows; row += SamplesAtOnce)
            Compute(inputs, targets, row, rows, Passes.Forward | Passes.Loss, new Pass(0, false, rows, row, Seed, BatchCount), ref loss);
        GC.KeepAlive(this);
        return loss.Total;
    }

    private protected override void RunForward(ForwardedBatch batch)
    {
        var loss = new SampleSum();
        for (var row = 0; row < batch.Samples; row += SamplesAtOnce)
            Compute(batch.Inputs, NoTargets, row, batch.Samples, Passes.Forward | Passes.Outputs, batch.Pass(row), ref loss);
        batch.InMemory = batch.Samples <= SamplesAtOnce;
        GC.KeepAlive(this);
    }

    private protected override void RunToInputs(ForwardedBatch batch)
    {
        var loss = new SampleSum();
        for (var row = 0; row < batch.Samples; row += SamplesAtOnce)
            ComputeBack(batch.Inputs, NoTargets, row, batch.Samples, before: 0, batch.Samples, ref loss);
        GC.KeepAlive(this);
    }

    private protected override float Run(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        // A batch that fits the memory is checked by its first layer.
        if (_first is null || rows == 1 || rows > SamplesAtOnce)
            CheckInputs(inputs, rows, method);

        // Where there are no statistics to spoil, the loss finds bad targets.
        if (_first is null)
            CheckTargets(targets, rows, method);
        if (samples == 1 && update && Sample is not null && double.IsPositiveInfinity(GradientLimit) && targets.AreGiven && _allUsual && !ComputesInputGradients)
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
        if (!Kept.Any || (rows <= SamplesAtOnce && !(update && double.IsFinite(GradientLimit))))
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
        var optimizer = update ? OptimizerOfStep() : default;
        var loss = new SampleSum();
        var (mean, norm) = (0.0, 0.0);
        var keeps = !update || double.IsFinite(GradientLimit) || MeasuresUpdate;
        for (var row = 0; row < rows; row += SamplesAtOnce)
        {
            ComputeBack(inputs, targets, row, rows, before, samples, ref loss);
            if (_first is not null && !_first.InputsWereFinite(_batch.Parts))
                CheckInputs(inputs, rows, method);
            mean = loss.Total;
            if (!double.IsFinite(mean))
                throw LossNotFinite(mean, targets, rows, row, method);
            if (!keeps && row + SamplesAtOnce >= rows)
                _use.Change(optimizer, StepCount + 1);
            else
                _use.Keep();
            _use.At(before + row, samples);
            WorkerTeam.Run(_gradientWork, _batch.Parts);
        }
        if (update && keeps)
            norm = PrepareUse(optimizer);

        // From here on nothing fails, and what the step was not to change if refused may change.
        if (targets.AreGiven || Forwarded!.Count())
        {
            Accept((rows - 1) % SamplesAtOnce + 1);
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

    /// <summary>Whether the next update is one by gradients that are kept, to be measured.</summary>
    private protected virtual bool MeasuresUpdate => false;

    /// <summary>The step is not refused: takes note of what is known of its batch beside the gradients.</summary>
    /// <param name="rows">Rows last computed.</param>
    private protected virtual void Accept(int rows)
    {
        if (NormalizesBatch)
        {
            foreach (var layer in _layers)
                layer.KeepStatistics();
            _weights.MarkChanged();
            Forwarded?.Follow(_weights.Version);
        }
    }

    /// <summary>A step on one sample. Returns its loss; if that is not finite, nothing has changed.</summary>
    double TrainSample(SampleTraining sample, float* inputs, Targets targets)
    {
        // First of all: what is written here is read as whole vectors.
        if (Schedule is null)
            _use.Change(_optimizer, StepCount + 1);
        else
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

    /// <summary>Computes the samples from <paramref name="row"/> on that fit the memory, forward and backward: from their loss, or from the gradients of their outputs.</summary>
    void ComputeBack(float* inputs, Targets targets, int row, int rows, int before, int samples, ref SampleSum loss)
    {
        var back = ComputesInputGradients ? Passes.Backward | Passes.InputGradient : Passes.Backward;
        if (targets.AreGiven)
        {
            Compute(inputs, targets, row, rows, Passes.Forward | Passes.Loss | back, new Pass(0, true, samples, before + row, Seed, BatchCount), ref loss);
            return;
        }
        var batch = Forwarded!;
        Compute(inputs, targets, row, rows, (batch.InMemory ? 0 : Passes.Forward | Passes.Outputs) | Passes.OutputGradient | back, batch.Pass(row), ref loss);
        batch.InMemory = rows <= SamplesAtOnce;
    }

    /// <summary>Computes the samples from <paramref name="first"/> on that fit the memory, and adds their part of the mean loss.</summary>
    void Compute(float* inputs, Targets targets, int first, int rows, Passes passes, in Pass pass, ref SampleSum loss)
    {
        if (Forwarded is not null && (passes & Passes.Forward) != 0)
            Forwarded.InMemory = false;
        _batch.Compute(inputs, targets, first, rows, passes, pass);
        if ((passes & Passes.Loss) == 0)
            return;
        var count = _batch.X.Count;
        for (var row = 0; row < count; row += SampleParts.Samples)
            loss.Add(MeanLoss(row, Math.Min(SampleParts.Samples, count - row), pass.Samples));
    }

    /// <summary>The gradients and the new weights, divided by weights.</summary>
    sealed class GradientWork(Trainer<TOptimizer> trainer) : SharedWork
    {
        public override void Execute(int part, int parts) => trainer.UseGradients(trainer._batch.X, trainer._use, new Share(part, parts, trainer._batch.X.Count, trainer._batch.Pass));
    }

    TrainingDivergedException LossNotFinite(double loss, Targets targets, int rows, int firstRow, string method)
    {
        CheckTargets(targets, rows, method);
        var (layer, what) = Divergence.Find(_weights, _layers, _batch.X.Count, firstRow, Numbers);
        var where = layer is null ? what : $"It begins in layer {layer}: {what}";
        return new TrainingDivergedException(
            $"{Name}.{method}: the loss became {loss} in step {StepCount + 1}. {char.ToUpperInvariant(where[0])}{where[1..]}. "
            + "The weights are as they were before it; lower the learning rate, clip the gradients, standardise the inputs or check the targets.",
            loss, StepCount + 1, layer);
    }
}
