using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenNet;

/// <summary>Says where parameters are kept, which JSON has no good form for.</summary>
sealed class NoJsonConverter : JsonConverter<ParameterBlock>
{
    /// <exception cref="NotSupportedException">Always.</exception>
    public override ParameterBlock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw Refusal();

    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Write(Utf8JsonWriter writer, ParameterBlock value, JsonSerializerOptions options) => throw Refusal();

    static NotSupportedException Refusal() =>
        new("Parameters are not kept as JSON: save a network with network.Save, and where a fit is, with its best weights, with Checkpoint.Save.");
}
