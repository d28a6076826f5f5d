namespace GenNet.Tests.Training.Histories;

/// <summary>Dense layers only: what the naive network can follow.</summary>
[Network(5, 18, 7, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
sealed partial class PlainClassifier;

/// <summary>Each kind of layer that keeps something, watched.</summary>
[Network(5, Health = true)]
[Dense(12)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.25)]
[Dense(12, Activation.Tanh)]
[LayerNorm]
[Dense(3, Activation.Softmax)]
sealed partial class EveryLayer;

/// <summary>Without batch normalisation, so that large batches are computed in lots of rows.</summary>
[Network(5, Health = true)]
[Dense(20, Activation.ReLU)]
[Dropout(0.25)]
[LayerNorm]
[Dense(20, Activation.ReLU)]
[Residual(1)]
[Dense(3, Activation.Softmax)]
sealed partial class LotsOfRows;

/// <summary>Steps on one sample are made in one go.</summary>
[Network(5, 12, 3, Hidden = Activation.ReLU, Output = Activation.Softmax, Health = true)]
sealed partial class SingleSamples;
