using GenNet;

namespace GameLoop;

/// <summary>What is seen of the cart in; a number for a push to the left and one to the right out.</summary>
[Network(4, 64, 64, 2, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class Balancer;

/// <summary>What is seen of the cart in; the reward that is still to come out.</summary>
[Network(4, 64, 64, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class Outlook;
