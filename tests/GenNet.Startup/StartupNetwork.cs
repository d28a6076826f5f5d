namespace GenNet.Startup;

#if COMPILED_WEIGHTS
[Network(784, 128, 64, 10, Output = Activation.Softmax, Weights = "startup.safetensors")]
#else
[Network(784, 128, 64, 10, Output = Activation.Softmax)]
#endif
sealed partial class StartupNetwork;
