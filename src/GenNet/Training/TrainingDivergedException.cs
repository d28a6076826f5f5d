namespace GenNet;

/// <summary>The loss of a step, or the norm of its gradients where they are clipped, is not a finite number. The weights are as they were before that step.</summary>
public sealed class TrainingDivergedException : NotFiniteNumberException
{
    internal TrainingDivergedException(string message, double loss, long step, int? layer) : base(message, loss) => (Step, Layer) = (step, layer);

    /// <summary>The number of the step, from 1: one more than the updates made.</summary>
    public long Step { get; }

    /// <summary>The number of the first layer, from 1, whose weights or activations are not finite, or for gradients the last; null where all are, and what is summed of them overflowed.</summary>
    public int? Layer { get; }
}
