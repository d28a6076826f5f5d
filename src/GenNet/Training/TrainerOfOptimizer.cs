using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Trains a network with an optimiser of a given type. The generator emits a subclass for each network.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
[SkipLocalsInit]
public abstract unsafe partial class Trainer<TOptimizer> : Trainer where TOptimizer : struct, IOptimizer<TOptimizer>
{
    readonly BatchWork _batch;
    readonly GradientWork _gradientWork;
    readonly ParameterBlock _weights, _gradients;
    readonly GradientSums _sums;
    readonly OptimizerStates _states;
    readonly GradientUse<TOptimizer> _use;
    TOptimizer _optimizer;

    /// <summary>The same with the learning rate that the schedule has for the step.</summary>
    TOptimizer _scheduled;
    LayerTraining[] _layers = [];

    /// <summary>Allocates gradients and optimiser state.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Trainer(INetwork network, ParameterBlock weights, TOptimizer optimizer, int batchSize, bool inputGradients) : base(network, batchSize, inputGradients)
    {
        ArgumentNullException.ThrowIfNull(weights);
        CheckComplete(optimizer, nameof(optimizer));
        _optimizer = optimizer;
        Threads = Parallelism.Threads;
        _batch = new BatchWork(this, Threads, NormalizesBatch, ForwardStages, BackwardStages, WatchesActivations);
        _gradientWork = new GradientWork(this);
        _weights = weights;
        _gradients = weights.Like();
        var names = new string[optimizer.StateCount];
        for (var index = 0; index < names.Length; index++)
            names[index] = optimizer.StateName(index);
        _states = new OptimizerStates(weights, names);
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
            (_optimizer, OptimizerHash) = (value, 0);
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

    /// <summary>Samples that layers have memory for.</summary>
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
        CompareAgain();
        for (var layer = 0; layer < Layers.Count; layer++)
            Layers[layer].CopyFrom(source.Layers[layer]);
    }

    internal override double BaseLearningRate => _optimizer.LearningRate;

    internal override string DescribeOptimizer(double learningRate) => InvariantText.Of(() => _optimizer.WithLearningRate(learningRate).ToString() ?? typeof(TOptimizer).Name);

    internal override void Resume(long stepCount, long batchCount, double learningRate)
    {
        _optimizer = _optimizer.WithLearningRate(learningRate);
        (StepCount, BatchCount, GradientNorm) = (stepCount, batchCount, 0);
        Kept.Forget();
        CompareAgain();
    }

    /// <summary>What the layers have been told.</summary>
    SequenceBatch? _told;

    private protected sealed override void TellLayers(SequenceBatch? sequences)
    {
        _told = sequences;
        var offset = 0;
        for (var index = 0; index < _layers.Length; index++)
        {
            _layers[index].Tell(sequences, offset);
            offset += Network.Architecture.LayerArray[index].StateLength;
        }
    }

    /// <summary>Whether the parts of a batch come in pieces, each as many samples as the caches keep.</summary>
    bool DividesParts => BatchSize > _batch.SamplesInCache && _batch.SamplesInCache % SampleParts.Samples != 0;

    /// <summary>Tells the trainer its layers, in order.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual void Attach(params LayerTraining[] layers)
    {
        _layers = layers;
        for (var index = 0; index < layers.Length; index++)
            layers[index].Index = index;
        _first = ForwardStages > 1 ? null : layers[0] as DenseTraining;
        _first?.CheckInputs();
        _sums.Prepare(BatchSize, DividesParts);
        if (BatchSize > _batch.SamplesInCache)
            PrepareToRestore();
    }
}
