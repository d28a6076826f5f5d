using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>The network's inputs in training, copied to padded rows, for layers that read whole vectors of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class InputTraining(int inputs, int samples, int positions = 1) : LayerTraining(inputs, inputs, samples, threads: 0, keepsPreactivation: false, positions)
{
    /// <summary>a = x.</summary>
    public void Forward(in Rows x, in Share share) => RowKernels.Copy(x.From(share), A(share), Stride, Outputs);

    /// <inheritdoc/>
    public override void InputGradient(LayerTraining below, in Share share) => throw new NotSupportedException("Nothing is below the inputs.");
}
