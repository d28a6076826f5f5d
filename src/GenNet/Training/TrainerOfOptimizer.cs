using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Losses;

namespace GenNet;

/// <summary>Trains a network with an optimiser of a given type. The generator emits a subclass for each network.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
public abstract unsafe class Trainer<TOptimizer> : Trainer where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>Rows computed at a time: their activations stay in the second-level cache.</summary>
    const int BlockRows = 128;

    readonly ParameterBlock _weights, _gradients;
    readonly ParameterBlock? _state0, _state1;

    /// <summary>Allocates gradients and optimiser state.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Trainer(INetwork network, ParameterBlock weights, TOptimizer optimizer, int batchSize) : base(network, batchSize)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Optimizer = optimizer;
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

    /// <summary>Rows computed at a time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected int RowsAtOnce => Math.Min(BatchSize, BlockRows);

    /// <inheritdoc/>
    public override ParameterBlock GradientBlock => _gradients;

    /// <inheritdoc/>
    public override void Update()
    {
        Use(add: false, apply: true).Update(0, _gradients.Pointer, _gradients.Length);
        StepCount++;
    }

    /// <summary>Computes activations, losses and the δ of the last layer for some rows.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
    /// <returns>The rows' part of the mean loss.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract double Forward(Rows x, Targets targets, int samples);

    /// <summary>Computes the gradients of the rows last given to <see cref="Forward"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Backward(Rows x, in GradientUse<TOptimizer> use);

    private protected override double LossOf(float* inputs, Targets targets, int rows)
    {
        var (width, outputs) = (Network.InputSize, Network.OutputSize);
        var loss = 0.0;
        for (var row = 0; row < rows; row += BlockRows)
            loss += Forward(new Rows(inputs + (nint)row * width, width, Math.Min(BlockRows, rows - row)), targets.From(row, outputs), rows);
        GC.KeepAlive(this);
        return loss;
    }

    private protected override float Run(float* inputs, Targets targets, int rows, bool update, string method)
    {
        var (width, outputs) = (Network.InputSize, Network.OutputSize);
        var spoiled = FiniteCheck.IndexOfNotFinite(inputs, rows * width);
        if (spoiled >= 0)
            throw NotFinite(method, $"feature {spoiled % width} of sample {spoiled / width}", inputs[spoiled]);
        var loss = 0.0;
        for (var row = 0; row < rows; row += BlockRows)
        {
            var x = new Rows(inputs + (nint)row * width, width, Math.Min(BlockRows, rows - row));
            loss += Forward(x, targets.From(row, outputs), rows);
            var last = row + BlockRows >= rows;
            if (last && !double.IsFinite(loss))
                throw LossNotFinite(loss, targets, rows * outputs, method);
            Backward(x, Use(add: row > 0, apply: last && update));
        }
        if (update)
            StepCount++;
        GC.KeepAlive(this);
        return (float)loss;
    }

    GradientUse<TOptimizer> Use(bool add, bool apply) =>
        new(_gradients.Pointer, add, apply, _weights.Pointer, _state0 is null ? null : _state0.Pointer, _state1 is null ? null : _state1.Pointer,
            apply ? Optimizer.AtStep(StepCount + 1) : Optimizer);

    NotFiniteNumberException LossNotFinite(double loss, Targets targets, int count, string method)
    {
        var (outputs, spoiled) = (Network.OutputSize, targets.Values == null ? -1 : FiniteCheck.IndexOfNotFinite(targets.Values, count));
        return spoiled >= 0
            ? NotFinite(method, $"target {spoiled % outputs} of sample {spoiled / outputs}", targets.Values[spoiled])
            : new($"{Name}.{method}: the loss became {loss} in step {StepCount + 1}. The weights are as they were before it; lower the learning rate, standardise the inputs or check the targets.", loss);
    }

    NotFiniteNumberException NotFinite(string method, string what, float value) =>
        new($"{Name}.{method}: {what} is {value}. Clean the data; the weights are as they were.", value);
}
