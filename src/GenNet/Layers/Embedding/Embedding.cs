using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of an embedding, and what it starts with: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Embedding
{
    /// <summary>Draws the rows, as PyTorch does: from the normal distribution with mean 0 and deviation 1.</summary>
    public static void Fill(ParameterBlock parameters, int layer, EmbeddingShape shape, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var random = WeightInitialization.Stream(layer, seed);
        WeightInitialization.Fill(new WeightMatrix(parameters, shape.Offset, shape.Size, shape.Count), inputs: 1, outputs: 1, ref random, Initializer.LeCunNormal);
        parameters.MarkChanged();
    }

    /// <summary>The features of some rows, with the values of the index in its place.</summary>
    public static Rows Forward(Workspace workspace, int slot, ParameterBlock parameters, in EmbeddingShape shape, in Rows x)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var a = workspace.Slot(slot, shape.Outputs, x.Count);
        EmbeddingKernels.Forward(shape, parameters.Pointer, x, a.Pointer, a.Stride);
        return a;
    }
}
