using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gestures;

static class JsonReport
{
    public static void Write(string path, IReadOnlyList<Experiment> experiments) =>
        File.WriteAllText(path, JsonSerializer.Serialize(new JsonResult(
            Experiment.Median([.. experiments.Select(experiment => experiment.Accuracy)]),
            [.. experiments.Select(experiment => new JsonExperiment(
                experiment.Seed,
                experiment.Examples.Count,
                experiment.Accuracy,
                [.. Experiment.Shares.Select(experiment.AccuracyAt)],
                experiment.ShareAtRecognition,
                experiment.TrainSeconds,
                $"{experiment.Network.Hash():x16}"))]), JsonResultContext.Default.JsonResult) + "\n");
}

sealed record JsonResult(double MedianTestAccuracy, IReadOnlyList<JsonExperiment> Seeds);

/// <param name="Seed">All follows from it.</param>
/// <param name="Examples">Drawings that it learnt from.</param>
/// <param name="TestAccuracy">Of whole drawings.</param>
/// <param name="AccuracyWhileDrawn">At each of <see cref="Experiment.Shares"/>.</param>
/// <param name="ShareAtRecognition">How much is drawn when the answer stands: the median.</param>
/// <param name="TrainSeconds">What training took.</param>
/// <param name="Fingerprint">Of the trained weights.</param>
sealed record JsonExperiment(ulong Seed, int Examples, double TestAccuracy, double[] AccuracyWhileDrawn, double ShareAtRecognition, double TrainSeconds, string Fingerprint);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(JsonResult))]
sealed partial class JsonResultContext : JsonSerializerContext;
