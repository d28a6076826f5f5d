using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>The network's inputs in training: copied to padded rows for layers that read whole vectors of them, and their gradients for who asks for them.</summary>
/// <param name="inputs">Features at each position.</param>
/// <param name="samples">The largest number of samples computed at a time.</param>
/// <param name="copies">Whether there is memory for the inputs.</param>
/// <param name="gradients">Whether there is memory for their gradients.</param>
/// <param name="positions">Rows that each sample has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class InputTraining(int inputs, int samples, bool copies, bool gradients, int positions = 1)
    : LayerTraining(inputs, inputs, samples, threads: 0, keepsPreactivation: false, positions, keepsActivations: copies, keepsDelta: gradients)
{
    /// <summary>a = x.</summary>
    public void Forward(in Rows x, in Share share) => RowKernels.Copy(x.From(share), A(share), Stride, Outputs);

    /// <summary>Writes ∂L/∂x without padding.</summary>
    /// <param name="result">[samples, inputs] of all rows.</param>
    /// <param name="share">Which rows.</param>
    public void Gradient(in Rows result, in Share share)
    {
        // A sample's positions lie one behind the other.
        RowKernels.Copy(DeltaOf(share), result.From(share).Pointer, Outputs, Outputs);
    }

    /// <inheritdoc/>
    public override void InputGradient(LayerTraining below, in Share share) => throw new NotSupportedException("Nothing is below the inputs.");
}
