using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A layer in training: z, a and δ = ∂L/∂z of the rows that are computed at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class LayerTraining
{
    private protected readonly int Inputs, Outputs;

    /// <summary>Floats from one row to the next.</summary>
    private protected readonly int Stride;

    /// <summary>Rows that each sample has.</summary>
    private protected readonly int Positions;

    /// <summary>The number of the layer, from 0, by which its gradients' use is known.</summary>
    internal int Index;

    /// <summary>What the samples that are computed are as sequences; null where they are whole.</summary>
    SequenceBatch? _sequences;

    /// <summary>Where the layer's values begin in the state of a stream.</summary>
    private protected int StateOffset;

    readonly AlignedBuffer _z, _a, _delta, _losses;
    readonly AlignedBuffer[] _scratch;

    /// <param name="inputs">Values that the layer takes.</param>
    /// <param name="outputs">Values that it gives.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Rows that each sample has.</param>
    /// <param name="scratch">Floats of scratch memory that the layer's kernels need for each thread.</param>
    /// <param name="keepsActivations">Whether there is memory for a.</param>
    /// <param name="keepsDelta">Whether there is memory for δ.</param>
    private protected LayerTraining(
        int inputs, int outputs, int samples, int threads, bool keepsPreactivation, int positions, int scratch = 2 * PanelLayout.Line,
        bool keepsActivations = true, bool keepsDelta = true)
    {
        (Inputs, Outputs, Positions) = (inputs, outputs, positions);
        Stride = PanelLayout.RowStride(outputs);
        var rows = checked(samples * positions);
        _a = new AlignedBuffer(keepsActivations ? checked(rows * Stride) : 0);
        _z = keepsPreactivation ? new AlignedBuffer(rows * Stride) : _a;
        _delta = new AlignedBuffer(keepsDelta ? checked(rows * Stride) : 0);
        _losses = new AlignedBuffer(rows);
        _scratch = PerThread(threads, Math.Max(scratch, LossKernels.ScratchLength(Stride)));
    }

    /// <summary>A second δ of the same values: what a head makes of those of the trunk.</summary>
    private protected LayerTraining(LayerTraining values, int samples)
    {
        (Inputs, Outputs, Positions, Stride) = (values.Inputs, values.Outputs, values.Positions, values.Stride);
        (_a, _z, _losses, _scratch) = (values._a, values._z, values._losses, values._scratch);
        _delta = new AlignedBuffer(checked(samples * Positions * Stride));
    }

    private protected static AlignedBuffer[] PerThread(int threads, int length)
    {
        var buffers = new AlignedBuffer[threads];
        for (var thread = 0; thread < threads; thread++)
            buffers[thread] = new AlignedBuffer(length);
        return buffers;
    }

    /// <summary>The layer's activations of the <paramref name="samples"/> last computed.</summary>
    public Rows Activations(int samples) => Activations(0, samples);

    internal Rows Activations(int first, int samples) => new(_a.Pointer + (nint)first * Positions * Stride, Stride, samples * Positions, Positions);

    /// <summary>The activations of a sample at a position.</summary>
    internal ReadOnlySpan<float> ActivationsAt(int sample, int position) => new(_a.Pointer + ((nint)sample * Positions + position) * Stride, Outputs);

    /// <summary>Positions at which a sample has activations.</summary>
    internal int PositionCount => Positions;

    internal Rows ActivationsOf(in Share share) => new(A(share), Stride, share.Count * Positions, Positions);

    private protected Rows DeltaOf(in Share share) => new(Delta(share), Stride, share.Count * Positions, Positions);

    private protected Rows DeltaOfAll(int rows) => new(_delta.Pointer, Stride, rows, Positions);

    private protected float* Z(in Share share) => _z.Pointer + (nint)share.First * Positions * Stride;

    private protected float* A(in Share share) => _a.Pointer + (nint)share.First * Positions * Stride;

    private protected float* Delta(in Share share) => _delta.Pointer + (nint)share.First * Positions * Stride;

    private protected nint FirstRow(in Share share) => (nint)share.First * Positions;

    private protected float* Scratch(in Share share) => _scratch[share.Part].Pointer;

    /// <summary>∂L/∂x = δ, with the padding, which may be that of a batch that was refused.</summary>
    private protected void PassDelta(LayerTraining below, in Share share) => RowKernels.Copy(DeltaOf(share), DeltaOf(below, share), StrideOf(below), Stride);

    /// <summary>The loss of each row, and δ = ∂L/∂z.</summary>
    /// <param name="targets">The targets of all rows.</param>
    /// <param name="samples">Samples of the batch, over which L is a mean.</param>
    /// <param name="share">Which rows.</param>
    /// <param name="column">The head's first output among those of the network.</param>
    /// <param name="weight">What the loss is multiplied by.</param>
    public void Loss<THead>(Targets targets, int samples, in Share share, int column = 0, double weight = 1) where THead : struct, ILossHead =>
        LossKernels.Loss<THead>(
            Z(share), A(share), Delta(share), Stride, targets, column, (targets.First + share.First) * Positions, share.Count * Positions,
            Outputs, (float)(weight * targets.LossFactor * LossScale<THead>(samples)), _losses.Pointer + (targets.FirstLoss + share.First) * Positions, Scratch(share), _sequences?.Widths);

    /// <summary>The part of the mean loss L that the kept losses of some samples make up, summed in order, where all of the batch's rows count.</summary>
    public double MeanLoss<THead>(int first, int rows, int samples) where THead : struct, ILossHead
    {
        // Before the sum, which a call behind it would keep on the stack.
        var scale = LossScale<THead>(samples);
        var losses = _losses.Pointer + first * Positions;
        var sum = 0.0;
        for (var (row, count) = (0, rows * Positions); row < count; row++)
            sum += losses[row];
        return scale * sum;
    }

    /// <summary>What the sum of all rows' losses is multiplied by to make the mean.</summary>
    double LossScale<THead>(int samples) where THead : struct, ILossHead => LossFactor<THead>() * LossKernels.Scale<THead>(samples, Outputs) / Positions;

    /// <summary>Completes the last layer's activations, where the loss would take z, and writes them as the network's outputs.</summary>
    /// <param name="outputs">[samples, outputs] of all rows.</param>
    /// <param name="share">Which rows.</param>
    public void Output<TActivation>(in Rows outputs, in Share share) where TActivation : struct, IActivation
    {
        ActivationKernels.Activate<TActivation>(Z(share), A(share), Stride, share.Count * Positions, PanelLayout.RoundUp(Outputs, 4));
        WriteOutputs(outputs, share);
    }

    /// <summary>The same with softmax.</summary>
    public void OutputSoftmax(in Rows outputs, in Share share)
    {
        RowKernels.Softmax(A(share), Stride, share.Count * Positions, Outputs);
        WriteOutputs(outputs, share);
    }

    void WriteOutputs(in Rows outputs, in Share share) => RowKernels.Copy(ActivationsOf(share), outputs.From(share).Pointer, outputs.Stride, Outputs);

    /// <summary>δ = ∂L/∂a ∘ g′(z).</summary>
    /// <param name="gradients">[samples, outputs] ∂L/∂a of all rows.</param>
    /// <param name="share">Which rows.</param>
    public void OutputGradient<TActivation>(in Rows gradients, in Share share) where TActivation : struct, IActivation
    {
        ReadGradients(gradients, share);
        MultiplyByDerivative<TActivation>(share);
    }

    /// <summary>The same for softmax: δ = a ∘ (∂L/∂a − Σ a·∂L/∂a).</summary>
    public void OutputGradientOfSoftmax(in Rows gradients, in Share share)
    {
        ReadGradients(gradients, share);
        RowKernels.SoftmaxGradient(Delta(share), A(share), Stride, share.Count * Positions, Outputs);
    }

    void ReadGradients(in Rows gradients, in Share share)
    {
        // The padding may be that of a batch that was refused.
        new Span<float>(Delta(share), share.Count * Positions * Stride).Clear();
        RowKernels.Copy(gradients.From(share), Delta(share), Stride, Outputs);
        for (var sample = 0; _sequences?.Widths is { } widths && sample < share.Count; sample++)
            new Span<float>(Delta(share) + (nint)sample * Stride, Stride)[widths[Told(sample, share)]..].Clear();
        for (var sample = 0; Positions > 1 && _sequences is { HasLengths: true } && sample < share.Count; sample++)
            new Span<float>(Delta(share) + (nint)sample * Positions * Stride, Positions * Stride)[(_sequences.Length(Told(sample, share)) * Stride)..].Clear();
    }

    /// <summary>δ of the layer below = ∂L/∂x ∘ g′, x the inputs of this layer and g the activation of the layer below.</summary>
    public void BackwardTo<TActivation>(LayerTraining below, in Share share) where TActivation : struct, IActivation
    {
        InputGradient(below, share);
        below.MultiplyByDerivative<TActivation>(share);
    }

    /// <summary>∂L/∂x into δ of the layer below, whose derivative is not in it yet.</summary>
    public abstract void InputGradient(LayerTraining below, in Share share);

    /// <summary>Adds δ of the residual connection <paramref name="above"/>, which took this layer's activations too.</summary>
    public void AddDelta(LayerTraining above, in Share share) =>
        RowKernels.Add<Identity>(DeltaOf(share), above.DeltaOf(share), Delta(share), Delta(share), Stride, Outputs);

    /// <summary>δ = δ ∘ g′(z).</summary>
    public void MultiplyByDerivative<TActivation>(in Share share) where TActivation : struct, IActivation =>
        ActivationKernels.MultiplyByDerivative<TActivation>(Delta(share), A(share), Z(share), Stride, share.Count * Positions, Outputs);

    /// <summary>Whether no update changes its parameters.</summary>
    internal bool IsFrozen { get; set; }

    /// <summary>Whether statistics are the running ones in training too, and stay as they are.</summary>
    internal bool UsesRunningStatistics { get; set; }

    /// <summary>What adds sums over the samples of other ranks, while they compute a batch together; null otherwise.</summary>
    internal RankColumns? Ranks { private protected get; set; }

    /// <summary>Adds the gradients of earlier parts of an accumulated batch to those that follow from such sums.</summary>
    internal virtual void AddToSums(float* gradients) { }

    /// <summary>Writes gradients that follow from such sums, which no rank need add again.</summary>
    internal virtual void WriteSums(float* gradients) { }

    /// <summary>Mixes the statistics of the rows last computed into those that inference takes.</summary>
    internal virtual void KeepStatistics() { }

    /// <summary>Has each step measured on the way back, where a layer goes through the steps of sequences: of each direction. None for others.</summary>
    internal virtual StepMeasure[] MeasureSteps() => [];

    /// <summary>Tells the layer what the samples are as sequences, null where they are whole.</summary>
    internal virtual void Tell(SequenceBatch? sequences, int stateOffset) => (_sequences, StateOffset) = (sequences, stateOffset);

    private protected SequenceBatch Sequences => _sequences ?? SequenceBatch.Whole;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    double LossFactor<THead>() where THead : struct, ILossHead => _sequences is null || !THead.MeanOverOutputs ? 1 : _sequences.LossFactor;

    /// <summary>Which of the samples that <see cref="Sequences"/> tells of is a share's.</summary>
    private protected int Told(int sample, in Share share) => share.Pass.FirstSample - Sequences.FirstSample + share.First + sample;

    /// <summary>Where the sequence began to which a sample's step belongs.</summary>
    private protected SequenceStart StartOf(int sample, int step, in Share share) =>
        _sequences?.StartOf(Told(sample, share), step, share.Pass.Batch) ?? new(share.Pass.Batch, share.Pass.FirstSample + share.First + sample, 0);

    // What a layer may see of the one below it.
    private protected static float* DeltaOf(LayerTraining layer, in Share share) => layer.Delta(share);

    private protected static int StrideOf(LayerTraining layer) => layer.Stride;

    private protected static Rows ActivationsOf(LayerTraining layer, in Share share) => layer.ActivationsOf(share);
}
