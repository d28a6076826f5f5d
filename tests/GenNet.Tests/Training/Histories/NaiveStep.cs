using GenNet.Tests.Reference;

namespace GenNet.Tests.Training.Histories;

/// <summary>What a batch and an update should make of a network of dense layers, in double precision, from where its trainer is.</summary>
sealed class NaiveStep(int[] sizes, Activation[] activations, OptimizerSettings settings)
{
    const double GradientTolerance = 5e-4, UpdateTolerance = 2e-5;

    /// <summary>The gradients that the trainer keeps of a batch.</summary>
    public void CheckGradients(Trainer trainer, HistorySamples samples, float loss)
    {
        var parameters = Of(trainer.Network.Parameters);
        var network = new NaiveNetwork(sizes, activations, Loss.CrossEntropy, parameters.Weights, parameters.Biases);
        var (gradients, mean) = (parameters.Zeros(), 0.0);
        var inputs = samples.X.Chunk(sizes[0]).Select(row => row.Select(value => (double)value).ToArray()).ToArray();
        var factor = ClassFactor(trainer, samples);
        for (var row = 0; row < samples.Count; row++)
        {
            var share = (samples.Weights.Length > 0 ? samples.Weights[row] : 1.0) / samples.Count;
            var (lossOfRow, gradientsOfRow) = network.LossAndGradients([inputs[row]], [Target(trainer, samples, row, factor)]);
            mean += share * lossOfRow;
            foreach (var (sum, tensor) in gradients.Tensors.Zip(gradientsOfRow.Tensors))
                for (var i = 0; i < sum.Length; i++)
                    sum[i] += share * tensor[i];
        }
        Assert.Equal(mean, loss, 1e-4 * Math.Max(1, mean));
        foreach (var layer in trainer.Layers.Where(layer => layer.IsFrozen))
        {
            Array.Clear(gradients.Weights[layer.Number - 1]);
            Array.Clear(gradients.Biases[layer.Number - 1]);
        }
        AssertEqual("gradient", gradients, trainer.GradientBlock, GradientTolerance);
    }

    /// <summary>Updates the trainer, and checks its weights and all that its optimiser keeps.</summary>
    public void CheckUpdate(Trainer trainer)
    {
        string[] names = [.. trainer.StateNames.Where(name => name != Averaged.StateName)];
        var (gradients, before) = (Of(trainer.GradientBlock), StateOf(trainer, names));
        var after = trainer.Layers.Select(layer => layer.IsFrozen ? null : Stepped(trainer, names, gradients, layer)).ToArray();
        trainer.Update();
        foreach (var layer in trainer.Layers)
        {
            var (index, expected) = (layer.Number - 1, after[layer.Number - 1] ?? before);
            AssertEqual("network", expected.Weights, trainer.Network.Parameters, index, layer.IsFrozen ? 0 : UpdateTolerance);
            for (var state = 0; state < names.Length; state++)
                AssertEqual(names[state], expected.States[state], trainer.State(names[state]), index, layer.IsFrozen ? 0 : UpdateTolerance);

            // The average of weights that stay is these weights.
            if (settings.Average > 0)
                AssertEqual(Averaged.StateName, layer.IsFrozen ? before.Weights : expected.Average!, trainer.State(Averaged.StateName), index, layer.IsFrozen ? 0 : UpdateTolerance);
        }
        var norm = Math.Sqrt(gradients.Tensors.Sum(tensor => tensor.Sum(g => g * g)));
        Assert.Equal(double.IsFinite(trainer.MaxGradientNorm) ? norm : 0, trainer.GradientNorm, 1e-5 * norm);
    }

    /// <summary>What an update makes of everything, if all layers were trained as one of them is. The norm of the gradients is that of all.</summary>
    State Stepped(Trainer trainer, string[] names, Parameters gradients, TrainedLayer layer)
    {
        var (weights, states, average) = StateOf(trainer, names);
        var optimizer = new NaiveOptimizer(
            settings with { LearningRate = trainer.LearningRate * layer.LearningRateFactor, ClipNorm = double.IsFinite(trainer.MaxGradientNorm) ? trainer.MaxGradientNorm : 0 }, weights);
        optimizer.GoOn((int)(trainer.StepCount - layer.Missed), states, average);
        optimizer.Step(gradients);
        if (double.IsFinite(trainer.MaxWeightNorm))
            Limit(weights, trainer.MaxWeightNorm);
        return new(weights, [.. optimizer.States], settings.Average > 0 ? optimizer.Average : null);
    }

    State StateOf(Trainer trainer, string[] names) => new(
        Of(trainer.Network.Parameters), [.. names.Select(name => Of(trainer.State(name)))], settings.Average > 0 ? Of(trainer.State(Averaged.StateName)) : null);

    /// <summary>What an update changes.</summary>
    sealed record State(Parameters Weights, List<Parameters> States, Parameters? Average);

    static double ClassFactor(Trainer trainer, HistorySamples samples)
    {
        if (trainer.ClassWeights.IsEmpty || samples.GivesTargets)
            return 1;
        var total = 0.0;
        foreach (var label in samples.Labels)
            total += trainer.ClassWeights[label];
        return samples.Count / total;
    }

    static double[] Target(Trainer trainer, HistorySamples samples, int row, double factor)
    {
        var target = new double[HistorySamples.Outputs];
        var smoothing = samples.GivesTargets ? 0 : trainer.LabelSmoothing;
        for (var j = 0; j < target.Length; j++)
        {
            target[j] = smoothing / target.Length + (samples.Labels[row] == j ? 1 - smoothing : 0);
            if (!trainer.ClassWeights.IsEmpty)
                target[j] *= trainer.ClassWeights[j] * factor;
        }
        return target;
    }

    void Limit(Parameters parameters, double limit)
    {
        for (var layer = 0; layer < parameters.Weights.Length; layer++)
            foreach (var unit in Enumerable.Range(0, sizes[layer + 1]))
            {
                var weights = parameters.Weights[layer].AsSpan(unit * sizes[layer], sizes[layer]);
                var sum = 0.0;
                foreach (var weight in weights)
                    sum += weight * weight;
                if (Math.Sqrt(sum) > limit)
                    foreach (ref var weight in weights)
                        weight *= limit / (Math.Sqrt(sum) + 1e-7);
            }
    }

    static Parameters Of(ParameterBlock block) => new(
        [.. Enumerable.Range(0, block.LayerCount).Select(layer => Weights(block, layer).Select(value => (double)value).ToArray())],
        [.. Enumerable.Range(0, block.LayerCount).Select(layer => block.Dense(layer).Biases.ToArray().Select(value => (double)value).ToArray())]);

    static float[] Weights(ParameterBlock block, int layer)
    {
        var weights = new float[block.Dense(layer).Inputs * block.Dense(layer).Outputs];
        block.Dense(layer).Weights.CopyTo(weights);
        return weights;
    }

    static void AssertEqual(string what, Parameters expected, ParameterBlock actual, double tolerance)
    {
        for (var layer = 0; layer < expected.Weights.Length; layer++)
            AssertEqual(what, expected, actual, layer, tolerance);
    }

    static void AssertEqual(string what, Parameters expected, ParameterBlock actual, int layer, double tolerance)
    {
        AssertEqual($"{what}: weights {layer}", expected.Weights[layer], Weights(actual, layer), tolerance);
        AssertEqual($"{what}: biases {layer}", expected.Biases[layer], actual.Dense(layer).Biases, tolerance);
    }

    /// <summary>A frozen layer has no gradients, and an optimiser may know nothing of it yet.</summary>
    static void AssertEqual(string what, double[] expected, ReadOnlySpan<float> actual, double tolerance) =>
        Close.AssertEqual(what, expected, actual, tolerance, zeros: Array.TrueForAll(expected, value => value == 0));
}
