using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A layer in training that makes one value of each window.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class PoolTraining : LayerTraining
{
    private protected readonly PoolShape Shape;

    private protected PoolTraining(PoolShape shape, int samples, int threads, bool keepsPreactivation, int positions)
        : base(shape.Channels, shape.Channels, samples, threads, keepsPreactivation, positions) =>
        Shape = shape;

    /// <summary>The pool of a sample: of the steps that it has, where these are all that the pool takes.</summary>
    private protected PoolShape ShapeOf(int sample, in Share share) => Sequences.HasLengths ? Shape.OfSteps(Sequences.Length(Told(sample, share))) : Shape;

    /// <summary>δ of a sample's steps in the layer below, cleared behind its end.</summary>
    private protected float* DeltaBelow(LayerTraining below, int sample, in PoolShape shape, in Share share)
    {
        var stride = StrideOf(below);
        var delta = DeltaOf(below, share) + (nint)sample * Shape.Window.Inputs * stride;
        new Span<float>(delta + (nint)shape.Window.Inputs * stride, (Shape.Window.Inputs - shape.Window.Inputs) * stride).Clear();
        return delta;
    }
}
