namespace GenNet;

/// <summary>Which class a network's outputs speak for.</summary>
/// <param name="network">The network.</param>
/// <param name="head">The head whose outputs they are.</param>
sealed class OutputClasses(NetworkArchitecture network, NetworkHead head)
{
    /// <summary>Whether one output is one class, of which the largest wins; else each output decides for itself.</summary>
    readonly bool _largestWins = head.Loss == nameof(Loss.CrossEntropy) || Output(network, head) == Activation.Softmax;

    /// <summary>The output that is in doubt: 0 for a logit, of which the sigmoid is ½.</summary>
    public float Threshold { get; } = head.Loss == nameof(Loss.BinaryCrossEntropy) && Output(network, head) == Activation.Identity ? 0 : 0.5f;

    /// <summary>Whether outputs that are to be targets say something of classes: not in a regression.</summary>
    public bool HaveTargets { get; } = head.Loss is nameof(Loss.CrossEntropy) or nameof(Loss.BinaryCrossEntropy)
        || Output(network, head) is Activation.Softmax or Activation.Sigmoid or Activation.HardSigmoid;

    /// <summary>1 where the outputs speak for the label, else 0.</summary>
    public int Right(ReadOnlySpan<float> outputs, int label) =>
        (outputs.Length > 1 ? Metrics.ArgMax(outputs) : Metrics.ClassOf(outputs[0], Threshold)) == label ? 1 : 0;

    /// <summary>The share of the outputs on their targets' side; where the largest wins, 1 if it is the largest target, else 0.</summary>
    public double Right(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        if (_largestWins)
            return Metrics.ArgMax(outputs) == Metrics.ArgMax(targets) ? 1 : 0;
        var right = 0;
        for (var j = 0; j < outputs.Length; j++)
            right += Metrics.ClassOf(outputs[j], Threshold) == Metrics.ClassOf(targets[j], 0.5f) ? 1 : 0;
        return (double)right / outputs.Length;
    }

    /// <summary>The activation of the outputs; where steps have classes of their own, that before they are made one row.</summary>
    static Activation? Output(NetworkArchitecture network, NetworkHead head) => network.LabelSize > 1 ? Activation.Softmax : network.Layers[head.LastLayer].Activation.BuiltIn;
}
