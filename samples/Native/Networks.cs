using GenNet;

namespace Native;

[Network(17, 64, 64, 6, Hidden = Activation.Tanh)]
sealed partial class Controller;

[Network(784, 128, 64, 10, Output = Activation.Softmax)]
sealed partial class Classifier;
