using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>An embedding in training. An update changes all rows, those of things that no sample has too, as PyTorch's does without <c>sparse=True</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class EmbeddingTraining : LayerTraining
{
    readonly ParameterBlock _parameters;
    readonly EmbeddingShape _shape;

    /// <summary>The gradients of a part of the batch, in panels. Threads have panels of their own.</summary>
    readonly AlignedBuffer _sums;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Means nothing: the layer has no activation.</param>
    /// <param name="positions">Rows that each sample has.</param>
    public EmbeddingTraining(ParameterBlock parameters, EmbeddingShape shape, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Inputs, shape.Outputs, samples, threads, keepsPreactivation: false, positions)
    {
        (_parameters, _shape) = (parameters, shape);
        _sums = new AlignedBuffer(shape.Length);
    }

    /// <summary>The features of each row, with the values of the index in its place.</summary>
    public void Forward(in Rows x, in Share share) => EmbeddingKernels.Forward(_shape, _parameters.Pointer, x.From(share), A(share), Stride);

    /// <summary>∂L/∂x = δ of the features, and zero for the index.</summary>
    public override void InputGradient(LayerTraining below, in Share share) => EmbeddingKernels.InputGradient(_shape, DeltaOf(share), DeltaOf(below, share), StrideOf(below));

    /// <summary>∂L/∂W of each thing = Σδ of the rows that have it, in their order, for a share of the panels.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is not { } own)
            return;
        var first = share.Of((_shape.Count + PanelLayout.Width - 1) / PanelLayout.Width, out var end) * PanelLayout.Width;
        end = Math.Min(_shape.Count, end * PanelLayout.Width);
        if (first >= end)
            return;
        int start = first * _shape.Size, length = PanelLayout.PaddedOutputs(end - first) * _shape.Size;
        for (var row = 0; row < x.Count;)
        {
            var part = own.Part(row, x.Count, Positions);
            own.Begin(part, _shape.Offset + start, _sums.Pointer + start, length);
            EmbeddingKernels.AddGradient(_shape, x.From(part), DeltaOfAll(x.Count).From(part).Pointer, Stride, _sums.Pointer, first, end);
            own.End(part, _shape.Offset + start, _sums.Pointer + start, length, merged: false, biases: false);
            row = part.End;
        }
    }
}
