using System.Text.Json.Serialization;

namespace GenNet;

/// <summary>What a <see cref="Checkpoint"/> holds of a training run beside the trainer: where it is.</summary>
public sealed class TrainingState
{
    readonly FitState _fit = new();

    /// <summary>Where <c>Fit</c> is, with the best weights so far. A loop of one's own may count its epochs and steps there too.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public FitState Fit
    {
        get => _fit;
        init => _fit = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Random numbers that the program draws by itself, by names of its own.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public IDictionary<string, RandomStream> RandomStreams { get; } = new Dictionary<string, RandomStream>();

    /// <summary>Anything else, by names of the program's own.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public IDictionary<string, string> Notes { get; } = new Dictionary<string, string>();
}
