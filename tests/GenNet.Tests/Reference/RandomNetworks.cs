namespace GenNet.Tests.Reference;

/// <summary>Random networks with data, away from kinks: rounding changes no derivative by a jump.</summary>
static class RandomNetworks
{
    const int LargestSize = 70;

    /// <summary>With the usual 1e-8 the sign of a gradient near zero, which is rounding's, would make a whole step.</summary>
    const double AdamEpsilon = 1e-4;

    static readonly int[] AwkwardSizes = [1, 2, 3, 5, 7, 15, 16, 17, 31, 32, 33, 47, 48, 64, 65];
    static readonly Activation[] Activations = Enum.GetValues<Activation>();
    static readonly Loss[] Losses = Enum.GetValues<Loss>();

    static readonly OptimizerSettings[] Optimizers =
    [
        new(OptimizerKind.Sgd, 0.05),
        new(OptimizerKind.Sgd, 0.05, WeightDecay: 0.1),
        new(OptimizerKind.Sgd, 0.02, Momentum: 0.9),
        new(OptimizerKind.Sgd, 0.02, Momentum: 0.9, Nesterov: true, WeightDecay: 0.1),
        new(OptimizerKind.Adam, 0.001, Epsilon: AdamEpsilon),
        new(OptimizerKind.Adam, 0.001, WeightDecay: 0.1, Epsilon: AdamEpsilon),
        new(OptimizerKind.AdamW, 0.001, WeightDecay: 0.1, Epsilon: AdamEpsilon),
    ];

    /// <summary>The network of a seed: 1 to 5 layers, sizes and samples from 1 to 70, mostly awkward ones.</summary>
    public static NetworkCase Create(ulong seed)
    {
        var random = new RandomStream(seed);
        var sizes = new int[2 + random.NextInt32(5)];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = Size(ref random);
        var activations = new Activation[sizes.Length - 1];
        for (var layer = 0; layer < activations.Length; layer++)
        {
            // Softmax is the last of the activations.
            var last = layer == activations.Length - 1;
            activations[layer] = Activations[random.NextInt32(last ? Activations.Length : Activations.Length - 1)];
        }
        Loss loss;
        do
            loss = Losses[random.NextInt32(Losses.Length)];
        while (!NaiveLoss.Fits(loss, activations[^1]));
        // Softmax of a single output is 1, with no gradient.
        if (activations[^1] == Activation.Softmax || loss == Loss.CrossEntropy)
            sizes[^1] = Math.Max(2, sizes[^1]);
        var optimizer = Optimizers[random.NextInt32(Optimizers.Length)];
        return Create($"Random{seed}", sizes, activations, loss, optimizer, Size(ref random), seed, kinkMargin: 2e-5);
    }

    /// <summary>A network of the given shape with random weights and data, every z at least <paramref name="kinkMargin"/> from a kink.</summary>
    public static NetworkCase Create(string name, int[] sizes, Activation[] activations, Loss loss, OptimizerSettings optimizer, int samples, ulong seed, double kinkMargin)
    {
        const int Attempts = 1000;
        var random = new RandomStream(seed).SplitFor(RandomPurpose.Weights);
        var resolved = NaiveLoss.Resolve(loss, activations[^1]);
        var classes = Math.Max(2, sizes[^1]);
        var hasLabels = resolved is Loss.CrossEntropy or Loss.BinaryCrossEntropy && random.NextInt32(2) == 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var candidate = new NetworkCase
            {
                Name = name,
                Sizes = sizes,
                Activations = activations,
                Loss = loss,
                Optimizer = optimizer,
                Weights = activations.Select((_, layer) => Normals(ref random, sizes[layer] * sizes[layer + 1], Math.Sqrt(1.5 / sizes[layer]))).ToArray(),
                Biases = activations.Select((_, layer) => Normals(ref random, sizes[layer + 1], 0.5)).ToArray(),
                Inputs = Normals(ref random, samples * sizes[0], 1),
                Targets = hasLabels ? null : Targets(ref random, resolved, activations[^1], samples, sizes[^1]),
                Labels = hasLabels ? Enumerable.Range(0, samples).Select(_ => random.NextInt32(classes)).ToArray() : null,
            };
            if (MoveFromKinks(candidate, resolved, ref random, kinkMargin) && EveryTensorLearns(candidate))
                return candidate;
        }
        throw new InvalidOperationException($"{name}: none of {Attempts} attempts stays away from kinks and gives every layer a gradient.");
    }

    static int Size(ref RandomStream random) =>
        random.NextInt32(4) > 0 ? AwkwardSizes[random.NextInt32(AwkwardSizes.Length)] : 1 + random.NextInt32(LargestSize);

    static float[] Normals(ref RandomStream random, int count, double deviation)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)(deviation * random.NextNormal());
        return values;
    }

    static float[] Targets(ref RandomStream random, Loss loss, Activation output, int samples, int outputs)
    {
        var targets = Normals(ref random, samples * outputs, 1.5);
        if (loss == Loss.BinaryCrossEntropy)
            return targets.Select(value => Math.Clamp(0.5f + value / 2, 0, 1)).ToArray();
        if (loss == Loss.CrossEntropy || output == Activation.Softmax)
            return targets.Chunk(outputs).SelectMany(row => row.Select(value => Math.Abs(value) / row.Sum(Math.Abs))).ToArray();
        return targets;
    }

    /// <summary>Draws samples that come near a kink again.</summary>
    static bool MoveFromKinks(NetworkCase candidate, Loss loss, ref RandomStream random, double margin)
    {
        const int Draws = 100;
        var network = candidate.CreateNetwork();
        var targets = candidate.TargetRows;
        for (var sample = 0; sample < candidate.Samples; sample++)
        {
            var inputs = candidate.Inputs.AsSpan(sample * candidate.Sizes[0], candidate.Sizes[0]);
            for (var draw = 0; IsNearKink(network, inputs, targets[sample], candidate.Activations, loss, margin); draw++)
            {
                if (draw == Draws)
                    return false;
                Normals(ref random, inputs.Length, 1).CopyTo(inputs);
            }
        }
        return true;
    }

    static bool IsNearKink(NaiveNetwork network, ReadOnlySpan<float> inputs, double[] targets, Activation[] activations, Loss loss, double margin)
    {
        var x = new double[inputs.Length];
        for (var i = 0; i < x.Length; i++)
            x[i] = inputs[i];
        network.Forward(x);
        for (var layer = 0; layer < activations.Length; layer++)
        {
            // Binary cross-entropy divides by a and 1 − a: near 0, rounding of a hard sigmoid grows.
            var wide = loss == Loss.BinaryCrossEntropy && layer == activations.Length - 1;
            if (network.Z[layer].Any(z => KinkDistance(activations[layer], z) < (wide ? 0.05 : margin)))
                return true;
        }
        return network.A[^1].Where((a, i) => KinkDistance(loss, a - targets[i]) < margin).Any();
    }

    public static double KinkDistance(Activation activation, double z) => activation switch
    {
        Activation.ReLU or Activation.LeakyReLU or Activation.ELU => Math.Abs(z),
        Activation.HardSigmoid => Math.Abs(Math.Abs(z) - 3),
        Activation.HardTanh => Math.Abs(Math.Abs(z) - 1),
        _ => double.PositiveInfinity,
    };

    public static double KinkDistance(Loss loss, double error) => loss switch
    {
        Loss.MeanAbsoluteError => Math.Abs(error),
        Loss.Huber => Math.Abs(Math.Abs(error) - 1),
        _ => double.PositiveInfinity,
    };

    /// <summary>Whether no tensor's gradient is all zeros, as behind a dead ReLU layer, or what rounding leaves of zeros.</summary>
    static bool EveryTensorLearns(NetworkCase candidate) =>
        candidate.CreateNetwork().LossAndGradients(candidate.InputRows, candidate.TargetRows).Gradients
            .Tensors.All(tensor => tensor.Any(value => Math.Abs(value) > 1e-7));
}
