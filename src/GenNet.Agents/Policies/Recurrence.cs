namespace GenNet.Agents;

/// <summary>
/// Networks that remember: they take an observation a step, and a state goes from step to step. They are trained on windows of as many steps as they declare.
/// </summary>
static class Recurrence
{
    /// <summary>Steps of the windows that a network is trained on; 0 where it remembers nothing from one observation to the next.</summary>
    public static int Window(INetwork network, int observations) =>
        network is IStreamNetwork && network.Architecture.Layers[0].Inputs == observations && new NetworkState(network.Architecture, streams: 1).Size > 0 ? network.Architecture.Positions : 0;

    /// <summary>What a network remembers of so many environments; null where it does not.</summary>
    public static NetworkState? CreateState(INetwork network, int observations, int streams) => Window(network, observations) == 0 ? null : new NetworkState(network.Architecture, streams);

    /// <summary>The outputs for one observation.</summary>
    public static void Forward(INetwork network, ReadOnlySpan<float> observation, NetworkState? state, Span<float> outputs)
    {
        if (state is null)
            network.Forward(observation, outputs);
        else
            ((IStreamNetwork)network).Forward(observation, state, outputs);
    }

    /// <summary>The outputs for an observation of each of several environments.</summary>
    public static void ForwardBatch(INetwork network, ReadOnlySpan<float> observations, NetworkState? states, Span<float> outputs)
    {
        if (states is null)
            network.ForwardBatch(observations, outputs);
        else
            ((IStreamNetwork)network).ForwardBatch(observations, states, outputs);
    }
}
