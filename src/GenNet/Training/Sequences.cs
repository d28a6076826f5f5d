namespace GenNet;

/// <summary>
/// What a trainer is told of the sequences of a batch beside their features: how long each is, where one ends and another begins, and the states that they go on from.
/// Of a network that takes a <see cref="SequenceAttribute"/>.
/// </summary>
public readonly ref struct Sequences
{
    /// <summary>
    /// [samples] steps of each, from 1 to those declared; empty where all are whole. What a sample has behind them is padding, whatever it is: it counts neither in the loss,
    /// which is a mean over the steps that are there, nor in a gradient, and <see cref="LastStepAttribute"/> takes the last step before it.
    /// </summary>
    public ReadOnlySpan<int> Lengths { get; init; }

    /// <summary>[samples, steps] whether the state is forgotten before a step, where another sequence begins inside a window: an episode, a recording. Empty for nowhere.</summary>
    public ReadOnlySpan<bool> Resets { get; init; }

    /// <summary>The states that the samples go on from, a stream each; null where all begin with zeros. No gradient goes back to them: back-propagation is truncated to the window.</summary>
    public NetworkState? InitialStates { get; init; }

    /// <summary>Where the states behind each sample's last step go, a stream each; null where nobody wants them. May be <see cref="InitialStates"/>: then the next call goes on with the next window.</summary>
    public NetworkState? FinalStates { get; init; }
}
