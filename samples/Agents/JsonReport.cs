using System.Text.Json;

namespace Agents;

/// <summary>What came of a task, for other programs.</summary>
static class JsonReport
{
    static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>One run.</summary>
    public static void Write(Stream stream, LearningResult result, string replay)
    {
        using var writer = new Utf8JsonWriter(stream, Indented);
        writer.WriteStartObject();
        WriteResult(writer, result);
        writer.WriteNumber("trainingSeconds", result.Seconds);
        writer.WriteString("replay", replay);
        writer.WriteEndObject();
    }

    /// <summary>Runs with several seeds.</summary>
    public static void Write(Stream stream, IReadOnlyList<LearningResult> results, string curves)
    {
        using var writer = new Utf8JsonWriter(stream, Indented);
        writer.WriteStartObject();
        writer.WriteString("curves", curves);
        writer.WriteStartArray("runs");
        foreach (var result in results)
        {
            writer.WriteStartObject();
            WriteResult(writer, result);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteResult(Utf8JsonWriter writer, LearningResult result)
    {
        writer.WriteString("task", result.Task);
        writer.WriteString("algorithm", result.Algorithm);
        writer.WriteNumber("seed", result.Seed);
        writer.WriteNumber("steps", result.Steps);
        writer.WriteNumber("meanReturn", result.MeanReturn);
        writer.WriteNumber("episodes", result.Returns.Length);
        writer.WriteNumber("allocatedPerStep", result.AllocatedPerStep);
        writer.WriteString("policy", $"{result.Hash:x16}");
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
    }
}
