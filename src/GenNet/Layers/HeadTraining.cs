using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>∂L/∂a of the trunk as one head sees it, until it is added to that of another.</summary>
/// <param name="trunk">The trunk's last layer.</param>
/// <param name="samples">The largest number of samples computed at a time.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HeadTraining(LayerTraining trunk, int samples) : LayerTraining(trunk, samples)
{
    /// <inheritdoc/>
    public override void InputGradient(LayerTraining below, in Share share) => throw new NotSupportedException("A head's own layers compute what it sends back.");
}
