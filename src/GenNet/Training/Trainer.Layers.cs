using System.ComponentModel;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

// What a network's own trainer computes, layer by layer.
public abstract unsafe partial class Trainer
{
    /// <summary>How each layer is trained: whether it is frozen, and with which part of the learning rate. In order.</summary>
    public IReadOnlyList<TrainedLayer> Layers { get; }

    /// <summary>Throws where a frozen layer may not be thawed.</summary>
    internal void CheckThaw(TrainedLayer layer)
    {
        if (Kept.Any)
            throw new InvalidOperationException($"{Name}: layer {layer.Number} cannot be thawed between Backward or Accumulate and Update: it was frozen, and gradients are kept of all layers but it. Update first, or thaw it before the batch.");
    }

    /// <summary>Takes note of how a layer is trained from now on.</summary>
    internal abstract void LayerChanged(TrainedLayer layer);

    /// <summary>What a thread computes of its share of the samples that are at work.</summary>
    internal void Execute(in Rows x, Targets targets, Passes passes, in Share share)
    {
        if ((passes & Passes.Forward) != 0)
            Forward(x, share);
        if ((passes & Passes.Loss) != 0)
            Loss(targets, share.Pass.Samples, share);
        if ((passes & Passes.Outputs) != 0)
            Outputs(Judged == null ? AtWork!.OutputsFrom(targets.First, x.Count) : new Rows(Judged + (nint)targets.First * OutputSize, OutputSize, x.Count), share);
        if ((passes & Passes.OutputGradient) != 0)
            OutputGradient(new Rows(OutputGradients + (nint)targets.First * OutputSize, OutputSize, x.Count), share);
        if ((passes & Passes.Backward) != 0)
            Backward(x, share);
        if ((passes & Passes.InputGradient) != 0)
            InputGradient(new Rows(GradientsOfInputs!.Pointer + (nint)targets.First * InputSize, InputSize, x.Count), share);
    }

    /// <summary>Stages of the forward pass. All threads finish one before the next begins.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual int ForwardStages => 1;

    /// <summary>Stages of the backward pass.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual int BackwardStages => 1;

    /// <summary>Computes activations.</summary>
    /// <param name="x">All rows computed at this time.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Forward(in Rows x, in Share share);

    /// <summary>Computes the loss of each row, and the δ of the last layer.</summary>
    /// <param name="targets">The rows' targets.</param>
    /// <param name="samples">Samples of the batch, over which the loss is a mean.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Loss(Targets targets, int samples, in Share share);

    /// <summary>The part of the mean loss that some of the losses that are kept make up.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract double MeanLoss(int first, int rows, int samples);

    /// <summary>The same of one head, without its weight.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual double HeadLoss(int head, int first, int rows, int samples) => MeanLoss(first, rows, samples);

    /// <summary>Computes the network's outputs from what the last layer has for the loss.</summary>
    /// <param name="outputs">[samples, outputs] of all rows, written.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Outputs(in Rows outputs, in Share share);

    /// <summary>Computes the δ of the last layer from the outputs' gradients.</summary>
    /// <param name="gradients">[samples, outputs] of all rows.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void OutputGradient(in Rows gradients, in Share share);

    /// <summary>Computes the δ of the other layers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Backward(in Rows x, in Share share);

    /// <summary>Computes the inputs' gradients.</summary>
    /// <param name="gradients">[samples, inputs] of all rows, written.</param>
    /// <param name="share">Which of the rows.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void InputGradient(in Rows gradients, in Share share);

    /// <summary>Whether a layer needs the whole batch at a time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual bool NormalizesBatch => false;
}
