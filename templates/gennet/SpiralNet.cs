using GenNet;

namespace Gen.Net._1;

/// <summary>Tells on which arm of a spiral a point lies.</summary>
[Network(2, 32, 32, 2, Hidden = Activation.Tanh, Output = Activation.Softmax)]
public sealed partial class SpiralNet;
