namespace GenNet;

/// <summary>What a <see cref="FitCallback"/> may know of the fit, and may do.</summary>
public sealed class FitContext
{
    internal FitContext(Trainer trainer, FitOptions options, FitState state, int stepsPerEpoch) =>
        (Trainer, Options, State, StepsPerEpoch) = (trainer, options, state, stepsPerEpoch);

    /// <summary>The trainer, with the network, its gradients and the number of updates.</summary>
    public Trainer Trainer { get; }

    /// <summary>How the network is fitted.</summary>
    public FitOptions Options { get; }

    /// <summary>Where the fit is.</summary>
    public FitState State { get; }

    /// <summary>Steps of a whole epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The number of the epoch under way or just over, from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The number of the step last made in the epoch, from 1; 0 before its first.</summary>
    public int Step { get; internal set; }

    /// <summary>The mean loss of the batch of that step, before its update; NaN before its first.</summary>
    public float BatchLoss { get; internal set; } = float.NaN;

    internal bool Stopped { get; private set; }

    /// <summary>Ends the fit after this call's step or epoch. <see cref="State"/> says where it is, to go on later.</summary>
    public void Stop() => Stopped = true;
}
