using GenNet;

namespace Gestures;

/// <summary>Tells gestures apart: a whole one at once, or step by step while it is drawn.</summary>
[Network]
[Sequence(Drawing.StepCount, Pen.Features)]
[Conv1D(16, 5, Activation.ReLU, Causal = true)]
[GRU(Units)]
[LastStep]
[Dense(4, Activation.Softmax)]
sealed partial class GestureNet
{
    /// <summary>Numbers that the GRU remembers.</summary>
    public const int Units = 32;

    /// <summary>These numbers, from −1 to 1. They come last in a state, behind the windows that the convolution has begun.</summary>
    public static ReadOnlySpan<float> Remembered(NetworkState state) => state.Values()[^Units..];
}
