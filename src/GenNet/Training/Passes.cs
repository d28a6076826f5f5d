namespace GenNet;

/// <summary>What is computed of some rows, in this order.</summary>
[Flags]
enum Passes
{
    /// <summary>The layers' activations.</summary>
    Forward = 1,

    /// <summary>The loss, and δ of the last layer.</summary>
    Loss = 2,

    /// <summary>The network's outputs, for whoever computes their gradients.</summary>
    Outputs = 4,

    /// <summary>δ of the last layer from the outputs' gradients.</summary>
    OutputGradient = 8,

    /// <summary>δ of the other layers.</summary>
    Backward = 16,

    /// <summary>The inputs' gradients.</summary>
    InputGradient = 32,
}
