namespace GenNet.Generator.Planning;

/// <summary>How a loss and the activation before it are computed: by a type of the library.</summary>
/// <param name="Name">The type's name, without its arguments.</param>
/// <param name="Loss">The loss that it is generic over, if it is.</param>
/// <param name="Activation">The activation that it is generic over, if it is: the loss is then one of single outputs.</param>
/// <param name="DeltaEquation">δ of the last layer.</param>
/// <param name="TrainedOutput">The last layer's activation in training: identity where the loss takes z.</param>
sealed record LossHead(string Name, string? Loss, string? Activation, string DeltaEquation, string TrainedOutput)
{
    /// <summary>The head for a loss, its default worked out, after an activation.</summary>
    public static LossHead For(string loss, string output, int outputs) => (output, loss) switch
    {
        ("Softmax" or "Identity", "CrossEntropy") => new("SoftmaxCrossEntropyHead", null, null, "(softmax(z) − y)/n", "Identity"),
        ("Sigmoid" or "Identity", "BinaryCrossEntropy") => new("SigmoidCrossEntropyHead", null, null, outputs == 1 ? "(sigmoid(z) − y)/n" : $"(sigmoid(z) − y)/{outputs}n", "Identity"),
        ("Softmax", _) => new("SoftmaxHead", loss, null, "a ∘ (∂L/∂a − Σ a·∂L/∂a)", "Identity"),
        _ => new("ElementwiseHead", loss, output, "∂L/∂a ∘ g′(z)", output),
    };

    /// <summary>Whether the loss is one of single outputs.</summary>
    public bool IsElementwise => Activation is not null;

    /// <summary>Whether δ follows from ∂L/∂a, which a head's weight is a factor of.</summary>
    public bool FollowsFromLoss => Loss is not null;

    /// <summary>The type, with its arguments.</summary>
    public string Type => $"global::GenNet.Runtime.{Name}{(Loss is null ? "" : $"<{Arguments}>")}";

    /// <summary>The types that it is generic over.</summary>
    public string Arguments => string.Join(", ", new[] { Loss is null ? null : TypeNames.Loss(Loss), Activation is null ? null : TypeNames.Activation(Activation) }.Where(type => type is not null));
}
