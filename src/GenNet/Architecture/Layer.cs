namespace GenNet;

/// <summary>One layer of a network's <see cref="NetworkArchitecture"/>.</summary>
public abstract record Layer
{
    private protected Layer(int inputs, int outputs, LayerActivation activation) => (Inputs, Outputs, Activation) = (inputs, outputs, activation);

    /// <summary>Values that the layer takes a sample.</summary>
    public int Inputs { get; }

    /// <summary>Values that the layer gives a sample.</summary>
    public int Outputs { get; }

    /// <summary>The activation applied to what the layer computes.</summary>
    public LayerActivation Activation { get; }

    /// <summary>Trained parameters.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>Multiply-adds that one sample takes when training; activations are not counted.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>What the layer computes in inference, in words: all that <see cref="NetworkArchitecture.SchemaHash"/> depends on.</summary>
    internal virtual string Schema => SchemaText.Layer(Kind, Inputs, Outputs, Activation.Name);

    /// <summary>Where the layer's parameters lie in a <see cref="ParameterBlock"/>, in the order of PyTorch's <c>state_dict</c>.</summary>
    internal virtual IEnumerable<TensorPlace> Tensors => [];

    /// <summary>What kind of layer it is: <c>Dense</c>, <c>BatchNorm</c> and so on.</summary>
    internal string Kind => GetType().Name[..^nameof(Layer).Length];

    /// <summary>Values that the layer keeps beside its trained parameters: running means and variances.</summary>
    internal int StatisticCount => Tensors.Where(tensor => !tensor.Trained).Sum(tensor => tensor.Outputs);
}
