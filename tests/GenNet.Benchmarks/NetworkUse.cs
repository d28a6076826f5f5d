using Fingerprints;

namespace GenNet.Benchmarks;

/// <summary>Uses a network once in every way, for what the JIT compiles of it.</summary>
static class NetworkUse
{
    public static void Everything(INetwork network)
    {
        const int Samples = 32;
        var random = new RandomStream(1);
        float[] inputs = Draw(Samples * network.InputSize), outputs = Draw(Samples * network.OutputSize), targets = Fingerprint.Fitting(network, [.. outputs]);
        network.Forward(inputs.AsSpan(0, network.InputSize), outputs.AsSpan(0, network.OutputSize));
        network.ForwardBatch(inputs, outputs);
        var trainer = network.CreateTrainer(new Adam(), Samples);
        for (var step = 0; step < 100; step++)
            trainer.Step(inputs, targets);
        if (!network.Architecture.Layers.Any(layer => layer is BatchNormLayer))
            trainer.Step(inputs.AsSpan(0, network.InputSize), targets.AsSpan(0, network.OutputSize));

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
