namespace GenNet.Interop;

/// <summary>What <see cref="RoundTrip"/> trains: each kind of layer that a plain <c>nn.Sequential</c> has.</summary>
[Network(2)]
[Dense(24, Activation.Identity)]
[BatchNorm(Activation.ReLU)]
[Dense(16, Activation.GELU)]
[Dropout(0.1)]
[LayerNorm(Activation.Tanh)]
[Dense(3, Activation.Softmax)]
public sealed partial class RoundTripNetwork
{
    /// <summary>The same in PyTorch.</summary>
    public const string Modules =
        "[nn.Linear(2, 24), nn.BatchNorm1d(24), nn.ReLU(), nn.Linear(24, 16), nn.GELU(), nn.Dropout(0.1), nn.LayerNorm(16), nn.Tanh(), nn.Linear(16, 3), nn.Softmax(dim=1)]";
}
