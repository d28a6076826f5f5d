using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>A layer in training that makes one row of a sample.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class FlattenTraining : LayerTraining
{
    readonly int _positions;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="positions">Rows of a sample below the layer.</param>
    /// <param name="features">Values of such a row.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    public FlattenTraining(int positions, int features, int samples, int threads, bool keepsPreactivation)
        : base(features, positions * features, samples, threads, keepsPreactivation, positions: 1) =>
        _positions = positions;

    /// <summary>a = x, [samples × positions][features] as [samples][positions × features].</summary>
    public void Forward(in Rows x, in Share share) => Flatten.Copy(x.From(share), A(share), Stride, _positions, Inputs);

    /// <summary>∂L/∂x = δ, each position in a row of its own again.</summary>
    public override void InputGradient(LayerTraining below, in Share share) =>
        Flatten.Spread(DeltaOf(share), DeltaOf(below, share), StrideOf(below), _positions, Inputs);
}
