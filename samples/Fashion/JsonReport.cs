using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fashion;

static class JsonReport
{
    public static void Write(string path, TrainingRun run)
    {
        var classes = Enumerable.Range(0, run.Confusion.ClassCount);
        var result = new JsonResult(
            run.Confusion.Accuracy,
            run.TrainSeconds,
            run.SamplesPerSecond,
            run.AllocatedBytesPerStep,
            run.Images.ClassNames,
            [.. classes.Select(actual => classes.Select(predicted => run.Confusion[actual, predicted]).ToArray())],
            run.Epochs);
        File.WriteAllText(path, JsonSerializer.Serialize(result, JsonResultContext.Default.JsonResult) + "\n");
    }
}

sealed record JsonResult(
    double TestAccuracy,
    double TrainSeconds,
    double SamplesPerSecond,
    double AllocatedBytesPerStep,
    IReadOnlyList<string> Classes,
    long[][] Confusion,
    IReadOnlyList<EpochResult> Epochs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JsonResult))]
sealed partial class JsonResultContext : JsonSerializerContext;
