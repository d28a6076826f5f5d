namespace GenNet;

/// <summary>The nonlinearity of a <see cref="SimpleRNNAttribute"/>, as PyTorch's <c>nn.RNN</c> has it.</summary>
public enum Nonlinearity
{
    /// <summary>tanh.</summary>
    Tanh,

    /// <summary>max(0, z).</summary>
    ReLU,
}
