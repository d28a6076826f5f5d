using System.ComponentModel;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>The end of a network in training: from the last layer's z and a, and the target y, to the loss and δ = ∂L/∂z.</summary>
/// <remarks>Rows are padded to 16 floats; what <c>y</c> holds behind the last output is undefined, and δ must be zero there.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface ILossHead
{
    /// <summary>Whether the loss is a mean over samples and outputs, not over samples alone.</summary>
    static abstract bool MeanOverOutputs { get; }

    /// <summary>The loss of one sample, summed over its outputs; writes δ multiplied by <paramref name="scale"/>. <paramref name="lanes"/> is scratch, 2 × 16 floats.</summary>
    static abstract float Row<V>(float* z, float* a, float* y, float* delta, int outputs, float scale, float* lanes) where V : struct, ISimd<V>;

    /// <summary>Whether each output's loss and δ follow from that output alone, by <see cref="Element"/>.</summary>
    static virtual bool IsElementwise => false;

    /// <summary>The loss of each output of a vector, and its δ multiplied by <paramref name="scale"/>.</summary>
    static virtual V Element<V>(float* z, float* a, float* y, float scale, out V delta) where V : struct, ISimd<V> => throw new NotSupportedException();

    /// <summary>Whether there is <see cref="Columns"/>: of a few outputs, whose sums take most of a row's time.</summary>
    static virtual bool HasColumns => false;

    /// <summary>The same for 16 rows, element j of all of them at 16·j: no sum runs along a vector, but each has the order and the bits of a row's.</summary>
    /// <param name="z">The last layer's z, [outputs][16].</param>
    /// <param name="y">Their targets, [outputs][16].</param>
    /// <param name="delta">For δ, [outputs][16].</param>
    /// <param name="outputs">The layer's outputs.</param>
    /// <param name="scales">What each row's δ is multiplied by.</param>
    /// <param name="losses">For each row's loss.</param>
    /// <param name="lanes">Scratch, 3 × 16 × 16 floats.</param>
    static virtual void Columns<V>(float* z, float* y, float* delta, int outputs, float* scales, float* losses, float* lanes) where V : struct, ISimd<V> =>
        throw new NotSupportedException();
}
