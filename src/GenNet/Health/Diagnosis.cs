using System.Globalization;

namespace GenNet;

/// <summary>Names what is wrong with a training, with the layer and the usual remedies.</summary>
static class Diagnosis
{
    /// <summary>A layer whose relative gradient is so small against that of a layer above hardly learns.</summary>
    const double Vanishing = 1e-3;

    /// <summary>With gradients so many times larger than the weights, a usual learning rate of 0.01 changes them by a tenth in a step.</summary>
    const double Exploding = 10;

    /// <summary>A few dead units are usual.</summary>
    const double Dead = 0.2;

    /// <summary>A layer most of whose activations are saturated passes hardly any gradient down.</summary>
    const double Saturated = 0.5;

    public static IReadOnlyList<HealthFinding> Of(IReadOnlyList<LayerHealth> layers, DataProbe inputs, DataProbe targets)
    {
        var findings = new List<HealthFinding>();
        FindExploding(layers, inputs, targets, findings);
        FindVanishing(layers, findings);
        foreach (var layer in layers)
        {
            if (layer.DeadShare >= Dead)
                findings.Add(new(HealthProblem.DeadUnits, layer.Number, layer.Number, Text(
                    $"Dead units in layer {layer.Number}: {layer.DeadShare * layer.Layer.Outputs:0} of its {layer.Layer.Outputs} ReLU units were zero for every sample of the epoch and no longer learn. Lower the learning rate, or use leaky ReLU.")));
            if (layer.SaturatedShare >= Saturated)
                findings.Add(new(HealthProblem.SaturatedUnits, layer.Number, layer.Number, Text(
                    $"Saturated units in layer {layer.Number}: {layer.SaturatedShare:P0} of its {layer.Layer.Activation} activations are at their limits and have hardly any gradient. Start from smaller weights, standardise the inputs, or use ReLU.")));
        }
        return findings;
    }

    static void FindExploding(IReadOnlyList<LayerHealth> layers, DataProbe inputs, DataProbe targets, List<HealthFinding> findings)
    {
        LayerHealth[] exploding = [.. layers.Where(layer => layer.GradientForDiagnosis > Exploding || !double.IsFinite(layer.GradientNorm) && !double.IsNaN(layer.WeightNorm))];
        if (exploding.Length == 0)
            return;
        var worst = exploding.MaxBy(layer => double.IsNaN(layer.GradientForDiagnosis) ? double.PositiveInfinity : layer.GradientForDiagnosis)!;

        // The cause goes before what it causes.
        if (inputs.IsUnscaled)
            findings.Add(new(HealthProblem.UnscaledInputs, 1, 1, Text(
                $"Inputs are not standardised: feature {inputs.Largest} is about {inputs.Size:0.#e+0} in size (root mean square), where 1 is usual, and the gradients grow with it. Standardise the inputs first, as Standardizer does.")));
        if (targets.IsUnscaled)
            findings.Add(new(HealthProblem.UnscaledTargets, layers.Count, layers.Count, Text(
                $"Targets are not standardised: target {targets.Largest} is about {targets.Size:0.#e+0} in size (root mean square), where 1 is usual, and the gradients grow with it. Standardise the targets first, and take it back in what the network predicts.")));
        var remedy = findings.Count > 0 ? "See to the data first; against what is left, use" : "Use";
        findings.Add(new(HealthProblem.ExplodingGradients, exploding[0].Number, exploding[^1].Number, Text(
            $"Exploding gradients in {Range(exploding)}: the gradient of layer {worst.Number} is {worst.GradientForDiagnosis:0.#e+0} times as large as its weights{(worst.GradientForDiagnosis < worst.GradientNorm / worst.WeightNorm ? " usually are" : "")}. {remedy} batch normalisation, clip the gradients, or lower the learning rate.")));
    }

    static void FindVanishing(IReadOnlyList<LayerHealth> layers, List<HealthFinding> findings)
    {
        var vanishing = new List<LayerHealth>();
        LayerHealth? largest = null;
        foreach (var layer in layers.Reverse())
        {
            // Below a layer that is all dead there is no gradient at all: that is what will be named.
            if (layer.DeadShare == 1)
                break;
            if (layer.IsFrozen || !layer.Layer.Tensors.Any(tensor => tensor.Kind == ParameterKind.Weight) || !double.IsFinite(layer.GradientForDiagnosis))
                continue;
            if (largest is not null && layer.GradientForDiagnosis < Vanishing * largest.GradientForDiagnosis)
                vanishing.Insert(0, layer);
            if (largest is null || layer.GradientForDiagnosis > largest.GradientForDiagnosis)
                largest = layer;

            // Nor is there any below weights that are all zero, until they have changed.
            if (layer.WeightNorm == 0)
                break;
        }
        if (vanishing.Count > 0)
            findings.Add(new(HealthProblem.VanishingGradients, vanishing[0].Number, vanishing[^1].Number, Text(
                $"Vanishing gradients in {Range(vanishing)}: measured against the weights, the gradient of layer {vanishing[0].Number} is {vanishing[0].GradientForDiagnosis / largest!.GradientForDiagnosis:0.#e+0} of that of layer {largest.Number}, so it hardly learns. Use ReLU with He initialisation.")));
    }

    static string Range(IReadOnlyList<LayerHealth> layers) =>
        layers.Count == 1 ? $"layer {layers[0].Number}" : $"layers {layers[0].Number} to {layers[^1].Number}";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
