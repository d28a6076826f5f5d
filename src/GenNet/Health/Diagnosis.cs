using System.Globalization;

namespace GenNet;

/// <summary>Names what is wrong with a training, with the layer and the usual remedies.</summary>
static class Diagnosis
{
    /// <summary>A layer whose relative gradient is so small against that of a layer above hardly learns, nor does one learn from a step whose state's gradient is so small against that of another.</summary>
    const double Vanishing = 1e-3;

    /// <summary>Gates begin half open, and an untrained layer forgets half of each step: only a training of so many updates shows whether it learns not to.</summary>
    const long UntrainedUpdates = 64;

    /// <summary>A gradient that has grown so much on its way back is that of one step.</summary>
    const double ExplodingThroughTime = 1e3;

    /// <summary>With gradients so many times larger than the weights, a usual learning rate of 0.01 changes them by a tenth in a step.</summary>
    const double Exploding = 10;

    /// <summary>A few dead units are usual.</summary>
    const double Dead = 0.2;

    /// <summary>A layer most of whose activations are saturated passes hardly any gradient down.</summary>
    const double Saturated = 0.5;

    /// <param name="network">The network.</param>
    /// <param name="layers">What was measured of its layers.</param>
    /// <param name="updates">The updates that the trainer had made before.</param>
    /// <param name="inputs">What was measured of the inputs.</param>
    /// <param name="targets">And of the targets.</param>
    public static IReadOnlyList<HealthFinding> Of(NetworkArchitecture network, IReadOnlyList<LayerHealth> layers, long updates, DataProbe inputs, DataProbe targets)
    {
        var findings = new List<HealthFinding>();
        FindExploding(network, layers, inputs, targets, findings);
        FindVanishing(network, layers, findings);
        foreach (var layer in layers)
        {
            FindThroughTime(layer, layer.Steps, "", updates, findings);
            FindThroughTime(layer, layer.ReverseSteps, ", on its way from the last step to the first", updates, findings);
            if (layer.DeadShare >= Dead)
                findings.Add(new(HealthProblem.DeadUnits, layer.Number, layer.Number, Text(
                    $"Dead units in layer {layer.Number}: {layer.DeadShare * layer.Layer.Outputs:0} of its {layer.Layer.Outputs} ReLU units were zero for every sample of the epoch and no longer learn. Lower the learning rate, or use leaky ReLU.")));
            if (layer.SaturatedShare >= Saturated)
                findings.Add(new(HealthProblem.SaturatedUnits, layer.Number, layer.Number, Text(
                    $"Saturated units in layer {layer.Number}: {layer.SaturatedShare:P0} of its {layer.Layer.Activation} activations are at their limits and have hardly any gradient. Start from smaller weights, standardise the inputs, or use ReLU.")));
        }
        return findings;
    }

    static void FindExploding(NetworkArchitecture network, IReadOnlyList<LayerHealth> layers, DataProbe inputs, DataProbe targets, List<HealthFinding> findings)
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
        {
            var head = network.HeadOfOutput(targets.Largest);
            findings.Add(new(HealthProblem.UnscaledTargets, head.LastLayer + 1, head.LastLayer + 1, Text(
                $"Targets are not standardised: target {targets.Largest}{(head.Name.Length > 0 ? $" of head {head.Name}" : "")} is about {targets.Size:0.#e+0} in size (root mean square), where 1 is usual, and the gradients grow with it. Standardise the targets first, and take it back in what the network predicts.")));
        }
        var remedy = findings.Count > 0 ? "See to the data first; against what is left, use" : "Use";
        findings.Add(new(HealthProblem.ExplodingGradients, exploding[0].Number, exploding[^1].Number, Text(
            $"Exploding gradients in {Ranges(network, exploding)}: the gradient of layer {worst.Number} is {worst.GradientForDiagnosis:0.#e+0} times as large as its weights{(worst.GradientForDiagnosis < worst.GradientNorm / worst.WeightNorm ? " usually are" : "")}. {remedy} batch normalisation, clip the gradients, or lower the learning rate.")));
    }

    /// <summary>What becomes of a gradient on its way back through the steps.</summary>
    static void FindThroughTime(LayerHealth layer, StepHealth? steps, string direction, long updates, List<HealthFinding> findings)
    {
        // Behind the end of the longest sequence nothing is known.
        double[] reach = steps is null || layer.IsFrozen ? [] : [.. steps.GradientReach.Where(double.IsFinite)];
        if (reach.Length == 0)
            return;
        var largest = reach.Max();
        if (largest > ExplodingThroughTime)
        {
            findings.Add(new(HealthProblem.ExplodingThroughTime, layer.Number, layer.Number, Text(
                $"Exploding through time in layer {layer.Number}{direction}: a gradient of the state behind step {reach.Length} is {largest:0.#e+0} times as large when it comes to step {Array.IndexOf(reach, largest) + 1}. Clip the gradients (MaxGradientNorm), use a GRU or an LSTM, or start from smaller recurrent weights.")));
            return;
        }

        // Where the loss comes to the first step on another way than through all others, nothing is wrong.
        if (updates >= UntrainedUpdates && reach[0] < Vanishing && steps!.FirstOfLargest < Vanishing)
            findings.Add(new(HealthProblem.VanishingThroughTime, layer.Number, layer.Number, Text(
                $"Vanishing through time in layer {layer.Number}{direction}: of a gradient of the state behind step {reach.Length}, {reach[0]:0.#e+0} comes to step 1, and less than a thousandth farther than {reach.Reverse().TakeWhile(left => left >= Vanishing).Count() - 1} steps, so it hardly learns from what was before. Answer from the mean over all steps (GlobalAveragePool1D), use an LSTM whose forget gates begin with biases of 3 to 5, or take fewer steps.")));
    }

    /// <summary>A layer's gradient came through those above it: the layers of its own head, and for the trunk's those of all heads.</summary>
    static void FindVanishing(NetworkArchitecture network, IReadOnlyList<LayerHealth> layers, List<HealthFinding> findings)
    {
        var found = new List<HealthFinding>();
        var (heads, reachesTrunk, largestOfHeads) = (0, false, (LayerHealth?)null);
        foreach (var (_, range) in network.Modules.Reverse())
        {
            var (first, count) = range.GetOffsetAndLength(layers.Count);
            var isTrunk = first == 0 && heads++ > 0;
            if (isTrunk && !reachesTrunk)
                break;
            var (largest, vanishing) = (isTrunk ? largestOfHeads : null, new List<LayerHealth>());
            if (Follow(layers.Skip(first).Take(count).Reverse(), ref largest, vanishing))
            {
                reachesTrunk = true;
                largestOfHeads = new[] { largestOfHeads, largest }.MaxBy(layer => layer?.GradientForDiagnosis);
            }
            if (vanishing.Count > 0)
                found.Insert(0, new(HealthProblem.VanishingGradients, vanishing[0].Number, vanishing[^1].Number, Text(
                    $"Vanishing gradients in {Ranges(network, vanishing)}: measured against the weights, the gradient of layer {vanishing[0].Number} is {vanishing[0].GradientForDiagnosis / largest!.GradientForDiagnosis:0.#e+0} of that of layer {largest.Number}, so it hardly learns. Use ReLU with He initialisation.")));
        }
        findings.AddRange(found);
    }

    /// <summary>Goes down through layers; whether their gradient comes out below.</summary>
    /// <param name="layers">The layers, from the last to the first.</param>
    /// <param name="largest">The layer with the largest relative gradient so far.</param>
    /// <param name="vanishing">Those whose gradient is far smaller are added.</param>
    static bool Follow(IEnumerable<LayerHealth> layers, ref LayerHealth? largest, List<LayerHealth> vanishing)
    {
        foreach (var layer in layers)
        {
            // Below a layer that is all dead there is no gradient at all: that is what will be named.
            if (layer.DeadShare == 1)
                return false;
            if (layer.IsFrozen || !layer.Layer.Tensors.Any(tensor => tensor.Kind == ParameterKind.Weight) || !double.IsFinite(layer.GradientForDiagnosis))
                continue;
            if (largest is not null && layer.GradientForDiagnosis < Vanishing * largest.GradientForDiagnosis)
                vanishing.Insert(0, layer);
            if (largest is null || layer.GradientForDiagnosis > largest.GradientForDiagnosis)
                largest = layer;

            // Nor is there any below weights that are all zero, until they have changed.
            if (layer.WeightNorm == 0)
                return false;
        }
        return true;
    }

    /// <summary>Layers of the trunk and of each head, as in <c>layer 1 and layers 4 to 5 of head Value</c>.</summary>
    static string Ranges(NetworkArchitecture network, IEnumerable<LayerHealth> layers) => string.Join(" and ", layers
        .GroupBy(layer => network.HeadNameOf(layer.Number - 1))
        .Select(group => Range([.. group]) + (group.Key.Length > 0 ? $" of head {group.Key[..^1]}" : "")));

    static string Range(IReadOnlyList<LayerHealth> layers) =>
        layers.Count == 1 ? $"layer {layers[0].Number}" : $"layers {layers[0].Number} to {layers[^1].Number}";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
