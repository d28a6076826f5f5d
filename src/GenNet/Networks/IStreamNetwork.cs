namespace GenNet;

/// <summary>What a generated network offers that goes step by step and answers every step, for code that works with any of them. Its states are those of its own <c>CreateState</c>, or <c>new NetworkState(network.Architecture, streams)</c>.</summary>
public interface IStreamNetwork : INetwork
{
    /// <summary>Computes the next step of one stream. Allocates nothing.</summary>
    /// <param name="step">[features] the step.</param>
    /// <param name="state">The stream's memory, written.</param>
    /// <param name="output">[outputs] of the step, written.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the state is another network's or has several streams.</exception>
    void Forward(ReadOnlySpan<float> step, NetworkState state, Span<float> output);

    /// <summary>Computes the next step of each of many streams, with the bits of each alone.</summary>
    /// <param name="steps">[streams, features] the steps.</param>
    /// <param name="states">The streams' memory, written.</param>
    /// <param name="outputs">[streams, outputs] of the steps, written.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the states are another network's.</exception>
    void ForwardBatch(ReadOnlySpan<float> steps, NetworkState states, Span<float> outputs);
}
