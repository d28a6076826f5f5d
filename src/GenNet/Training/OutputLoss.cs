namespace GenNet;

/// <summary>A loss that is computed from a network's outputs, for <c>Trainer.Step</c>: any function of all outputs of a batch.</summary>
/// <typeparam name="TState">What it needs beside the outputs: targets, rewards, another network.</typeparam>
/// <param name="state">What it needs beside the outputs.</param>
/// <param name="outputs">[samples, outputs] the network's outputs.</param>
/// <param name="gradients">[samples, outputs] for ∂L/∂a, the derivative of the loss by each output; zeros at first.</param>
/// <returns>The loss L.</returns>
public delegate double OutputLoss<in TState>(TState state, ReadOnlySpan<float> outputs, Span<float> gradients);
