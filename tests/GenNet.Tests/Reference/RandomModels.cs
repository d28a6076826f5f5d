namespace GenNet.Tests.Reference;

/// <summary>A random network of any kind of layer, with data and every setting of its training.</summary>
sealed record RandomModel
{
    public required string Name { get; init; }

    /// <summary>The attributes that declare the network.</summary>
    public required string Declaration { get; init; }

    public required OptimizerSettings Optimizer { get; init; }

    public required int Samples { get; init; }

    /// <summary>[samples, inputs], row by row.</summary>
    public required float[] Inputs { get; init; }

    /// <summary>[samples, outputs], row by row, or null where there are <see cref="Labels"/>.</summary>
    public float[]? Targets { get; init; }

    public int[]? Labels { get; init; }

    /// <summary>[samples], or empty.</summary>
    public float[] SampleWeights { get; init; } = [];

    /// <summary>[classes], or empty.</summary>
    public float[] ClassWeights { get; init; } = [];

    public double LabelSmoothing { get; init; }

    /// <summary>Whether a naive network can compute the same: it knows no dropout masks.</summary>
    public required bool HasDropout { get; init; }

    public double[][] InputRows => [.. Inputs.Chunk(Inputs.Length / Samples).Select(row => row.Select(value => (double)value).ToArray())];

    /// <summary>A trainer with all of the settings.</summary>
    public Trainer CreateTrainer(INetwork network, int batchSize, bool inputGradients = false)
    {
        var trainer = Optimizer.CreateTrainer(network, batchSize, inputGradients);
        trainer.LabelSmoothing = LabelSmoothing;
        trainer.ClassWeights = ClassWeights;
        trainer.Seed = 5;
        return trainer;
    }

    public float Step(Trainer trainer) => Labels is null ? trainer.Step(Inputs, Targets, SampleWeights) : trainer.Step(Inputs, Labels, SampleWeights);

    public float Backward(Trainer trainer) => Labels is null ? trainer.Backward(Inputs, Targets, SampleWeights) : trainer.Backward(Inputs, Labels, SampleWeights);

    public float Judge(Trainer trainer) => Labels is null ? trainer.Loss(Inputs, Targets) : trainer.Loss(Inputs, Labels);

    /// <summary>The targets that the loss sees, of samples or of steps that have classes of their own, and what each counts.</summary>
    public (double[][] Rows, double[] Weights) TargetsOf(INetwork network)
    {
        var ofSample = network.Architecture.LabelSize;
        var outputs = network.OutputSize / ofSample;
        var weights = Enumerable.Range(0, Samples * ofSample).Select(row => SampleWeights.Length == 0 ? 1.0 : SampleWeights[row / ofSample]).ToArray();
        if (Labels is null)
            return ([.. Targets!.Chunk(outputs).Select(row => row.Select(value => (double)value).ToArray())], weights);
        double e = LabelSmoothing;
        int[] counted = [.. Labels.Where(label => label != Dataset.IgnoredLabel)];
        var rows = NaiveNetwork.Targets([.. Labels.Select(label => Math.Max(0, label))], outputs).Select(row => row.Select(y => (1 - e) * y + e / Math.Max(2, outputs)).ToArray()).ToArray();
        var factor = counted.Length / counted.Sum(label => ClassWeights.Length > 0 ? (double)ClassWeights[label] : 1);

        // Cross-entropy is linear in its targets, each of which has its class's weight, as in PyTorch.
        var linear = network.Architecture.Loss == nameof(Loss.CrossEntropy);
        for (var row = 0; row < rows.Length; row++)
        {
            weights[row] *= Labels[row] == Dataset.IgnoredLabel ? 0 : (double)rows.Length / counted.Length;
            if (ClassWeights.Length > 0 && linear)
                rows[row] = [.. rows[row].Select((y, c) => y * ClassWeights[c] * factor)];
            else if (ClassWeights.Length > 0)
                weights[row] *= ClassWeights[Math.Max(0, Labels[row])] * factor;
        }
        return (rows, weights);
    }
}

/// <summary>Random networks of every kind of layer, activation, loss, optimiser and option.</summary>
static class RandomModels
{
    static readonly int[] Widths = [1, 2, 3, 4, 5, 6, 7, 9, 12, 15, 16, 17, 20, 31, 33, 37];
    static readonly Activation[] Activations = [.. Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax)];

    /// <summary>With the usual ε the sign of a gradient near zero, which is rounding's, would make a whole step.</summary>
    const double Epsilon = 1e-3;

    static readonly OptimizerSettings[] Optimizers =
    [
        new(OptimizerKind.Sgd, 0.05),
        new(OptimizerKind.Sgd, 0.05, WeightDecay: 0.1, DecayBiases: false),
        new(OptimizerKind.Sgd, 0.02, Momentum: 0.9),
        new(OptimizerKind.Sgd, 0.02, Momentum: 0.9, Nesterov: true, WeightDecay: 0.1),
        new(OptimizerKind.Adam, 0.01, Epsilon: Epsilon, WeightDecay: 0.1),
        new(OptimizerKind.Adam, 0.01, Epsilon: Epsilon, AMSGrad: true),
        new(OptimizerKind.AdamW, 0.01, WeightDecay: 0.1, Epsilon: Epsilon, DecayBiases: false),
        new(OptimizerKind.RMSProp, 0.01, Epsilon: Epsilon),
        new(OptimizerKind.RMSProp, 0.01, Epsilon: 0.1, Centered: true, Momentum: 0.9, WeightDecay: 0.01),
        new(OptimizerKind.Adagrad, 0.05, LearningRateDecay: 0.1, Epsilon: Epsilon),
        new(OptimizerKind.Adagrad, 0.05, InitialAccumulator: 0.1, WeightDecay: 0.1),
        new(OptimizerKind.Adadelta, 1, Epsilon: Epsilon),
        new(OptimizerKind.NAdam, 0.01, Epsilon: Epsilon),
        new(OptimizerKind.RAdam, 0.01, Beta2: 0.9, Epsilon: Epsilon),
        new(OptimizerKind.Lion, 0.001, WeightDecay: 0.1),
        new(OptimizerKind.Sgd, 0.05, L1: 0.01, L2: 0.1),
        new(OptimizerKind.Adam, 0.01, Epsilon: Epsilon, ClipValue: 0.01, Average: 0.9),
    ];

    /// <summary>The network of a seed.</summary>
    public static RandomModel Create(ulong seed)
    {
        var random = new RandomStream(seed).Split(20);
        var inputs = Widths[random.NextInt32(Widths.Length)];

        // A sample is one row, or several of which a layer makes one.
        var shapes = new RandomStream(seed).Split(21);
        var steps = shapes.NextInt32(3) > 0 ? 1 : shapes.NextInt32(10) == 0 ? 60 + shapes.NextInt32(100) : 2 + shapes.NextInt32(6);

        // Every fourth network takes images.
        var images = new RandomStream(seed).Split(23);
        var image = images.NextInt32(4) == 0 ? RandomImage.Create(ref images) : null;
        if (image is not null)
            (steps, inputs) = (image.Shape.Height * image.Shape.Width, image.Shape.Channels);
        var positions = image is null ? steps : 1;
        List<int> widths = image is null ? [inputs] : image.Widths;
        List<string> layers = image is null ? [] : image.Layers;
        var ofImage = layers.Count;

        // Some begin with an embedding of a feature.
        var embeddings = new RandomStream(seed).Split(26);
        var index = image is null && embeddings.NextInt32(5) == 0 ? (Feature: embeddings.NextInt32(inputs), Count: 1 + embeddings.NextInt32(40)) : (Feature: -1, Count: 0);
        if (index.Count > 0)
        {
            var size = 1 + embeddings.NextInt32(20);
            layers.Add($"[Embedding({index.Count}, {size}, Feature = {index.Feature})]");

            // Nothing goes around it.
            widths = [-1, inputs - 1 + size];
        }
        var projections = new RandomStream(seed).Split(24);
        var count = layers.Count + 2 + random.NextInt32(5);
        var (normalizes, drops, hasDense) = (image is { Normalizes: true }, false, false);
        var output = Activation.Identity;
        while (layers.Count < count || !hasDense || positions > 1)
        {
            if (positions > 1 && ((layers.Count >= count - 1 && hasDense) || shapes.NextInt32(3) == 0))
            {
                layers.Add("[Flatten]");
                output = Activation.Identity;

                // Nothing goes around it.
                var flat = positions * widths[^1];
                widths = [.. Enumerable.Repeat(-1, layers.Count), flat];
                positions = 1;
                continue;
            }

            // Until there is a dense layer, others follow.
            var last = layers.Count >= count - 1 && hasDense;
            output = last && random.NextInt32(3) == 0 ? Activation.Softmax : Activations[random.NextInt32(Activations.Length)];
            var kind = random.NextInt32(10);
            var back = Enumerable.Range(1, layers.Count).Where(n => widths[^(n + 1)] == widths[^1] && IsOfImage(layers, ofImage, layers.Count - n) == IsOfImage(layers, ofImage, layers.Count))
                .DefaultIfEmpty(0).ToArray()[^1];
            if (kind is 0 or 1 or 2 && widths[^1] > 1 && layers.Count > 0)
                layers.Add($"[LayerNorm(Activation.{output}{(random.NextInt32(2) == 0 ? ", Epsilon = 1e-2" : "")})]");
            else if (kind == 3)
            {
                normalizes = true;
                layers.Add($"[BatchNorm(Activation.{output}{(random.NextInt32(2) == 0 ? ", Epsilon = 1e-2, Momentum = 0.3" : "")})]");
            }
            else if (kind == 4 && back > 0)
                layers.Add($"[Residual({back}, Activation.{output})]");
            else if (kind == 7 && projections.NextInt32(2) == 0 && Around(layers, widths, ofImage) is { Length: > 0 } blocks)
            {
                hasDense = true;
                layers.Add($"[Residual({blocks[projections.NextInt32(blocks.Length)]}, Activation.{output}, Projection = true)]");
            }
            else if (kind == 5 && !last)
            {
                drops = true;
                layers.Add("[Dropout(0.25)]");
            }
            else
            {
                hasDense = true;
                widths.Add(kind == 6 ? widths[^1] : Widths[random.NextInt32(Widths.Length)]);
                if (last && output == Activation.Softmax)
                    widths[^1] = Math.Max(2, widths[^1]);
                layers.Add($"[Dense({widths[^1]}, Activation.{output})]");
                continue;
            }
            widths.Add(widths[^1]);
        }
        // Every fourth recurrent layer drops values of its state, and every other GRU resets it before its product.
        var states = new RandomStream(seed).Split(25);
        for (var layer = 0; layer < layers.Count; layer++)
            if (layers[layer].StartsWith("[GRU", StringComparison.Ordinal) && states.NextInt32(2) == 0)
                layers[layer] = layers[layer].Replace(")]", ", ResetAfter = false)]", StringComparison.Ordinal);
        for (var layer = 0; layer < layers.Count; layer++)
            if ((layers[layer].StartsWith("[GRU", StringComparison.Ordinal) || layers[layer].StartsWith("[LSTM", StringComparison.Ordinal) || layers[layer].StartsWith("[SimpleRNN", StringComparison.Ordinal)) && states.NextInt32(4) == 0)
                (layers[layer], drops) = (layers[layer].Replace(")]", ", RecurrentDropout = 0.25)]", StringComparison.Ordinal), true);
        var outputs = widths[^1];
        if (output == Activation.Softmax && outputs == 1)
            return Create(seed + 1_000_003);

        // Losses of logits take what is flattened only where no activation is before it.
        var activated = layers[^1] == "[Flatten]" && !layers.FindLast(layer => layer is not ("[Flatten]" or "[Dropout(0.25)]"))!.Contains("Activation.Identity", StringComparison.Ordinal);
        Loss loss;
        do
            loss = Enum.GetValues<Loss>()[random.NextInt32(Enum.GetValues<Loss>().Length)];
        while (!NaiveLoss.Fits(loss, output) || (loss == Loss.CrossEntropy && outputs == 1) || (loss == Loss.BinaryCrossEntropy && output == Activation.HardSigmoid) || (activated && loss is (Loss.BinaryCrossEntropy or Loss.CrossEntropy)));
        var samples = (normalizes ? 3 : 1) + random.NextInt32(random.NextInt32(8) == 0 ? 150 : 20);
        var optimizer = Optimizers[random.NextInt32(Optimizers.Length)] with
        {
            ClipNorm = random.NextInt32(2) == 0 ? 0.05 + random.NextDouble() : 0,
        };
        if (optimizer.Average == 0 && random.NextInt32(4) == 0)
            optimizer = optimizer with { MaxNorm = 0.5 };

        // Every third network gets another head, on some of its layers.
        var heads = new RandomStream(seed).Split(22);
        var hasHeads = layers.Count > 1 && heads.NextInt32(3) == 0;

        // Every other network that gives each step outputs gives it classes, if it may.
        var ofSteps = new RandomStream(seed).Split(27);
        var (rows, width) = (samples, outputs);
        if (!hasHeads && layers[^1] == "[Flatten]" && layers[^2].StartsWith("[Dense(", StringComparison.Ordinal) && outputs > steps && ofSteps.NextInt32(2) == 0)
        {
            (rows, width) = (samples * steps, outputs / steps);
            layers[^2] = $"[Dense({width}, Activation.Softmax)]";
            (output, loss) = (Activation.Softmax, ofSteps.NextInt32(3) == 0 ? Loss.Huber : Loss.CrossEntropy);
        }
        var resolved = NaiveLoss.Resolve(loss, output);
        var labels = resolved is Loss.CrossEntropy or Loss.BinaryCrossEntropy && random.NextInt32(2) == 0;

        var second = hasHeads ? SecondHead.Create(ref heads, layers, widths, steps, image, resolved) : null;
        labels &= second is null;
        var classes = Math.Max(2, width);
        return new RandomModel
        {
            Name = $"Model{seed}",
            Declaration = Declare(image is null ? steps > 1 ? $"[Sequence({steps}, {inputs})] " : "" : $"{image.Attribute} ", inputs, second is null ? resolved : null, random.NextInt32(2) == 0, second?.Layers ?? layers),
            Optimizer = optimizer,
            Samples = samples,
            HasDropout = drops,
            Inputs = WithIndices(Numbers(ref random, samples * steps * inputs, number => number), inputs, index, ref embeddings),
            Labels = labels ? WithIgnored([.. Enumerable.Range(0, rows).Select(_ => random.NextInt32(classes))], ref ofSteps) : null,
            Targets = labels ? null : Beside(TargetsOf(ref random, resolved, rows, width), second is null ? [] : TargetsOf(ref heads, second.Loss, samples, second.Outputs), samples),
            SampleWeights = random.NextInt32(3) == 0 ? Numbers(ref random, samples, Math.Abs) : [],
            ClassWeights = labels && (resolved == Loss.CrossEntropy || outputs == 1) && random.NextInt32(2) == 0 ? Numbers(ref random, classes, number => 0.1f + Math.Abs(number)) : [],
            LabelSmoothing = random.NextInt32(3) == 0 && second is null ? 0.1 : 0,
        };
    }

    /// <summary>Whether what stands behind so many layers is a row of an image, which has an order of its own until weights mix it.</summary>
    static bool IsOfImage(List<string> layers, int ofImage, int place) =>
        ofImage > 0 && place >= ofImage && !layers.Take(place).Skip(ofImage).Any(layer => layer.StartsWith("[Dense", StringComparison.Ordinal) || layer.Contains("Projection", StringComparison.Ordinal));

    /// <summary>Layers that a connection with a projection may go around: back to where a row was made, and with a dense layer where that was an image's.</summary>
    static int[] Around(List<string> layers, List<int> widths, int ofImage) =>
        [.. Enumerable.Range(1, layers.Count).Where(n => widths[^(n + 1)] > 0 && (ofImage == 0 || layers.TakeLast(n).Any(layer => layer.StartsWith("[Dense", StringComparison.Ordinal) || layer.Contains("Projection", StringComparison.Ordinal))))];

    static string Declare(string shape, int inputs, Loss? loss, bool health, List<string> layers)
    {
        string[] arguments = [.. shape.Length > 0 ? Array.Empty<string>() : [$"{inputs}"], .. loss is null ? Array.Empty<string>() : [$"Loss = Loss.{loss}"], .. health ? ["Health = true"] : Array.Empty<string>()];
        return $"[Network{(arguments.Length > 0 ? $"({string.Join(", ", arguments)})" : "")}] {shape}{string.Join(' ', layers)}";
    }

    static float[] TargetsOf(ref RandomStream random, Loss loss, int samples, int outputs) => loss switch
    {
        Loss.CrossEntropy => Shares(Numbers(ref random, samples * outputs, number => 0.01f + Math.Abs(number)), outputs),
        Loss.BinaryCrossEntropy => Numbers(ref random, samples * outputs, number => (float)Math.Clamp(0.5 + number / 4, 0, 1)),
        _ => Numbers(ref random, samples * outputs, number => number),
    };

    /// <summary>Rows of both, one beside the other.</summary>
    static float[] Beside(float[] first, float[] second, int samples) => second.Length == 0
        ? first
        : [.. Enumerable.Range(0, samples).SelectMany(s => first.Chunk(first.Length / samples).ElementAt(s).Concat(second.Chunk(second.Length / samples).ElementAt(s)))];

    /// <summary>Labels of which, every third time, some do not count, but one always does.</summary>
    static int[] WithIgnored(int[] labels, ref RandomStream random)
    {
        if (random.NextInt32(3) == 0)
            for (var i = 1; i < labels.Length; i++)
                labels[i] = random.NextInt32(3) == 0 ? Dataset.IgnoredLabel : labels[i];
        return labels;
    }

    /// <summary>Numbers of which one of each row is an index.</summary>
    static float[] WithIndices(float[] numbers, int width, (int Feature, int Count) index, ref RandomStream random)
    {
        for (var i = index.Feature; index.Count > 0 && i < numbers.Length; i += width)
            numbers[i] = random.NextInt32(index.Count);
        return numbers;
    }

    /// <summary>The declarations of networks, for a file that has <c>using GenNet;</c>.</summary>
    public static string Source(IEnumerable<RandomModel> models) =>
        string.Concat(models.Select(model => $"/// <summary>A test's network.</summary>\n{model.Declaration}\npublic sealed partial class {model.Name};\n"));

    /// <summary>Each row as probabilities.</summary>
    static float[] Shares(float[] numbers, int outputs)
    {
        foreach (var row in Enumerable.Range(0, numbers.Length / outputs))
        {
            var numbersOfRow = numbers.AsSpan(row * outputs, outputs);
            var sum = numbersOfRow.ToArray().Sum();
            foreach (ref var number in numbersOfRow)
                number /= sum;
        }
        return numbers;
    }

    static float[] Numbers(ref RandomStream random, int count, Func<float, float> map)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = map((float)random.NextNormal());
        return numbers;
    }
}
