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
        AssertEqual("gradient", gradients, trainer.GradientBlock, GradientTolerance);
    }

    /// <summary>Updates the trainer, and checks its weights and all that its optimiser keeps.</summary>
    public void CheckUpdate(Trainer trainer)
    {
        var parameters = Of(trainer.Network.Parameters);
        var optimizer = new NaiveOptimizer(
            settings with { LearningRate = trainer.LearningRate, ClipNorm = double.IsFinite(trainer.MaxGradientNorm) ? trainer.MaxGradientNorm : 0 }, parameters);
        string[] names = [.. trainer.StateNames.Where(name => name != Averaged.StateName)];
        optimizer.GoOn((int)trainer.StepCount, [.. names.Select(name => Of(trainer.State(name)))], settings.Average > 0 ? Of(trainer.State(Averaged.StateName)) : null);
        var gradients = Of(trainer.GradientBlock);
        optimizer.Step(gradients);
        if (double.IsFinite(trainer.MaxWeightNorm))
            Limit(parameters, trainer.MaxWeightNorm);
        trainer.Update();
        AssertEqual("network", parameters, trainer.Network.Parameters, UpdateTolerance);
        for (var index = 0; index < names.Length; index++)
            AssertEqual(names[index], optimizer.States[index], trainer.State(names[index]), UpdateTolerance);
        if (settings.Average > 0)
            AssertEqual(Averaged.StateName, optimizer.Average, trainer.State(Averaged.StateName), UpdateTolerance);
        var norm = Math.Sqrt(gradients.Tensors.Sum(tensor => tensor.Sum(g => g * g)));
        Assert.Equal(double.IsFinite(trainer.MaxGradientNorm) ? norm : 0, trainer.GradientNorm, 1e-5 * norm);
    }

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
        {
            Close.AssertEqual($"{what}: weights {layer}", expected.Weights[layer], Weights(actual, layer), tolerance);
            Close.AssertEqual($"{what}: biases {layer}", expected.Biases[layer], actual.Dense(layer).Biases, tolerance);
        }
    }
}
