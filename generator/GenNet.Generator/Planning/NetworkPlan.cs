using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Planning;

/// <summary>Everything that emission needs to know: the declaration, and what follows from it.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Layers">The layers, in order.</param>
/// <param name="Softmax">Whether softmax follows the last layer.</param>
/// <param name="Loss">The loss, the default worked out.</param>
/// <param name="LossHead">The type in GenNet.Losses that computes loss and δ, with its type arguments.</param>
/// <param name="LossName">The loss in words.</param>
/// <param name="DeltaEquation">δ of the last layer.</param>
/// <param name="TrainedOutput">The last layer's activation in training: identity where the loss takes z.</param>
sealed record NetworkPlan(
    NetworkSpec Spec,
    EquatableArray<LayerPlan> Layers,
    bool Softmax,
    string Loss,
    string LossHead,
    string LossName,
    string DeltaEquation,
    string TrainedOutput)
{
    public int Inputs => Spec.Inputs;

    public int Outputs => Layers[Layers.Count - 1].Outputs;

    public int Parameters => Layers.Sum(layer => layer.Parameters);

    public int MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Floats of all activations of one sample, padded to cache lines.</summary>
    public int ActivationLength => Layers[Layers.Count - 1].ActivationEnd;
}

/// <summary>One dense layer.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Activation">The type in GenNet.Activations; identity for a softmax layer, whose softmax is computed over the row afterwards.</param>
/// <param name="DeclaredActivation">The activation as declared.</param>
/// <param name="Initializer">The member of GenNet.Initializer; Default leaves it to the activation.</param>
/// <param name="Parts">Partial sums of each z.</param>
/// <param name="Offset">Where its parameters start.</param>
/// <param name="ActivationOffset">Where its activations of one sample start.</param>
/// <param name="Unrolled">Whether one sample is computed by straight-line code, not by a loop in the library.</param>
sealed record LayerPlan(
    int Number,
    int Inputs,
    int Outputs,
    string Activation,
    string DeclaredActivation,
    string Initializer,
    int Parts,
    int Offset,
    int ActivationOffset,
    bool Unrolled)
{
    public int Parameters => Outputs * (Inputs + 1);

    public int MultiplyAdds => Outputs * Inputs;

    public int PaddedOutputs => Kernels.PanelLayout.PaddedOutputs(Outputs);

    public int BiasOffset => Offset + Kernels.PanelLayout.BiasOffset(Inputs, Outputs);

    public int ActivationEnd => ActivationOffset + Kernels.PanelLayout.RoundUp(PaddedOutputs, Kernels.PanelLayout.Line);
}
