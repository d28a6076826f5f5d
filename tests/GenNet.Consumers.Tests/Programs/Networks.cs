using System;
using GenNet;

namespace App;

/// <summary>A network with straight-line code.</summary>
[Network(2, 8, 1, Hidden = Activation.Tanh, Output = Activation.Sigmoid)]
public sealed partial class Gate
{
}

/// <summary>A network that calls the library's loops.</summary>
[Network(17)]
[Dense(40, Activation.GELU)]
[Dense(3, Activation.Softmax)]
public sealed partial class Sorter
{
}

/// <summary>A little of everything that a program does with networks.</summary>
public static class Training
{
    /// <summary>Trains both networks. The hash is the same in every build, and so is what the last steps allocate: nothing.</summary>
    public static string Run()
    {
        var gate = new Gate(seed: 1);
        var gateTrainer = gate.CreateTrainer(new Sgd(0.5f), batchSize: 4);
        float[] inputs = { 0, 0, 0, 1, 1, 0, 1, 1 };
        float[] targets = { 0, 1, 1, 0 };
        for (var step = 0; step < 50; step++)
            gateTrainer.Step(inputs, targets);

        var sorter = new Sorter(seed: 2);
        var sorterTrainer = sorter.CreateTrainer(new Adam(), batchSize: 5);
        var samples = new float[5 * Sorter.InputSize];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = i * 7 % 11 / 11f;
        int[] labels = { 0, 1, 2, 1, 0 };
        Span<float> output = stackalloc float[Sorter.OutputSize];
        Span<float> gradients = stackalloc float[5 * Sorter.OutputSize];
        var allocated = 0L;
        for (var step = 0; step < 20; step++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            sorterTrainer.Step(samples, labels);
            sorterTrainer.Forward(samples).CopyTo(gradients);
            sorterTrainer.Backward(gradients);
            sorterTrainer.Update();
            sorter.Forward(samples.AsSpan(0, Sorter.InputSize), output);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return $"{gate.Hash():x16} {sorter.Hash():x16} {BitConverter.SingleToInt32Bits(output[0]):x8}, {allocated} bytes allocated in the last step";
    }
}
