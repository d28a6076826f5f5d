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

/// <summary>z = xWᵀ + b.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
/// <param name="Tensor">The weights' name.</param>
/// <param name="Outputs">Rows of the weights.</param>
/// <param name="Inputs">Columns of the weights.</param>
/// <param name="Weights">[outputs, inputs], row by row.</param>
/// <param name="Biases">[outputs].</param>
sealed record DenseStep(Value Node, Value Input, string Tensor, int Outputs, int Inputs, float[] Weights, float[] Biases) : Step(Node, Input)
{
    public override string What => $"dense layer with weights \"{Messages.Short(Tensor)}\" [{Outputs}, {Inputs}]";

    public override IReadOnlyList<float[]> Parameters => [Weights, Biases];
}

/// <summary>A normalisation.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
/// <param name="Epsilon">ε, added to the variance.</param>
/// <param name="Tensors">Scales, shifts and, for batch normalisation, running means and variances.</param>
sealed record NormStep(Value Node, Value Input, float Epsilon, float[][] Tensors) : Step(Node, Input)
{
    public bool IsBatchNorm => Tensors.Length == 4;

    public int Units => Tensors[0].Length;

    public override string What => $"{(IsBatchNorm ? "batch" : "layer")} normalisation of {Units} units";

    public override IReadOnlyList<float[]> Parameters => Tensors;
}

/// <summary>z = x + input of an earlier step.</summary>
sealed record ResidualStep(Value Node, Value Input, Value Skip) : Step(Node, Input)
{
    public override string What => "residual connection";
}
