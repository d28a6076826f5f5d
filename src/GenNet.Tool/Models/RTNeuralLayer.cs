namespace GenNet.Tool.Models;

/// <summary>A layer of a file of RTNeural's.</summary>
/// <param name="Add">Adds it to a description.</param>
/// <param name="Tensors">Its parameters as a <see cref="ParameterBlock"/> has them.</param>
/// <param name="IsActivated">Whether it has an activation.</param>
/// <param name="GoesAlongSteps">Whether it takes the steps of a sequence one after the other, and not each by itself.</param>
sealed record RTNeuralLayer(Action<ArchitectureBuilder, Activation> Add, float[][] Tensors, bool IsActivated = true, bool GoesAlongSteps = false)
{
    /// <summary>Its activation.</summary>
    public Activation Activation { get; init; }
}
