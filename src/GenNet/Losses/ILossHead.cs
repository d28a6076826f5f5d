using System.ComponentModel;
using GenNet.Simd;

namespace GenNet.Losses;

/// <summary>The end of a network in training: from the last layer's z and a, and the target y, to the loss and δ = ∂L/∂z.</summary>
/// <remarks>Rows are padded to 16 floats; what <c>y</c> holds behind the last output is undefined, and δ must be zero there.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface ILossHead
{
    /// <summary>Whether the loss is a mean over samples and outputs, not over samples alone.</summary>
    static abstract bool MeanOverOutputs { get; }

    /// <summary>The loss of one sample, summed over its outputs; writes δ multiplied by <paramref name="scale"/>. <paramref name="lanes"/> is scratch, 2 × 16 floats.</summary>
    static abstract float Row<V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes) where V : struct, ISimd<V>;
}
