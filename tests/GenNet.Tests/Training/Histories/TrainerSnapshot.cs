using System.Globalization;
using System.Runtime.InteropServices;

namespace GenNet.Tests.Training.Histories;

/// <summary>All that a trainer and its network know, bit for bit, in lines that name it.</summary>
static class TrainerSnapshot
{
    /// <param name="trainer">The trainer.</param>
    /// <param name="keepsGradients">Whether gradients are kept: without, what is in their memory means nothing.</param>
    /// <param name="health">Whether with what was measured, which no other trainer takes over.</param>
    public static List<string> Of(Trainer trainer, bool keepsGradients, bool health = true)
    {
        var lines = Tensors("network", trainer.Network.Parameters);
        foreach (var name in trainer.StateNames)
            lines.AddRange(Tensors(name, trainer.State(name)));
        if (keepsGradients)
            lines.AddRange(Tensors("gradients", trainer.GradientBlock));
        lines.Add($"steps {trainer.StepCount}, batches {trainer.BatchCount}, seed {trainer.Seed}");
        lines.Add($"rate {Bits(trainer.LearningRate)}, gradient norm {Bits(trainer.GradientNorm)}, limits {trainer.MaxGradientNorm} and {trainer.MaxWeightNorm}");
        foreach (var layer in trainer.Layers)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"layer {layer.Number}: frozen {layer.IsFrozen}, missed {layer.Missed}, factor {layer.LearningRateFactor}, running statistics {layer.UsesRunningStatistics}"));
        lines.Add($"smoothing {trainer.LabelSmoothing}, class weights {string.Join(' ', trainer.ClassWeights.ToArray())}, schedule {trainer.Schedule}");
        if (health && trainer.Health is { } measured)
        {
            foreach (var steps in measured.Layers.SelectMany(layer => new[] { layer.Steps, layer.ReverseSteps }).OfType<StepHealth>())
                lines.Add($"health of steps: {string.Join(' ', steps.StateNorms.Concat(steps.GradientNorms).Concat(steps.GradientReach).Select(Bits))}");
            foreach (var layer in measured.Layers)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"health of layer {layer.Number} in step {measured.Step}: {Bits(layer.GradientNorm)} {Bits(layer.WeightNorm)} {Bits(layer.UpdateRatio)} {Bits(layer.DeadShare)} {Bits(layer.SaturatedShare)} {Bits(layer.ActivationMean)} {Bits(layer.ActivationDeviation)}"));
            lines.AddRange(measured.Diagnose().Select(finding => finding.ToString()));
        }
        return lines;
    }

    static List<string> Tensors(string name, ParameterBlock block) => [.. block.Tensors.Select(tensor =>
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return $"{name} {tensor}: {Convert.ToHexString(MemoryMarshal.AsBytes<float>(values))}";
    })];

    static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
