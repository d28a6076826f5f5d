using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Trains a network: what it needs beside the weights (gradients, optimiser state, activations of one batch) and the training step.
/// One thread at a time may use it.
/// </summary>
[SkipLocalsInit]
public abstract unsafe partial class Trainer
{
    double _maxWeightNorm = double.PositiveInfinity;
    private protected double GradientLimit = double.PositiveInfinity;

    ISchedule? _schedule;
    readonly SampleWeighting _weighting;
    readonly SampleCheck _samples;
    readonly BatchCheck _check;

    private protected Trainer(INetwork network, int batchSize, bool inputGradients)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        MostAtOnce = SamplesThatFit(network.Architecture);
        if (batchSize > MostAtOnce && (NormalizesBatch || MostAtOnce < SampleParts.Samples))
            throw TooManyAtOnce(network, batchSize);
        (Network, BatchSize) = (network, batchSize);
        (InputSize, OutputSize) = (network.InputSize, network.OutputSize);
        _readsIndices = network.Architecture.IndexFeatures.Length > 0;
        (_samples, Kept) = (new SampleCheck(network), new KeptGradients(network));
        _weighting = new SampleWeighting(network, _samples);
        _check = new BatchCheck(network, _samples, batchSize, NormalizesBatch && network.Architecture.NormalizesSamples);
        GradientsOfInputs = inputGradients ? new AlignedBuffer(checked(batchSize * InputSize)) : null;
        var layers = new TrainedLayer[network.Architecture.Layers.Count];
        for (var index = 0; index < layers.Length; index++)
            layers[index] = new TrainedLayer(this, network.Architecture.Layers[index], index + 1);
        Layers = layers;
    }

    /// <summary>Samples whose activations a layer can hold: no fewer than a part of a batch, unless no batch is larger.</summary>
    internal int MostAtOnce { get; }

    static int SamplesThatFit(NetworkArchitecture architecture)
    {
        var longest = (long)architecture.Positions * PanelLayout.RowStride(architecture.Layers[0].Inputs);
        for (var number = 1; number <= architecture.Layers.Count; number++)
        {
            var layer = architecture.Layers[number - 1];
            longest = Math.Max(longest, Math.Max(layer.KeptFloats, (long)architecture.PositionsBehind(number) * PanelLayout.RowStride(layer.Outputs)));
        }
        return (int)(AlignedBuffer.MostFloats / longest);
    }

    ArgumentOutOfRangeException TooManyAtOnce(INetwork network, int batchSize) => new(nameof(batchSize), batchSize,
        $"{network.GetType().Name} takes batches of up to {MostAtOnce} samples, {(NormalizesBatch ? "which batch normalisation needs in memory together" : "the most whose activations a layer can hold: Accumulate larger ones")}.");

    /// <summary>The network that is trained.</summary>
    public INetwork Network { get; }

    /// <summary>The largest number of samples that a step takes.</summary>
    public int BatchSize { get; }

    // Fields, here and where steps pass, because each property's getter is compiled in the first step.
    internal readonly int InputSize;
    private protected readonly int OutputSize;

    /// <summary>Whether features are indices.</summary>
    readonly bool _readsIndices;

    /// <summary>
    /// The gradients that <c>Backward</c> and <c>Accumulate</c> keep until <see cref="Update"/> or a step uses them up; without meaning where none are kept.
    /// The trainer of a network has typed views of them, <c>Gradients</c>.
    /// </summary>
    public abstract ParameterBlock GradientBlock { get; }

    /// <summary>What the optimiser keeps for each parameter from step to step, by PyTorch's names: <c>exp_avg</c> and <c>exp_avg_sq</c> for Adam.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>One value of the optimiser's for each parameter, which may be read and written between steps.</summary>
    /// <param name="name">One of <see cref="StateNames"/>.</param>
    /// <exception cref="ArgumentException">The optimiser keeps no such value.</exception>
    public abstract ParameterBlock State(string name);

    /// <summary>The step size of the next update: the optimiser's own, times the <see cref="Schedule"/>'s factor.</summary>
    public abstract double LearningRate { get; }

    /// <summary>How the learning rate changes from update to update; null, as it is at first, for a constant rate.</summary>
    /// <exception cref="ArgumentException">It is the default of a struct that lacks something.</exception>
    public ISchedule? Schedule
    {
        get => _schedule;
        set
        {
            IIncomplete.Check(value, nameof(value));
            _schedule = value;
        }
    }

    /// <summary>Tells the <see cref="Schedule"/> what it watches, such as a validation loss: where it is an <see cref="IMetricSchedule"/>, what that makes of it takes its place. <c>Fit</c> does so after each epoch.</summary>
    public void Report(double metric) => Schedule = Schedule?.After(metric);

    /// <summary>
    /// The largest Euclidean norm of all gradients together, ∞ for no limit: larger gradients are scaled down to it before an update, as by
    /// <c>torch.nn.utils.clip_grad_norm_</c>. With a limit every gradient must be known before the first weight changes, so steps are slower.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double MaxGradientNorm
    {
        get => GradientLimit;
        set
        {
            GradientLimit = HyperParameter.Limit(value, nameof(MaxGradientNorm));
            if (double.IsFinite(value))
                PrepareToRestore();
            else
                GradientNorm = 0;
        }
    }

    /// <summary>The norm of the gradients of the last update, before they were clipped; 0 where there is no <see cref="MaxGradientNorm"/>.</summary>
    public double GradientNorm { get; private protected set; }

    /// <summary>
    /// The largest Euclidean norm of the incoming weights of each unit, biases apart, ∞ for no limit: larger weights are scaled down to it
    /// after an update, as by <c>torch.renorm</c> and Keras's <c>max_norm</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double MaxWeightNorm
    {
        get => _maxWeightNorm;
        set => _maxWeightNorm = HyperParameter.Limit(value, nameof(MaxWeightNorm));
    }

    /// <summary>
    /// ε: in training, labels become (1 − ε)·y + ε/classes, as with PyTorch's <c>label_smoothing</c>; a single output's (1 − ε)·y + ε/2.
    /// Targets that are given as numbers, and <c>Loss</c> and <c>Evaluate</c>, know nothing of it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is not from 0 to 1.</exception>
    /// <exception cref="InvalidOperationException">The network has several heads, which take no labels.</exception>
    public double LabelSmoothing
    {
        get => _weighting.LabelSmoothing;
        set => _weighting.LabelSmoothing = value;
    }

    /// <summary>
    /// What a sample of each class counts in training, empty for 1 each: the loss becomes Σwl/Σw, as with PyTorch's <c>weight</c>. [classes], two for a single output.
    /// <c>Loss</c> and <c>Evaluate</c> know nothing of it.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many as classes, or one is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The network has several heads, whose classes are not the same.</exception>
    public ReadOnlySpan<float> ClassWeights
    {
        get => _weighting.ClassWeights;
        set => _weighting.ClassWeights = value;
    }

    internal int ClassCount => _samples.Classes;

    /// <summary>Labels of a sample: one, or one for each step that has classes of its own.</summary>
    private protected int LabelSize => _samples.LabelSize;

    /// <summary>How gradients, weights and activations fare; null unless the network is declared with <c>Health = true</c>.</summary>
    public virtual GradientHealth? Health => null;

    /// <summary>Updates made so far.</summary>
    public long StepCount { get; private protected set; }

    /// <summary>Dropout masks follow from it and from <see cref="BatchCount"/>.</summary>
    public ulong Seed { get; set; }

    /// <summary>Batches given to <c>Step</c> and <c>Backward</c> so far, and batches accumulated.</summary>
    public long BatchCount { get; internal set; }

    /// <summary>The optimiser's own step size, whatever the schedule.</summary>
    internal abstract double BaseLearningRate { get; }

    /// <summary>The optimiser and its hyper-parameters in words, with another step size: the same for equal ones, in every culture.</summary>
    internal abstract string DescribeOptimizer(double learningRate);

    /// <summary>Goes on after so many updates and batches, with a step size.</summary>
    internal abstract void Resume(long stepCount, long batchCount, double learningRate);

    /// <summary>Throws unless a batch may have so many samples.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckBatch(int samples, string method, string parameter) => _check.CheckBatch(samples, method, parameter);

    /// <summary>Tells the other ranks of a job, where there are some, that this one refuses what a step is given.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void TellRefusal(Exception refusal) => _samples.Refusal(refusal);

    /// <summary>Takes over how another trainer weighs samples.</summary>
    private protected void CopyWeightsFrom(Trainer source) => _weighting.CopyFrom(source._weighting);

    /// <summary>What the samples of the batch that is at work are called in messages.</summary>
    private protected SampleNumbers Numbers => _check.Numbers;

    /// <param name="method">For the message.</param>
    /// <param name="what">What the numbers are.</param>
    /// <param name="values">Rows of numbers, one of which is not finite.</param>
    /// <param name="width">Numbers a row.</param>
    /// <param name="positions">Steps that have such numbers.</param>
    /// <param name="first">The number in the batch of the first row.</param>
    private protected NotFiniteNumberException NotFinite(string method, string what, float* values, int width, int positions, int first = 0)
    {
        var index = FiniteCheck.IndexOfNotFinite(values) + first * width;
        return _samples.NotFinite(what, values[index - first * width], index, width, positions, method, Numbers);
    }

    /// <summary>The trainer in words: <c>FashionNet's trainer, Adam { … }, batches of up to 128 samples, 40 updates made</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}'s trainer, {DescribeOptimizer(BaseLearningRate)}, batches of up to {BatchSize} samples, {StepCount} updates made");

    private protected string Name => Network.GetType().Name;
}
