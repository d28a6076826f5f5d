using GenNet;

namespace Fingerprints;

/// <summary>One number for all that a network computes.</summary>
static class Fingerprint
{
    /// <summary>Targets that the network's loss takes: for cross-entropy, of each sample its numbers' shares of their sum.</summary>
    public static float[] Fitting(INetwork network, float[] targets)
    {
        foreach (var head in network.Architecture.Heads)
            for (var row = 0; head.Loss == "CrossEntropy" && row < targets.Length; row += network.OutputSize)
            {
                var sum = 0f;
                var ofHead = targets.AsSpan(row, network.OutputSize)[head.Outputs];
                foreach (var target in ofHead)
                    sum += MathF.Abs(target);
                foreach (ref var target in ofHead)
                    target = MathF.Abs(target) / sum;
            }
        return targets;
    }

    /// <summary>Inputs that the network takes, made of numbers from -1 to 1: of features that are indices, whole ones.</summary>
    public static float[] FittingInputs(INetwork network, float[] inputs)
    {
        if (network.Architecture.Layers[0] is EmbeddingLayer { Feature: var index, Count: var count, Inputs: var features })
            for (var i = index; i < inputs.Length; i += features)
                inputs[i] = Math.Min(count - 1, (int)((inputs[i] + 1) / 2 * count));
        return inputs;
    }

    /// <summary>
    /// Trains on seeded data; returns a number that follows from every loss, from the weights after each step and their average if there is one,
    /// and from the outputs of all samples, computed one by one and in batches; and the last loss.
    /// </summary>
    public static (ulong Fingerprint, float Loss) Train<TOptimizer>(INetwork network, TOptimizer optimizer, int batch, int steps, ulong seed, Action<Trainer>? configure = null) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var random = new RandomStream(seed).Split(100);
        var inputs = FittingInputs(network, Numbers(ref random, batch * network.InputSize, -1, 1));
        var targets = Fitting(network, Numbers(ref random, batch * network.OutputSize, 0, 1));
        var labels = LabelsOfSteps(network, batch, ref random);
        var trainer = network.CreateTrainer(optimizer, batch);
        configure?.Invoke(trainer);
        var hash = new RandomStream(network.Hash());
        var loss = 0f;
        for (var step = 0; step < steps; step++)
        {
            loss = labels is null ? trainer.Step(inputs, targets) : trainer.Step(inputs, labels);
            hash = hash.Split(BitConverter.SingleToUInt32Bits(loss)).Split(network.Hash());
        }
        if (trainer.StateNames.Contains(Averaged.StateName))
            hash = hash.Split(trainer.State(Averaged.StateName).Hash());
        _ = labels is null ? trainer.Backward(inputs, targets) : trainer.Backward(inputs, labels);
        hash = hash.Split(trainer.GradientBlock.Hash());

        var outputs = new float[targets.Length];
        network.ForwardBatch(inputs, outputs);
        var one = new float[network.OutputSize];
        for (var sample = 0; sample < batch; sample++)
        {
            network.Forward(inputs.AsSpan(sample * network.InputSize, network.InputSize), one);
            for (var o = 0; o < one.Length; o++)
                hash = hash.Split(BitConverter.SingleToUInt32Bits(one[o])).Split(BitConverter.SingleToUInt32Bits(outputs[sample * one.Length + o]));
        }
        return (hash.Key, loss);
    }

    /// <summary>A class for each step, one in four of which does not count; null where steps have none.</summary>
    public static int[]? LabelsOfSteps(INetwork network, int batch, ref RandomStream random)
    {
        if (network.Architecture.LabelSize == 1)
            return null;
        var labels = new int[batch * network.Architecture.LabelSize];
        foreach (ref var label in labels.AsSpan())
            label = random.NextInt32(4) == 0 ? Dataset.IgnoredLabel : random.NextInt32(network.OutputSize / network.Architecture.LabelSize);
        return labels;
    }

    /// <summary>
    /// Trains by gradients from outside, those of half the squared error, with frozen layers and others at a part of the learning rate; returns a number that follows from
    /// all outputs, weights and gradients, those of the inputs too; and the last loss.
    /// </summary>
    public static (ulong Fingerprint, float Loss) TrainFromOutside(INetwork network, ulong seed)
    {
        const int Batch = 300;
        var random = new RandomStream(seed).Split(300);
        var inputs = Numbers(ref random, Batch * network.InputSize, -1, 1);
        var targets = Numbers(ref random, Batch * network.OutputSize, 0, 1);
        var gradients = new float[targets.Length];
        var trainer = network.CreateTrainer(new Adam(0.01), Batch, inputGradients: true);
        var hash = new RandomStream(network.Hash());
        var loss = 0f;
        for (var step = 0; step < 12; step++)
        {
            foreach (var layer in trainer.Layers)
                (layer.IsFrozen, layer.LearningRateFactor) = (random.NextInt32(4) == 0, random.NextInt32(3) == 0 ? 0.25 : 1);
            loss = Errors(trainer.Forward(inputs));
            trainer.Backward(gradients);
            hash = Add(hash.Split(trainer.GradientBlock.Hash()), trainer.InputGradients);
            trainer.Update();
            hash = hash.Split(network.Hash());
        }
        _ = Errors(trainer.Forward(inputs, training: false));
        return (Add(Add(hash, gradients), trainer.BackwardToInputs(gradients)).Key, loss);

        float Errors(ReadOnlySpan<float> outputs)
        {
            var sum = 0f;
            for (var i = 0; i < gradients.Length; i++)
            {
                var error = outputs[i] - targets[i];
                gradients[i] = error * (1f / Batch);
                sum += error * error;
            }
            return sum / Batch;
        }
    }

    static RandomStream Add(RandomStream hash, ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
            hash = hash.Split(BitConverter.SingleToUInt32Bits(number));
        return hash;
    }

    /// <summary>Breeds from a network and mutants of it; returns a number that follows from all of their weights and from the random numbers in the end, and the norm of the last.</summary>
    public static (ulong Fingerprint, float Norm) Evolve(INetwork network, ulong seed)
    {
        var random = new RandomStream(seed).Split(200);
        var normals = new float[1000];
        random.NextNormals(normals);
        random.NextSingles(normals.AsSpan(500, 77));
        var hash = Add(new RandomStream(network.Hash()), normals);

        INetwork mother = network, father = network.Clone();
        father.Parameters.Mutate(ref random, 1, 0.5f);
        foreach (var rate in new[] { 0.001, 0.1, 0.5, 0.9, 1 })
        {
            var child = network.Clone();
            child.Parameters.CrossOver(mother.Parameters, father.Parameters, ref random);
            child.Parameters.Mutate(ref random, rate, 0.25f);
            hash = hash.Split(child.Hash()).Split(random.Counter);
            (mother, father) = (father, child);
        }
        return (hash.Key, (float)father.Parameters.Norm());
    }

    static float[] Numbers(ref RandomStream random, int count, float low, float high)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = low + (high - low) * random.NextSingle();
        return numbers;
    }
}
