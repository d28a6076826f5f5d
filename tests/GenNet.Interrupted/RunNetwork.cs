namespace GenNet.Interrupted;

[Network(7, 40, 3, Hidden = Activation.Tanh)]
sealed partial class RunNetwork;
