namespace GenNet.Onnx.Reading;

/// <summary>What one node, or a few that belong together, do to a row of values.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
abstract record Step(Value Node, Value Input)
{
    /// <summary>As messages call it.</summary>
    public abstract string What { get; }

    /// <summary>Its parameters, in the order of a <see cref="ParameterBlock"/>.</summary>
    public virtual IReadOnlyList<float[]> Parameters => [];

    public long ParameterCount => Parameters.Sum(tensor => (long)tensor.Length);
}

/// <summary>a = g(z).</summary>
sealed record ActivationStep(Value Node, Value Input, Activation Activation) : Step(Node, Input)
{
    public override string What => $"activation {Activation}";
}
