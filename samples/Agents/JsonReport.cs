using System.Text.Json;

namespace Agents;

/// <summary>What came of a task, for other programs.</summary>
static class JsonReport
{
    public static void Write(Stream stream, LearningResult result, string replay)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("task", result.Task);
        writer.WriteString("algorithm", result.Algorithm);
        writer.WriteNumber("seed", result.Seed);
        writer.WriteNumber("steps", result.Steps);
        writer.WriteNumber("meanReturn", result.MeanReturn);
        writer.WriteNumber("episodes", result.Returns.Length);
        writer.WriteNumber("trainingSeconds", result.Seconds);
        writer.WriteNumber("allocatedPerStep", result.AllocatedPerStep);
        writer.WriteString("policy", $"{result.Hash:x16}");
        writer.WriteString("replay", replay);
        writer.WriteStartArray("history");
        foreach (var (steps, meanReturn) in result.History)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(steps);
            if (double.IsNaN(meanReturn))
                writer.WriteNullValue();
            else
                writer.WriteNumberValue(meanReturn);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
