namespace GenNet.Tests.Networks;

[Network(5, 20, 3, Hidden = Activation.Tanh, Output = Activation.Softmax)]
sealed partial class SmallClassifier;

[Network(3, 8, 2)]
sealed partial class SmallRegressor;

[Network(40, 70, 33, 2, Hidden = Activation.GELU)]
sealed partial class Regressor;

[Network(2, 8, 1, Hidden = Activation.Tanh, Output = Activation.Sigmoid)]
sealed partial class Xor;

[Network(3, 9000, 2)]
sealed partial class TooLargeForTheStack;

[Network(5)]
[Dense(12)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.25)]
[Dense(3, Activation.Softmax)]
sealed partial class NormalizedClassifier;
