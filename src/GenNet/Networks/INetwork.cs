namespace GenNet;

/// <summary>What every generated network offers, for code that works with any of them.</summary>
public interface INetwork
{
    /// <summary>Features of one sample.</summary>
    int InputSize { get; }

    /// <summary>Outputs of one sample.</summary>
    int OutputSize { get; }

    /// <summary>Weights and biases in all.</summary>
    int ParameterCount { get; }

    /// <summary>The layers, their sizes and activations, and the loss.</summary>
    NetworkArchitecture Architecture { get; }

    /// <summary>All weights and biases, in one block.</summary>
    ParameterBlock Parameters { get; }

    /// <summary>A 64-bit fingerprint of the weights, equal on every machine for equal weights: see <see cref="ParameterBlock.Hash"/>.</summary>
    ulong Hash();

    /// <summary>A new network of equal parameters, running statistics included. To copy them into a network that exists, which allocates nothing, there is <see cref="ParameterBlock.CopyFrom(ParameterBlock)"/>.</summary>
    INetwork Clone();

    /// <summary>Computes one sample. Safe from many threads at once, allocates nothing.</summary>
    /// <param name="input"><see cref="InputSize"/> features.</param>
    /// <param name="output"><see cref="OutputSize"/> outputs, written.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes many samples. Safe from many threads at once; a sample's output has the same bits as from <see cref="Forward"/>.</summary>
    /// <param name="inputs">[samples, <see cref="InputSize"/>] features, row by row.</param>
    /// <param name="outputs">[samples, <see cref="OutputSize"/>] outputs, written.</param>
    /// <exception cref="ArgumentException">A span's length is not a multiple of its row, or the two have different numbers of rows.</exception>
    void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>Gradients, optimiser state and activations to train this network with.</summary>
    /// <param name="optimizer">How a gradient changes a weight.</param>
    /// <param name="batchSize">The largest number of samples that a step takes.</param>
    /// <param name="inputGradients">Whether the trainer computes the gradients of the inputs too.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
    Trainer<TOptimizer> CreateTrainer<TOptimizer>(TOptimizer optimizer, int batchSize, bool inputGradients = false) where TOptimizer : struct, IOptimizer<TOptimizer>;
}
