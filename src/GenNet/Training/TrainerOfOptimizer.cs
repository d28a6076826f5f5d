using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Layers;
using GenNet.Losses;

namespace GenNet;

/// <summary>Trains a network with an optimiser of a given type. The generator emits a subclass for each network.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
public abstract unsafe class Trainer<TOptimizer> : Trainer where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>Rows that a thread computes at a time: their activations stay in its second-level cache.</summary>
    const int RowsOfThread = 128;

    readonly RowWork _rowWork;
    readonly GradientWork _gradientWork;
    readonly ParameterBlock _weights, _gradients;
    readonly ParameterBlock? _state0, _state1;

    /// <summary>Allocates gradients and optimiser state.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Trainer(INetwork network, ParameterBlock weights, TOptimizer optimizer, int batchSize) : base(network, batchSize)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Optimizer = optimizer;
        Threads = Parallelism.Threads;
        WorkerTeam.Prepare(Threads);
        _rowWork = new RowWork(this);
        _gradientWork = new GradientWork(this);
        _weights = weights;
        _gradients = weights.Like();
        _state0 = TOptimizer.StateCount > 0 ? weights.Like() : null;
        _state1 = TOptimizer.StateCount > 1 ? weights.Like() : null;

        // Their tables are allocated now, not in the first step.
        RuntimeHelpers.RunClassConstructor(typeof(DenseKernels).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(LaneMask).TypeHandle);
    }

    /// <summary>The optimiser. May be changed between steps, to change the learning rate for example.</summary>
    public TOptimizer Optimizer { get; set; }

    /// <summary>Threads that a step may use: <see cref="Parallelism.Threads"/> when the trainer was created.</summary>
    public int Threads { get; }

    /// <summary>Rows computed at a time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected int RowsAtOnce => NormalizesBatch ? BatchSize : (int)Math.Min(BatchSize, (long)RowsOfThread * Threads);

    /// <summary>Stages of the forward pass. All threads finish one before the next begins.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual int ForwardStages => 1;

    /// <summary>Stages of the backward pass.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual int BackwardStages => 1;

    /// <inheritdoc/>
    public override ParameterBlock GradientBlock => _gradients;

    /// <summary>
    /// Goes on where another trainer of such a network is: takes over its optimiser, the optimiser's state, the seed and the numbers of steps and batches.
    /// With the other network's weights (<see cref="ParameterBlock.CopyFrom"/>) and the same data, training continues to the same bits.
    /// </summary>
    /// <exception cref="ArgumentException">The other trainer's network has other layers.</exception>
    public void CopyStateFrom(Trainer<TOptimizer> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _state0?.CopyFrom(source._state0!);
        _state1?.CopyFrom(source._state1!);
        Optimizer = source.Optimizer;
        (StepCount, BatchCount, Seed) = (source.StepCount, source.BatchCount, source.Seed);
    }

    /// <inheritdoc/>
    public override void Update()
    {
        Use(add: false, apply: true).Update(0, _gradients.Pointer, _gradients.TrainedLength);
        _weights.MarkChanged();
        StepCount++;
    }

    /// <summary>Tells the trainer its layers, in order.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual void Attach(params LayerTraining[] layers) => Layers = layers;

    private protected IReadOnlyList<LayerTraining> Layers { get; private set; } = [];

    /// <summary>Computes activations, the loss of each row, and the δ of the last layer.</summary>
    /// <param name="x">All rows computed at this time.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Forward(Rows x, Targets targets, int samples, Share share);

    /// <summary>The part of the mean loss that the rows last given to <see cref="Forward"/> make up.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract double MeanLoss(int rows, int samples);

    /// <summary>Computes the δ of the other layers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Backward(Rows x, Share share);

    /// <summary>Computes the gradients of the weights from all rows, and uses them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void UseGradients(Rows x, in GradientUse<TOptimizer> use, Share share);

    private protected override double LossOf(float* inputs, Targets targets, int rows)
    {
        var loss = 0.0;
        for (var row = 0; row < rows; row += RowsAtOnce)
            loss += ComputeRows(inputs, targets, row, rows, backward: false);
        GC.KeepAlive(this);
        return loss;
    }

    private protected override float Run(float* inputs, Targets targets, int rows, bool update, string method)
    {
        var width = InputSize;
        var spoiled = FiniteCheck.IndexOfNotFinite(inputs, rows * width);
        if (spoiled >= 0)
            throw NotFinite(method, $"feature {spoiled % width} of sample {spoiled / width}", inputs[spoiled]);
        var loss = 0.0;
        for (var row = 0; row < rows; row += RowsAtOnce)
        {
            loss += ComputeRows(inputs, targets, row, rows, backward: true);
            if (!double.IsFinite(loss))
                throw LossNotFinite(loss, targets, rows * OutputSize, row, method);
            var last = row + RowsAtOnce >= rows;
            _gradientWork.Use = Use(add: row > 0, apply: last && update);
            WorkerTeam.Run(_gradientWork, Parts(_rowWork.X.Count));
        }
        _weights.MarkChanged();
        BatchCount++;
        if (update)
            StepCount++;
        GC.KeepAlive(this);
        return (float)loss;
    }

    /// <summary>Computes the rows from <paramref name="first"/> on that fit the memory; returns their part of the mean loss.</summary>
    double ComputeRows(float* inputs, Targets targets, int first, int samples, bool backward)
    {
        var width = InputSize;
        var count = Math.Min(RowsAtOnce, samples - first);
        _rowWork.X = new Rows(inputs + (nint)first * width, width, count);
        _rowWork.Targets = targets.From(first, OutputSize);
        var pass = new Pass(0, backward, samples, first, new RandomStream(Seed).Split(RandomPurpose.Dropout).Split((ulong)BatchCount));
        if (ForwardStages == 1)
            Execute(pass, backward ? Passes.Both : Passes.Forward);
        else
        {
            for (var stage = 0; stage < ForwardStages; stage++)
                Execute(pass with { Stage = stage }, Passes.Forward);
            for (var stage = 0; backward && stage < BackwardStages; stage++)
                Execute(pass with { Stage = stage }, Passes.Backward);
        }
        return MeanLoss(count, samples);

        void Execute(Pass pass, Passes passes)
        {
            (_rowWork.Pass, _rowWork.Passes) = (pass, passes);
            WorkerTeam.Run(_rowWork, Parts(count));
        }
    }

    /// <summary>Threads that share some rows: each gets 16 at least, or waiting would cost more than it saves.</summary>
    int Parts(int rows) => Math.Clamp(rows / 16, 1, Threads);

    /// <summary>Forward and backward through all layers, divided by rows.</summary>
    sealed class RowWork(Trainer<TOptimizer> trainer) : SharedWork
    {
        public Rows X;
        public Targets Targets;
        public Pass Pass;
        public Passes Passes;

        public override void Execute(int part, int parts)
        {
            var share = new Share(part, parts, X.Count, Pass);
            if ((Passes & Passes.Forward) != 0)
                trainer.Forward(X, Targets, Pass.Samples, share);
            if ((Passes & Passes.Backward) != 0)
                trainer.Backward(X, share);
        }
    }

    [Flags]
    enum Passes
    {
        Forward = 1,
        Backward = 2,
        Both = Forward | Backward,
    }

    /// <summary>The gradients and the new weights, divided by weights.</summary>
    sealed class GradientWork(Trainer<TOptimizer> trainer) : SharedWork
    {
        public GradientUse<TOptimizer> Use;

        public override void Execute(int part, int parts) => trainer.UseGradients(trainer._rowWork.X, Use, new Share(part, parts, trainer._rowWork.X.Count, trainer._rowWork.Pass));
    }

    GradientUse<TOptimizer> Use(bool add, bool apply) =>
        new(_gradients.Pointer, add, apply, _weights.Pointer, _state0 is null ? null : _state0.Pointer, _state1 is null ? null : _state1.Pointer,
            apply ? Optimizer.AtStep(StepCount + 1) : Optimizer);

    NotFiniteNumberException LossNotFinite(double loss, Targets targets, int count, int firstRow, string method)
    {
        var (outputs, spoiled) = (OutputSize, targets.Values == null ? -1 : FiniteCheck.IndexOfNotFinite(targets.Values, count));
        if (spoiled >= 0)
            return NotFinite(method, $"target {spoiled % outputs} of sample {spoiled / outputs}", targets.Values[spoiled]);
        var (layer, what) = Divergence.Find(_weights, Layers, _rowWork.X.Count, firstRow);
        var where = layer is null ? what : $"It begins in layer {layer}: {what}";
        return new TrainingDivergedException(
            $"{Name}.{method}: the loss became {loss} in step {StepCount + 1}. {char.ToUpperInvariant(where[0])}{where[1..]}. "
            + "The weights are as they were before it; lower the learning rate, clip the gradients, standardise the inputs or check the targets.",
            loss, StepCount + 1, layer);
    }

    NotFiniteNumberException NotFinite(string method, string what, float value) =>
        new($"{Name}.{method}: {what} is {value}. Clean the data; the weights are as they were.", value);
}
