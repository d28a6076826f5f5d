using System.ComponentModel;
using System.Runtime.InteropServices;

namespace GenNet.Runtime;

/// <summary>Trains a network and measures its <see cref="GradientHealth"/>. The generator emits a subclass for each network declared with <c>Health = true</c>.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class HealthTrainer<TOptimizer> : Trainer<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    readonly ParameterBlock _weights;
    GradientHealth? _health;

    /// <summary>Allocates gradients and optimiser state.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected HealthTrainer(INetwork network, ParameterBlock weights, TOptimizer optimizer, int batchSize, bool inputGradients) : base(network, weights, optimizer, batchSize, inputGradients) => _weights = weights;

    /// <summary>How gradients, weights and activations fare.</summary>
    public sealed override GradientHealth Health => _health!;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected sealed override void Attach(params LayerTraining[] layers)
    {
        base.Attach(layers);
        _health = new GradientHealth(Network.Architecture, _weights, layers, Threads);
    }

    /// <summary>Looks which units of a share of the rows are not zero, after the forward pass.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Watch(in Share share) => _health!.Watch(share);

    /// <summary>Looks which units are not zero for one sample, after its forward pass and the check of its loss: this step is not refused.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="starts">Where each layer's activations start.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Watch(SampleTraining sample, ReadOnlySpan<int> starts)
    {
        _health!.Watch(sample, starts);
        _health.Accept();
    }

    private protected sealed override bool WatchesActivations => true;

    private protected sealed override bool MeasuresUpdate => Health.IsDue(StepCount);

    /// <summary>A step that is measured keeps its gradients and then uses them: slower, with the same bits.</summary>
    private protected sealed override float Run(float* inputs, Targets targets, int rows, int before, int samples, bool update, string method)
    {
        BeginMeasures();
        var measures = MeasuresUpdate;
        if (update && measures)
            CheckInputs(inputs, rows, method);
        var loss = update && measures
            ? RunRows(inputs, targets, rows, before, samples, update, method)
            : base.Run(inputs, targets, rows, before, samples, update, method);
        if (measures)
            Health.MeasureData(inputs, targets.Values, rows);
        return loss;
    }

    private protected sealed override void Accept(int rows)
    {
        base.Accept(rows);
        Health.Accept();
        if (MeasuresUpdate && rows > 0)
            Health.MeasureActivations(rows);
    }

    private protected sealed override void BeginMeasures() => Health.Begin(MeasuresUpdate);

    private protected sealed override void ShareMeasures(float* inputs, float* targets, int rows, int owner)
    {
        var exchange = Exchange!;
        if (exchange.Rank == owner)
        {
            Health.MeasureData(inputs, targets, rows);
            Health.WriteMeasured();
            for (var rank = 0; rank < exchange.Ranks; rank++)
                if (rank != owner)
                    exchange.Send(rank, MemoryMarshal.AsBytes(Health.Measured));
        }
        else
            exchange.Receive(owner, MemoryMarshal.AsBytes(Health.Measured));
        exchange.Complete();
        if (exchange.Rank != owner)
            Health.ReadMeasured();
    }

    private protected sealed override void UseKeptGradients(double norm)
    {
        var measures = MeasuresUpdate;
        if (measures)
            Health.MeasureGradients(StepCount + 1, _weights, GradientBlock);
        base.UseKeptGradients(norm);
        if (measures)
            Health.MeasureUpdate(_weights);
    }
}
